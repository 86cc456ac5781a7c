package org.mediacore.runtime.sim;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mediacore.runtime.sim.SimulatedPlatform.G711;
import static org.mediacore.runtime.sim.SimulatedPlatform.L16;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.session.AudioPort;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.Description;
import org.mediacore.api.session.MediaSession;
import org.mediacore.api.session.Room;
import org.mediacore.api.session.RoomOptions;
import org.mediacore.api.session.SessionEvent;
import org.mediacore.api.state.TransportState;
import org.mediacore.api.transport.PacketChannel;
import org.mediacore.api.transport.PacketSink;
import org.mediacore.api.transport.Transport;
import org.mediacore.api.transport.TransportFactory;
import org.mediacore.runtime.loop.DatagramPort;
import org.mediacore.runtime.registry.ProviderInfo;
import org.mediacore.runtime.sim.SimulatedNetwork.Impairment;
import org.mediacore.runtime.sim.SimulatedPhone.Received;
import org.mediacore.runtime.transport.TransportProvider;
import org.osgi.framework.Version;

class CallsUnderFaultTest {
  private static final long SEED = 20261122;

  private static SimulatedPlatform platform() throws IOException {
    return new SimulatedPlatform(SEED, Impairment.NONE);
  }

  /** The platform's L16 replaced by one that the test watches. */
  private static HookedCodec hook(SimulatedPlatform platform) {
    HookedCodec hooked = new HookedCodec(L16);
    platform.services().codecs().remove(L16);
    platform
        .services()
        .codecs()
        .add(hooked, new ProviderInfo("hooked", new Version(1, 0, 0), 0, 9));
    return hooked;
  }

  /** Lets 40 ms pass between two commands of one control operation. */
  private static Runnable timePasses(SimulatedPlatform platform) {
    boolean[] inside = new boolean[1];
    return () -> {
      if (!inside[0]) {
        inside[0] = true;
        try {
          platform.network().run(platform.loop(), 40_000_000);
        } catch (IOException failed) {
          throw new UncheckedIOException(failed);
        } finally {
          inside[0] = false;
        }
      }
    };
  }

  // 1
  @Test
  void byeIsSentWhenASessionIsClosed() throws Exception {
    SimulatedPlatform platform = platform();
    SimulatedPhone phone = platform.phone(G711, "PCMU/8000", 0, 440);
    List<Integer> rtcpTypes = new ArrayList<>();
    DatagramPort rtcp = platform.network().open(new InetSocketAddress("198.51.100.1", 4001));
    platform
        .loop()
        .engine()
        .register(
            rtcp,
            (packet, from, nowNs) -> {
              for (int at = 0; at < packet.limit(); ) {
                rtcpTypes.add(packet.get(at + 1) & 0xFF);
                at += 4 + 4 * (packet.getShort(at + 2) & 0xFFFF);
              }
            });
    MediaSession session = platform.answer(phone);
    session.connect(session, ConnectOptions.DECODED);
    platform.run(10_000);
    assertTrue(rtcpTypes.contains(200), "sender reports come: " + rtcpTypes);
    session.close();
    platform.run(100);
    assertTrue(rtcpTypes.contains(203), "BYE (203) among " + rtcpTypes);
  }

  // 2
  @Test
  void encoderIsNotUsedAfterItWasClosedWhenAPairEnds() throws Exception {
    SimulatedPlatform platform = platform();
    HookedCodec hooked = hook(platform);
    SimulatedPhone narrow = platform.phone(G711, "PCMU/8000", 0, 440);
    SimulatedPhone wide = platform.phone(L16, "L16/16000", 100, 1000);
    MediaSession first = platform.answer(narrow);
    MediaSession second = platform.answer(wide);
    first.connect(second, ConnectOptions.DEFAULT);
    platform.run(500);
    hooked.onClose = timePasses(platform);
    second.close();
    assertEquals(0, hooked.usedAfterClose, "frames given to a closed instance");
  }

  // 2
  @Test
  void codecOfARoomMemberIsNotUsedAfterItWasClosedByAReInvite() throws Exception {
    SimulatedPlatform platform = platform();
    HookedCodec hooked = hook(platform);
    Room room = platform.manager().room(new RoomOptions("x", 10));
    SimulatedPhone phone = platform.phone(L16, "L16/16000", 100, 1000);
    MediaSession session = platform.answer(phone);
    session.connect(room, ConnectOptions.DEFAULT);
    platform.run(500);
    hooked.onClose = timePasses(platform);
    SimulatedPhone same = platform.phone(G711, "PCMU/8000", 0, 440);
    SimulatedPlatform.negotiate(session, same.offer().replace("o=- 1 1", "o=- 1 2"));
    assertEquals(0, hooked.usedAfterClose, "frames given to a closed instance");
  }

