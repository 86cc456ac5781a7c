package org.mediacore.runtime.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mediacore.runtime.sim.SimulatedPlatform.G711;
import static org.mediacore.runtime.sim.SimulatedPlatform.L16;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.session.AudioPort;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.MediaSession;
import org.mediacore.api.session.Room;
import org.mediacore.api.session.RoomOptions;
import org.mediacore.api.session.SessionEvent;
import org.mediacore.api.session.StreamStatistics;
import org.mediacore.runtime.loop.DatagramPort;
import org.mediacore.runtime.sim.SimulatedNetwork.Impairment;
import org.mediacore.runtime.sim.SimulatedPhone.Received;

/** Whole calls through the manager, on a virtual clock. */
class CallsTest {
  private static final long SEED = 20261122;

  private static StreamStatistics statistics(MediaSession session) {
    return session.report().streams().get(0).statistics();
  }

  private static void assertSeamless(SimulatedPhone phone, int ticksPerPacket) {
    List<Received> packets = phone.received();
    for (int i = 1; i < packets.size(); i++) {
      Received before = packets.get(i - 1);
      Received now = packets.get(i);
      assertEquals((before.sequence() + 1) & 0xFFFF, now.sequence(), "sequence at " + i);
      assertEquals(before.timestamp() + ticksPerPacket, now.timestamp(), "timestamp at " + i);
      assertEquals(before.ssrc(), now.ssrc(), "ssrc at " + i);
    }
  }

  @Test
  void echoIsDecodedAndSentBack() throws Exception {
    SimulatedPlatform platform = new SimulatedPlatform(SEED, Impairment.NONE);
    SimulatedPhone phone = platform.phone(G711, "PCMU/8000", 0, 440);
    MediaSession session = platform.answer(phone);
    session.connect(session, ConnectOptions.DECODED);
    platform.run(2_000);
    assertTrue(phone.received().size() >= 99, "packets: " + phone.received().size());
    assertSeamless(phone, 160);
    assertTrue(phone.toneShare(440) > 0.99, "tone share " + phone.toneShare(440));
    assertEquals("transcode", session.report().drive());
  }

  @Test
  void bridgeOfOneCodecPassesPacketsOnAndLossesStayGaps() throws Exception {
    SimulatedPlatform platform =
        new SimulatedPlatform(SEED, new Impairment(1_000_000, 0, 0.05, 0.02));
    SimulatedPhone one = platform.phone(G711, "PCMA/8000", 8, 440);
    SimulatedPhone other = platform.phone(G711, "PCMA/8000", 8, 1000);
    MediaSession first = platform.answer(one);
    MediaSession second = platform.answer(other);
    Room bridge = platform.manager().room(RoomOptions.bridge("x"));
    first.connect(bridge, ConnectOptions.DEFAULT);
    second.connect(bridge, ConnectOptions.DEFAULT);
    platform.run(10_000);
    assertEquals("relay", first.report().drive());
    StreamStatistics in = statistics(first);
    int gaps = 0;
    for (int i = 1; i < other.received().size(); i++) {
      Received before = other.received().get(i - 1);
      Received now = other.received().get(i);
      int steps = (now.sequence() - before.sequence()) & 0xFFFF;
      assertEquals(steps * 160, now.timestamp() - before.timestamp(), "at " + i);
      gaps += steps > 1 ? steps - 1 : 0;
    }
    assertTrue(in.packetsLost() > 10, "lost on the way in: " + in.packetsLost());
    assertTrue(gaps >= in.packetsLost(), gaps + " gaps, " + in.packetsLost() + " lost");
    assertTrue(in.packetsDuplicate() > 0, "duplicates: " + in.packetsDuplicate());
  }

  @Test
  void bridgeOfTwoCodecsTranscodes() throws Exception {
    SimulatedPlatform platform = new SimulatedPlatform(SEED, Impairment.NONE);
    SimulatedPhone narrow = platform.phone(G711, "PCMU/8000", 0, 440);
    SimulatedPhone wide = platform.phone(L16, "L16/16000", 100, 1000);
    MediaSession first = platform.answer(narrow);
    MediaSession second = platform.answer(wide);
    first.connect(second, ConnectOptions.DEFAULT);
    platform.run(3_000);
    assertEquals("transcode", first.report().drive());
    assertSeamless(narrow, 160);
    assertSeamless(wide, 320);
    assertTrue(narrow.toneShare(1000) > 0.99, "narrow hears " + narrow.toneShare(1000));
    assertTrue(wide.toneShare(440) > 0.99, "wide hears " + wide.toneShare(440));
  }

