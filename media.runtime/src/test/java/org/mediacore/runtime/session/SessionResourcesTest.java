package org.mediacore.runtime.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.MediaSession;
import org.mediacore.api.session.Room;
import org.mediacore.api.session.RoomOptions;
import org.mediacore.api.session.SessionOptions;
import org.mediacore.codec.g711.G711CodecFactory;
import org.mediacore.runtime.loop.DatagramPort;
import org.mediacore.runtime.loop.IoEngine;
import org.mediacore.runtime.loop.LoopGroup;
import org.mediacore.runtime.loop.MediaLoop;
import org.mediacore.runtime.loop.Network;
import org.mediacore.runtime.loop.NioNetwork;
import org.mediacore.runtime.registry.ProviderInfo;
import org.mediacore.runtime.sim.SimulatedPlatform;
import org.mediacore.runtime.transport.TransportProvider;
import org.mediacore.transport.udp.UdpTransportFactory;
import org.osgi.framework.Version;

class SessionResourcesTest {

  private static ProviderInfo info(long id) {
    return new ProviderInfo("test", Version.emptyVersion, 0, id);
  }

  private static String offer(String family, String host, int port) {
    return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN "
        + family
        + " "
        + host
        + "\r\nt=0 0\r\nm=audio "
        + port
        + " RTP/AVP 0\r\n";
  }

  /** The RTP port must not stay open where the RTCP port cannot be opened (too many open files). */
  @Test
  void rtpPortIsClosedWhereTheRtcpPortCannotBeOpened() {
    int[] open = new int[1];
    Network network =
        new Network() {
          @Override
          public DatagramPort open(InetSocketAddress local) throws IOException {
            if (local.getPort() % 2 == 1) {
              throw new SocketException("Too many open files");
            }
            open[0]++;
            return new DatagramPort() {
              @Override
              public InetSocketAddress local() {
                return local;
              }

              @Override
              public boolean send(ByteBuffer packet, InetSocketAddress to) {
                return false;
              }

              @Override
              public void close() {
                open[0]--;
              }
            };
          }

          @Override
          public IoEngine createEngine() {
            throw new UnsupportedOperationException();
          }
        };
    PortAllocator ports =
        new PortAllocator(network, new PortRange(InetAddress.getLoopbackAddress(), 31_000, 31_999));
    assertThrows(MediaSetupException.class, ports::take);
    assertEquals(0, open[0], "ports left open");
  }

  /** One member whose description names an IPv6 address must not silence the room. */
  @Test
  void memberThatCannotBeReachedDoesNotSilenceTheRoom() throws Exception {
    NioNetwork network = new NioNetwork();
    List<Throwable> faults = new CopyOnWriteArrayList<>();
    LoopGroup loops = LoopGroup.start(1, network, faults::add);
    Services services = Services.empty();
    services.codecs().add(new G711CodecFactory(), info(1));
    services.transports().add(new TransportProvider(new UdpTransportFactory(), info(3)));
    Platform platform =
        new Platform(loops, services, Runnable::run, Runnable::run, RuntimeSettings.DEFAULT);
    PortRange range = new PortRange(InetAddress.getByName("127.0.0.1"), 31_000, 31_999);
    CoreMediaManager manager = new CoreMediaManager(platform, new PortAllocator(network, range));
    try (DatagramChannel phone = DatagramChannel.open()) {
      phone.bind(new InetSocketAddress("127.0.0.1", 0));
      phone.socket().setSoTimeout(2_000);
      int port = ((InetSocketAddress) phone.getLocalAddress()).getPort();
      Room room = manager.room(new RoomOptions("x", 10));
      MediaSession bad = manager.createSession(SessionOptions.builder().build());
      bad.connect(room, ConnectOptions.DEFAULT);
      MediaSession good = manager.createSession(SessionOptions.builder().build());
      good.connect(room, ConnectOptions.DEFAULT);
      try {
        SimulatedPlatform.negotiate(bad, offer("IP6", "::1", 4000));
      } catch (MediaSetupException refused) {
        bad.close(); // the better way: it is never let in
      }
      SimulatedPlatform.negotiate(good, offer("IP4", "127.0.0.1", port));
      java.net.DatagramPacket packet = new java.net.DatagramPacket(new byte[2000], 2000);
      phone.socket().receive(packet);
      assertTrue(packet.getLength() > 12, faults.toString());
    } finally {
      manager.close();
      loops.close();
    }
    assertEquals(List.of(), faults);
  }

  /**
   * An Error of somebody's code (JNA: invalid memory access; assertions; recursion) in one call.
   */
  @Test
  void errorInOneCallDoesNotEndTheLoop() throws Exception {
    List<Throwable> faults = new CopyOnWriteArrayList<>();
    try (LoopGroup loops = LoopGroup.start(1, new NioNetwork(), faults::add)) {
      MediaLoop loop = loops.loops().get(0);
      loop.execute(
          () -> {
            throw new StackOverflowError();
          });
      assertEquals(7, loop.call(() -> 7).get(2, TimeUnit.SECONDS));
      assertEquals(1, faults.size());
    }
  }

  /** A session that moves away and back before the loop has looked at its ports again. */
  @Test
  void portCanComeBackToItsEngineAtOnce() throws Exception {
    NioNetwork network = new NioNetwork();
    int[] received = new int[1];
    try (IoEngine engine = network.createEngine();
        DatagramPort port = network.open(new InetSocketAddress("127.0.0.1", 0))) {
      engine.register(port, (packet, from, nowNs) -> received[0]++);
      engine.poll(0, () -> {});
      engine.deregister(port);
      engine.register(port, (packet, from, nowNs) -> received[0]++);
      port.send(ByteBuffer.allocate(20), port.local());
      engine.poll(100_000_000, () -> {});
    }
    assertEquals(1, received[0]);
  }
}