  // 3
  @Test
  void peerThatReflectsOurPacketsDoesNotMakeUsChangeTheSsrcForEver() throws Exception {
    SimulatedPlatform platform = platform();
    MediaSession session = platform.session();
    DatagramPort reflector = platform.network().open(new InetSocketAddress("198.51.100.7", 4000));
    Set<Integer> ssrcs = new java.util.HashSet<>();
    platform
        .loop()
        .engine()
        .register(
            reflector,
            (packet, from, nowNs) -> {
              ssrcs.add(packet.getInt(8));
              reflector.send(packet, from); // as SIPp -rtp_echo does
            });
    SimulatedPlatform.negotiate(
        session,
        "v=0\r\no=- 1 1 IN IP4 198.51.100.7\r\ns=-\r\nc=IN IP4 198.51.100.7\r\nt=0 0\r\n"
            + "m=audio 4000 RTP/AVP 0\r\n");
    session.connect(new Silence(), ConnectOptions.DEFAULT);
    platform.run(5_000);
    assertTrue(ssrcs.size() <= 2, "SSRCs used in 5 s: " + ssrcs.size());
  }

  private static class Silence implements AudioPort {
    @Override
    public String describe() {
      return "silence";
    }

    @Override
    public AudioFormat format() {
      return new AudioFormat(8000, 1);
    }

    @Override
    public int read(short[] pcm, int offset, int samples) {
      return 0;
    }

    @Override
    public void write(short[] pcm, int offset, int samples) {}

    @Override
    public void close() {}
  }

  // 6
  @Test
  void callWhoseCodecBundleIsGoneCanStillBeConnectedElsewhere() throws Exception {
    SimulatedPlatform platform = platform();
    HookedCodec hooked = hook(platform);
    SimulatedPhone phone = platform.phone(L16, "L16/16000", 100, 440);
    MediaSession session = platform.answer(phone);
    session.connect(session, ConnectOptions.DECODED);
    platform.run(500);
    platform.services().codecs().remove(hooked);
    hooked.refuses = true;
    Room room = platform.manager().room(new RoomOptions("x", 10));
    assertDoesNotThrow(() -> session.connect(room, ConnectOptions.DEFAULT));
    assertEquals("room x", session.report().peer());
  }

  // 6b
  @Test
  void sessionStaysConnectedAsItWasWhereConnectFails() throws Exception {
    SimulatedPlatform platform = platform();
    HookedCodec hooked = hook(platform);
    SimulatedPhone phone = platform.phone(L16, "L16/16000", 100, 440);
    MediaSession session = platform.answer(phone);
    session.connect(session, ConnectOptions.DECODED);
    platform.run(500);
    hooked.refuses = true;
    try {
      session.connect(new Silence(), ConnectOptions.DEFAULT);
    } catch (MediaSetupException refused) {
      assertEquals("echo", session.report().peer());
      phone.forget();
      platform.run(500);
      assertTrue(phone.received().size() > 20, "still echoed: " + phone.received().size());
    }
  }

  // 7
  @Test
  void portThatThrowsIsTakenAsFinishedOnce() throws Exception {
    SimulatedPlatform platform = platform();
    SimulatedPhone phone = platform.phone(G711, "PCMU/8000", 0, 440);
    MediaSession session = platform.answer(phone);
    session.connect(
        new Silence() {
          @Override
          public void write(short[] pcm, int offset, int samples) {
            throw new IllegalStateException("broken");
          }
        },
        ConnectOptions.DEFAULT);
    platform.run(1_000);
    assertEquals(
        1, platform.events().stream().filter(SessionEvent.PeerFinished.class::isInstance).count());
  }

  // 8
  @Test
  void timestampsFollowTheTimeThroughAHold() throws Exception {
    SimulatedPlatform platform = platform();
    SimulatedPhone phone = platform.phone(G711, "PCMU/8000", 0, 440);
    MediaSession session = platform.answer(phone);
    session.connect(session, ConnectOptions.DECODED);
    platform.run(1_000);
    String again = phone.offer().replace("o=- 1 1", "o=- 1 2");
    SimulatedPlatform.negotiate(session, again + "a=inactive\r\n");
    platform.run(20);
    Received before = phone.received().get(phone.received().size() - 1);
    phone.forget();
    platform.run(5_000);
    assertEquals(0, phone.received().size());
    SimulatedPlatform.negotiate(session, again.replace("1 2 IN", "1 3 IN"));
    platform.run(100);
    Received after = phone.received().get(0);
    double seconds = (after.timestamp() - before.timestamp()) / 8000.0;
    assertEquals(5.0, seconds, 0.2, "the timestamps moved by seconds");
  }