  @Test
  void roomGivesEachTheOthersWithoutItself() throws Exception {
    SimulatedPlatform platform = new SimulatedPlatform(SEED, Impairment.NONE);
    Room room = platform.manager().room(new RoomOptions("x", 10));
    double[] tones = {440, 1000, 1700};
    SimulatedPhone[] phones = {
      platform.phone(G711, "PCMU/8000", 0, tones[0]),
      platform.phone(G711, "PCMA/8000", 8, tones[1]),
      platform.phone(L16, "L16/16000", 100, tones[2])
    };
    for (SimulatedPhone phone : phones) {
      platform.answer(phone).connect(room, ConnectOptions.DEFAULT);
    }
    assertEquals(3, room.size());
    platform.run(1_000);
    for (SimulatedPhone phone : phones) {
      phone.forget();
    }
    platform.run(3_000);
    for (int listener = 0; listener < phones.length; listener++) {
      assertSeamless(phones[listener], listener == 2 ? 320 : 160);
      double others = 0;
      for (int talker = 0; talker < phones.length; talker++) {
        double share = phones[listener].toneShare(tones[talker]);
        if (talker == listener) {
          assertTrue(share < 0.001, listener + " hears itself: " + share);
        } else {
          assertTrue(share > 0.4, listener + " hears " + talker + " with " + share);
          others += share;
        }
      }
      assertTrue(others > 0.98, listener + " hears " + others + " of the others");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void roomSurvivesABadNetwork(long seed) throws Exception {
    SimulatedPlatform platform =
        new SimulatedPlatform(seed, new Impairment(5_000_000, 15_000_000, 0.03, 0.01));
    Room room = platform.manager().room(new RoomOptions("x", 10));
    SimulatedPhone one = platform.phone(G711, "PCMU/8000", 0, 440);
    SimulatedPhone other = platform.phone(L16, "L16/16000", 100, 1000);
    platform.answer(one).connect(room, ConnectOptions.DEFAULT);
    platform.answer(other).connect(room, ConnectOptions.DEFAULT);
    platform.run(10_000);
    assertTrue(one.toneShare(1000) > 0.85, "seed " + seed + ": " + one.toneShare(1000));
    assertTrue(other.toneShare(440) > 0.85, "seed " + seed + ": " + other.toneShare(440));
  }

  /** While a loop stands still packets queue up; none of them may be too late for that. */
  @ParameterizedTest
  @ValueSource(ints = {30, 60, 90})
  void stallOfTheLoopMakesNothingUp(int stallMs) throws Exception {
    SimulatedPlatform platform = new SimulatedPlatform(SEED, Impairment.NONE);
    Room room = platform.manager().room(new RoomOptions("x", 10));
    SimulatedPhone[] phones = new SimulatedPhone[4];
    List<MediaSession> sessions = new ArrayList<>();
    for (int i = 0; i < phones.length; i++) {
      phones[i] = platform.phone(G711, "PCMU/8000", 0, 440 + 300 * i);
      sessions.add(platform.answer(phones[i]));
      sessions.get(i).connect(room, ConnectOptions.DEFAULT);
    }
    platform.run(1_000);
    for (SimulatedPhone phone : phones) {
      phone.sendAhead(stallMs / 20 + 2);
    }
    platform.loop().execute(() -> platform.network().stall(stallMs * 1_000_000L));
    platform.run(1_000);
    for (MediaSession session : sessions) {
      assertEquals(0, statistics(session).samplesConcealed(), session.describe());
      assertEquals(0, statistics(session).packetsLate(), session.describe());
    }
  }

  @Test
  void anHourOfARoomGoesByInSeconds() throws Exception {
    SimulatedPlatform platform =
        new SimulatedPlatform(SEED, new Impairment(5_000_000, 15_000_000, 0.01, 0.001));
    Room room = platform.manager().room(new RoomOptions("x", 10));
    SimulatedPhone one = platform.phone(G711, "PCMU/8000", 0, 440);
    SimulatedPhone other = platform.phone(G711, "PCMA/8000", 8, 1000);
    MediaSession first = platform.answer(one);
    first.connect(room, ConnectOptions.DEFAULT);
    platform.answer(other).connect(room, ConnectOptions.DEFAULT);
    for (int minute = 0; minute < 60; minute++) {
      one.forget();
      other.forget();
      platform.run(60_000);
      double share = one.toneShare(1000);
      assertTrue(share > 0.9, "minute " + minute + ": " + share);
    }
    StreamStatistics in = statistics(first);
    assertEquals(180_000, in.packetsReceived() + in.packetsLost(), 1_000);
    assertTrue(in.jitterMs().getAsDouble() > 1 && in.jitterMs().getAsDouble() < 15, in.toString());
  }

  @Test
  void strangerNeitherTakesNorReceivesAStream() throws Exception {
    SimulatedPlatform platform = new SimulatedPlatform(SEED, Impairment.NONE);
    SimulatedPhone phone = platform.phone(G711, "PCMU/8000", 0, 440);
    MediaSession session = platform.session();
    String answer = SimulatedPlatform.negotiate(session, phone.offer());
    session.connect(session, ConnectOptions.DECODED);
    SimulatedPhone stranger = platform.phone(G711, "PCMU/8000", 0, 1000);
    stranger.call(answer);
    platform.run(500);
    assertEquals(0, stranger.received().size());
    phone.call(answer);
    platform.run(2_000);
    assertEquals(0, stranger.received().size());
    assertTrue(phone.toneShare(440) > 0.99, "the phone hears " + phone.toneShare(440));
    assertTrue(statistics(session).packetsRefused() > 100, statistics(session).toString());
  }

  @Test
  void holdInBothStylesStopsAndResumes() throws Exception {
    SimulatedPlatform platform = new SimulatedPlatform(SEED, Impairment.NONE);
    SimulatedPhone phone = platform.phone(G711, "PCMU/8000", 0, 440);
    MediaSession session = platform.answer(phone);
    session.connect(session, ConnectOptions.DECODED);
    platform.run(1_000);
    String again = phone.offer().replace("o=- 1 1", "o=- 1 2");
    String answer = SimulatedPlatform.negotiate(session, again + "a=sendonly\r\n");
    assertTrue(answer.contains("a=recvonly"), answer);
    platform.run(20);
    int before = phone.received().size();
    platform.run(1_000);
    assertEquals(before, phone.received().size());
    answer =
        SimulatedPlatform.negotiate(
            session,
            again.replace("1 2 IN", "1 3 IN").replace("c=IN IP4 198.51.100.1", "c=IN IP4 0.0.0.0"));
    long heldPackets = statistics(session).packetsReceived();
    platform.run(1_000);
    assertEquals(before, phone.received().size());
    assertTrue(statistics(session).packetsReceived() > heldPackets + 45, "music on hold");
    SimulatedPlatform.negotiate(session, again.replace("1 2 IN", "1 4 IN"));
    platform.run(1_000);
    assertTrue(phone.received().size() > before + 45, before + ", " + phone.received().size());
  }

  @Test
  void reInviteChangesTheCodec() throws Exception {
    SimulatedPlatform platform = new SimulatedPlatform(SEED, Impairment.NONE);
    SimulatedPhone phone = platform.phone(G711, "PCMU/8000", 0, 440);
    MediaSession session = platform.answer(phone);
    session.connect(session, ConnectOptions.DECODED);
    platform.run(500);
    phone.mute();
    SimulatedPhone sameWithL16 = platform.phone(L16, "L16/16000", 100, 1000);
    String answer =
        SimulatedPlatform.negotiate(session, sameWithL16.offer().replace("o=- 1 1", "o=- 1 2"));
    sameWithL16.call(answer);
    platform.run(2_000);
    assertTrue(sameWithL16.toneShare(1000) > 0.99, "heard " + sameWithL16.toneShare(1000));
    assertEquals("L16/16000", session.report().streams().get(0).codec());
  }

  @Test
  void codecThatLeavesStaysWithItsCalls() throws Exception {
    SimulatedPlatform platform = new SimulatedPlatform(SEED, Impairment.NONE);
    SimulatedPhone phone = platform.phone(L16, "L16/16000", 100, 440);
    MediaSession session = platform.answer(phone);
    session.connect(session, ConnectOptions.DECODED);
    platform.run(500);
    platform.services().codecs().remove(L16);
    platform.run(2_000);
    assertSeamless(phone, 320);
    assertTrue(phone.toneShare(440) > 0.99, "heard " + phone.toneShare(440));
    MediaSession next = platform.session();
    assertThrows(MediaSetupException.class, () -> SimulatedPlatform.negotiate(next, phone.offer()));
  }

  @Test
  void portIsReadWrittenFinishedAndClosed() throws Exception {
    SimulatedPlatform platform = new SimulatedPlatform(SEED, Impairment.NONE);
    SimulatedPhone phone = platform.phone(G711, "PCMU/8000", 0, 440);
    MediaSession session = platform.answer(phone);
    CountingPort port = new CountingPort();
    session.connect(port, ConnectOptions.DEFAULT);
    platform.run(1_000);
    assertEquals(49, port.reads, 1);
    assertEquals(49, port.writes, 1);
    assertTrue(port.loudest > 5_000, "heard " + port.loudest);
    assertTrue(platform.events().contains(new SessionEvent.PeerFinished("counting")));
    session.close();
    platform.run(10);
    assertTrue(port.closed);
    assertTrue(platform.events().contains(new SessionEvent.Closed()));
    assertEquals(0, platform.manager().sessions().size());
  }

  private static final class CountingPort implements AudioPort {
    private int reads;
    private int writes;
    private int loudest;
    private boolean closed;

    @Override
    public String describe() {
      return "counting";
    }

    @Override
    public AudioFormat format() {
      return new AudioFormat(16_000, 2);
    }

    @Override
    public int read(short[] pcm, int offset, int samples) {
      return ++reads < 49 ? samples / 2 : org.mediacore.api.MediaStatus.FINISHED;
    }

    @Override
    public void write(short[] pcm, int offset, int samples) {
      writes += reads < 49 ? 1 : 0;
      for (int i = 0; i < samples * 2; i++) {
        loudest = Math.max(loudest, Math.abs(pcm[offset + i]));
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static String withEvents(String offer, int codecType, int eventType, int clockRateHz) {
    return offer.replace("RTP/AVP " + codecType, "RTP/AVP " + codecType + " " + eventType)
        + "a=rtpmap:"
        + eventType
        + " telephone-event/"
        + clockRateHz
        + "\r\n"
        + "a=fmtp:"
        + eventType
        + " 0-15\r\n";
  }

  private static void assertKey(SimulatedPhone phone, int eventType, int event, int ticks) {
    List<Received> packets = phone.received(eventType);
    assertEquals(5, packets.size());
    for (int i = 0; i < 5; i++) {
      Received packet = packets.get(i);
      assertEquals(packets.get(0).timestamp(), packet.timestamp(), "timestamp at " + i);
      assertEquals((packets.get(0).sequence() + i) & 0xFFFF, packet.sequence(), "at " + i);
      ByteBuffer payload = ByteBuffer.wrap(packet.payload());
      assertEquals(event, payload.get(0));
      assertEquals(Math.min(i + 1, 3) * ticks, payload.getShort(2), "duration at " + i);
    }
  }

  @ParameterizedTest
  @CsvSource({"PCMU/8000, 0, 8000", "L16/16000, 100, 16000"})
  void keysCrossABridgeAndNothingElse(String rtpmap, int type, int clockRateHz) throws Exception {
    SimulatedPlatform platform = new SimulatedPlatform(SEED, Impairment.NONE);
    SimulatedPhone one = platform.phone(G711, "PCMU/8000", 0, 440);
    SimulatedPhone other = platform.phone(type == 0 ? G711 : L16, rtpmap, type, 1000);
    Room bridge = platform.manager().room(RoomOptions.bridge("x"));
    MediaSession first = platform.session();
    MediaSession second = platform.session();
    first.connect(bridge, ConnectOptions.DEFAULT);
    second.connect(bridge, ConnectOptions.DEFAULT);
    one.call(SimulatedPlatform.negotiate(first, withEvents(one.offer(), 0, 101, 8000)));
    other.call(
        SimulatedPlatform.negotiate(second, withEvents(other.offer(), type, 96, clockRateHz)));
    platform.run(1_000);
    one.mute();
    one.press(5, 101);
    platform.run(100);
    assertKey(other, 96, 5, clockRateHz / 50);
    MediaSession echo = platform.session();
    echo.connect(echo, ConnectOptions.DECODED);
    String answer =
        SimulatedPlatform.negotiate(
            echo, withEvents(platform.phone(G711, "PCMU/8000", 0, 440).offer(), 0, 101, 8000));
    assertFalse(answer.contains("telephone-event"), answer);
  }

  @Test
  void whoStaysInABridgeIsToldAndTheBridgeIsFreeAgain() throws Exception {
    SimulatedPlatform platform = new SimulatedPlatform(SEED, Impairment.NONE);
    Room bridge = platform.manager().room(RoomOptions.bridge("x"));
    MediaSession one = platform.answer(platform.phone(G711, "PCMU/8000", 0, 440));
    MediaSession other = platform.answer(platform.phone(G711, "PCMU/8000", 0, 440));
    MediaSession third = platform.answer(platform.phone(G711, "PCMU/8000", 0, 440));
    one.connect(bridge, ConnectOptions.DEFAULT);
    other.connect(bridge, ConnectOptions.DEFAULT);
    MediaSetupException full =
        assertThrows(
            MediaSetupException.class, () -> third.connect(bridge, ConnectOptions.DEFAULT));
    assertEquals(MediaSetupException.Reason.LIMIT_REACHED, full.reason());
    other.close();
    assertTrue(platform.events().stream().anyMatch(SessionEvent.PeerFinished.class::isInstance));
    one.close();
    assertTrue(bridge.isClosed());
    assertThrows(MediaSetupException.class, () -> third.connect(bridge, ConnectOptions.DEFAULT));
  }

  @Test
  void limitOfSessionsIsRefusedAndFreedAgain() throws Exception {
    SimulatedPlatform platform = new SimulatedPlatform(SEED, Impairment.NONE);
    for (int i = 0; i < 2000; i++) {
      platform.session();
    }
    MediaSetupException refused = assertThrows(MediaSetupException.class, platform::session);
    assertEquals(MediaSetupException.Reason.LIMIT_REACHED, refused.reason());
    platform.manager().sessions().get(0).close();
    platform.session();
  }

  @Test
  void malformedPacketsAreCountedAndNothingElse() throws Exception {
    SimulatedPlatform platform = new SimulatedPlatform(SEED, Impairment.NONE);
    SimulatedPhone phone = platform.phone(G711, "PCMU/8000", 0, 440);
    MediaSession session = platform.session();
    String answer = SimulatedPlatform.negotiate(session, phone.offer());
    session.connect(session, ConnectOptions.DECODED);
    DatagramPort sameHost = platform.network().open(new InetSocketAddress("198.51.100.1", 5000));
    int port = Integer.parseInt(answer.split("m=audio ")[1].split(" ")[0]);
    byte[][] packets = {
      {}, {1}, {(byte) 0x80}, new byte[12], {(byte) 0x80, 0, 0, 1}, new byte[1500]
    };
    for (byte[] bytes : packets) {
      sameHost.send(ByteBuffer.wrap(bytes), new InetSocketAddress("192.0.2.1", port));
    }
    platform.run(10);
    assertEquals(packets.length, statistics(session).packetsMalformed());
    phone.call(answer);
    platform.run(1_000);
    assertTrue(phone.received().size() > 45, "packets " + phone.received().size());
  }

  @Test
  void sameSeedGivesTheSamePackets() throws Exception {
    byte[][] runs = new byte[2][];
    for (int run = 0; run < 2; run++) {
      SimulatedPlatform platform =
          new SimulatedPlatform(7, new Impairment(5_000_000, 20_000_000, 0.05, 0.01));
      SimulatedPhone phone = platform.phone(G711, "PCMU/8000", 0, 440);
      MediaSession session = platform.answer(phone);
      session.connect(session, ConnectOptions.DECODED);
      platform.run(5_000);
      ByteBuffer all = ByteBuffer.allocate(1_000_000);
      for (Received packet : phone.received()) {
        all.putInt(packet.sequence()).putInt(packet.ssrc()).put(packet.payload());
      }
      runs[run] = all.array();
    }
    assertArrayEquals(runs[0], runs[1]);
  }
}