  // 9
  @Test
  void connectingAgainToTheSamePeerDoesNotSayThatItLeft() throws Exception {
    SimulatedPlatform platform = platform();
    MediaSession one = platform.answer(platform.phone(G711, "PCMU/8000", 0, 440));
    MediaSession other = platform.answer(platform.phone(G711, "PCMU/8000", 0, 440));
    one.connect(other, ConnectOptions.DEFAULT);
    one.connect(other, ConnectOptions.DECODED);
    assertFalse(
        platform.events().stream().anyMatch(SessionEvent.PeerFinished.class::isInstance),
        platform.events().toString());
  }

  // 14
  @Test
  void rtcpWorksAgainWhenALaterOfferTurnsMuxOff() throws Exception {
    SimulatedPlatform platform = platform();
    SimulatedPhone phone = platform.phone(G711, "PCMU/8000", 0, 440);
    MediaSession session = platform.answer(phone, "rtcp-mux");
    session.connect(session, ConnectOptions.DECODED);
    int[] count = new int[1];
    DatagramPort rtcp = platform.network().open(new InetSocketAddress("198.51.100.1", 4001));
    platform.loop().engine().register(rtcp, (packet, from, nowNs) -> count[0]++);
    platform.run(1_000);
    SimulatedPlatform.negotiate(session, phone.offer().replace("o=- 1 1", "o=- 1 2"));
    platform.run(20_000);
    assertTrue(count[0] > 0, "RTCP packets at the phone's RTCP port: " + count[0]);
  }

  // 16
  @Test
  void brokenTransportFactoryDoesNotStopTheOthers() throws Exception {
    SimulatedPlatform platform = platform();
    TransportFactory broken =
        new TransportFactory() {
          @Override
          public Set<String> profiles() {
            throw new IllegalStateException("broken");
          }

          @Override
          public Transport create(TransportState state, PacketChannel channel, PacketSink sink) {
            throw new IllegalStateException("broken");
          }
        };
    ProviderInfo info = new ProviderInfo("broken", new Version(1, 0, 0), 100, 9);
    assertThrows(
        IllegalArgumentException.class,
        () -> platform.services().transports().add(new TransportProvider(broken, info)));
    SimulatedPhone phone = platform.phone(G711, "PCMU/8000", 0, 440);
    assertDoesNotThrow(() -> platform.answer(phone));
  }

  // 17
  @Test
  void decoderThatSaysTooMuchIsNoFaultOfTheLoop() throws Exception {
    SimulatedPlatform platform = platform();
    HookedCodec hooked = hook(platform);
    SimulatedPhone wide = platform.phone(L16, "L16/8000", 101, 1000);
    SimulatedPhone other = platform.phone(L16, "L16/48000", 100, 1000);
    MediaSession first = platform.answer(wide);
    MediaSession second = platform.answer(other);
    first.connect(second, ConnectOptions.DEFAULT);
    hooked.decodedSamples = 11_000;
    platform.run(500);
  }

  // 18
  @Test
  void answerThatCannotTakeEffectLeavesTheNegotiationAsItWas() throws Exception {
    SimulatedPlatform platform = platform();
    HookedCodec hooked = hook(platform);
    SimulatedPhone phone = platform.phone(G711, "PCMU/8000", 0, 440);
    MediaSession session = platform.answer(phone);
    session.connect(session, ConnectOptions.DECODED);
    hooked.refuses = true;
    String host = phone.offer().replace("o=- 1 1", "o=- 1 2");
    session
        .negotiation()
        .setRemote(
            Description.offer(
                host.replace("RTP/AVP 0", "RTP/AVP 100")
                    .replace("a=rtpmap:0 PCMU/8000", "a=rtpmap:100 L16/16000")));
    Description answer = session.negotiation().createAnswer();
    assertThrows(MediaSetupException.class, () -> session.negotiation().setLocal(answer));
    session.negotiation().setRemote(Description.rollback());
    // What did not take effect must not count as the description before: neither the peer's
    // version nor the meaning of its numbers.
    String second = SimulatedPlatform.negotiate(session, host.replace("RTP/AVP 0", "RTP/AVP 0 8"));
    assertTrue(second.contains("RTP/AVP 0\r\n"), second);
  }

  // 5
  @Test
  void offerNamesEachCodecOnceThoughABetterProviderCame() throws Exception {
    SimulatedPlatform platform = platform();
    SimulatedPhone phone = platform.phone(G711, "PCMU/8000", 0, 440);
    MediaSession session = platform.answer(phone);
    platform
        .services()
        .codecs()
        .add(
            new org.mediacore.codec.g711.G711CodecFactory(),
            new ProviderInfo("codec.g711", new Version(1, 1, 0), 0, 10));
    String sdp = session.negotiation().createOffer().sdp();
    assertEquals(1, sdp.split("a=rtpmap:0 ").length - 1, sdp);
  }

  // 15
  @Test
  void rtcpOfASilentPeerIsASignOfLife() throws Exception {
    SimulatedPlatform platform = platform();
    SimulatedPhone phone = platform.phone(G711, "PCMU/8000", 0, 440);
    MediaSession session = platform.session();
    String answer = SimulatedPlatform.negotiate(session, phone.offer("rtcp-mux"));
    session.connect(session, ConnectOptions.DECODED);
    DatagramPort muted = platform.network().open(new InetSocketAddress("198.51.100.1", 5000));
    int port = Integer.parseInt(answer.split("m=audio ")[1].split(" ")[0]);
    byte[] report = {(byte) 0x80, (byte) 201, 0, 1, 1, 2, 3, 4};
    for (int i = 0; i < 20; i++) {
      muted.send(ByteBuffer.wrap(report), new InetSocketAddress("192.0.2.1", port));
      platform.run(5_000);
    }
    assertFalse(
        platform.events().stream().anyMatch(SessionEvent.MediaInactive.class::isInstance),
        platform.events().toString());
  }

  // 21
  @Test
  void transportThatThrowsSilencesItsOwnCallOnly() throws Exception {
    SimulatedPlatform platform = platform();
    Room room = platform.manager().room(new RoomOptions("x", 10));
    TransportFactory throwing =
        new TransportFactory() {
          @Override
          public Set<String> profiles() {
            return Set.of("RTP/AVP");
          }

          @Override
          public Transport create(TransportState state, PacketChannel channel, PacketSink sink) {
            return new Transport() {
              @Override
              public void receive(
                  int component, ByteBuffer packet, InetSocketAddress from, long nowNs) {}

              @Override
              public boolean send(int component, ByteBuffer packet) {
                throw new IllegalStateException("broken");
              }

              @Override
              public TransportState snapshot() {
                return state;
              }

              @Override
              public void close() {}
            };
          }
        };
    ProviderInfo info = new ProviderInfo("throwing", new Version(1, 0, 0), 100, 9);
    platform.services().transports().add(new TransportProvider(throwing, info));
    platform
        .answer(platform.phone(G711, "PCMU/8000", 0, 440))
        .connect(room, ConnectOptions.DEFAULT);
    platform.services().transports().remove(p -> p.isOf(throwing));
    SimulatedPhone good = platform.phone(G711, "PCMU/8000", 0, 1000);
    platform.answer(good).connect(room, ConnectOptions.DEFAULT);
    try {
      platform.run(1_000);
    } catch (AssertionError faultsOfTheBrokenOne) {
      assertTrue(faultsOfTheBrokenOne.getMessage().contains("broken"));
    }
    assertEquals(49, good.received().size(), 1);
  }

  // 22
  @Test
  void describeOfAPortIsNotCalledUnderThePlatformsLock() throws Exception {
    SimulatedPlatform platform = platform();
    MediaSession session = platform.answer(platform.phone(G711, "PCMU/8000", 0, 440));
    MediaSession other = platform.answer(platform.phone(G711, "PCMU/8000", 0, 440));
    boolean[] blocked = new boolean[1];
    Thread test = Thread.currentThread();
    session.connect(
        new Silence() {
          @Override
          public AudioFormat format() {
            if (Thread.currentThread() == test && !blocked[0]) {
              // What another thread does while somebody's code is busy in here.
              Thread control = new Thread(other::close);
              control.setDaemon(true);
              control.start();
              try {
                control.join(1_000);
              } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
              }
              blocked[0] = control.isAlive();
            }
            return super.format();
          }
        },
        ConnectOptions.DEFAULT);
    assertFalse(blocked[0], "another call could not end while a port was asked for its format");
  }
}
