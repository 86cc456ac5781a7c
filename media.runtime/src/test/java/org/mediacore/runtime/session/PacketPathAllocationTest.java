package org.mediacore.runtime.session;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.MediaSession;
import org.mediacore.api.session.Room;
import org.mediacore.api.session.RoomOptions;
import org.mediacore.api.session.SessionOptions;
import org.mediacore.codec.g711.G711CodecFactory;
import org.mediacore.codec.l16.L16CodecFactory;
import org.mediacore.runtime.loop.LoopGroup;
import org.mediacore.runtime.loop.NioNetwork;
import org.mediacore.runtime.registry.ProviderInfo;
import org.mediacore.runtime.sim.SimulatedPlatform;
import org.mediacore.runtime.transport.TransportProvider;
import org.mediacore.transport.udp.UdpTransportFactory;
import org.osgi.framework.Version;

/** Counts what a real loop's thread allocates while packets pass through real sockets. */
class PacketPathAllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int WARM_UP = 30_000;
  private static final int MEASURED = 20_000;
  private static final int ROUNDS = 4;

  private final List<DatagramChannel> phones = new ArrayList<>();
  private final List<InetSocketAddress> targets = new ArrayList<>();
  private final List<Throwable> faults = new ArrayList<>();
  private LoopGroup loops;
  private CoreMediaManager manager;
  private long firstNoiseNs;
  private int noises;

  @BeforeEach
  void start() throws Exception {
    NioNetwork network = new NioNetwork();
    loops = LoopGroup.start(1, network, faults::add);
    Services services = Services.empty();
    services.codecs().add(new G711CodecFactory(), info(1));
    services.codecs().add(new L16CodecFactory(), info(2));
    services.transports().add(new TransportProvider(new UdpTransportFactory(), info(3)));
    Platform platform =
        new Platform(loops, services, Runnable::run, Runnable::run, RuntimeSettings.DEFAULT);
    PortRange range = new PortRange(InetAddress.getLoopbackAddress(), 31_000, 31_999);
    manager = new CoreMediaManager(platform, new PortAllocator(network, range));
  }

  private static ProviderInfo info(long id) {
    return new ProviderInfo("test", Version.emptyVersion, 0, id);
  }

  @AfterEach
  void stop() throws Exception {
    manager.close();
    loops.close();
    for (DatagramChannel phone : phones) {
      phone.close();
    }
  }

  private MediaSession call(String rtpmap, int type) throws Exception {
    return call(rtpmap, type, "");
  }

  private MediaSession call(String rtpmap, int type, String moreTypes) throws Exception {
    DatagramChannel phone = DatagramChannel.open();
    phone.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    phone.configureBlocking(false);
    phones.add(phone);
    int port = ((InetSocketAddress) phone.getLocalAddress()).getPort();
    MediaSession session = manager.createSession(SessionOptions.builder().build());
    String answer =
        SimulatedPlatform.negotiate(
            session,
            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio "
                + port
                + " RTP/AVP "
                + type
                + moreTypes
                + "\r\na=rtpmap:"
                + type
                + " "
                + rtpmap
                + "\r\n");
    int at = answer.indexOf("m=audio ") + 8;
    targets.add(
        new InetSocketAddress(
            InetAddress.getLoopbackAddress(),
            Integer.parseInt(answer.substring(at, answer.indexOf(' ', at)))));
    return session;
  }

  /**
   * Sends packets from both phones in lockstep with what comes back; bytes allocated per packet.
   */
  private double bytesPerPacket(int... payloadBytes) throws Exception {
    long loopThread = loops.loops().get(0).thread().getId();
    ByteBuffer in = ByteBuffer.allocateDirect(4096);
    double least = Double.MAX_VALUE;
    int sequence = 1;
    for (int round = 0; round <= ROUNDS; round++) {
      int count = round == 0 ? WARM_UP : MEASURED;
      long before = THREADS.getThreadAllocatedBytes(loopThread);
      for (int i = 0; i < count; i++, sequence++) {
        for (int phone = 0; phone < phones.size(); phone++) {
          ByteBuffer out = ByteBuffer.allocate(12 + payloadBytes[phone]);
          out.put((byte) 0x80).put((byte) (payloadBytes[phone] == 160 ? 0 : 100));
          out.putShort((short) sequence).putInt(sequence * payloadBytes[phone]).putInt(phone + 9);
          for (int b = 0; b < payloadBytes[phone]; b++) {
            out.put((byte) (b * 31 + sequence));
          }
          phones.get(phone).send(out.flip(), targets.get(phone));
          in.clear();
          phones.get(phone).receive(in);
        }
        if (i % 16 == 0) {
          loops.loops().get(0).call(() -> 0).get();
        }
      }
      long allocated = THREADS.getThreadAllocatedBytes(loopThread) - before;
      if (round > 0) {
        least = Math.min(least, (double) allocated / (count * phones.size()));
      }
    }
    assertTrue(faults.isEmpty(), faults.toString());
    return least;
  }

  /** The commands that pace the test cost about ten bytes per packet; media must add nothing. */
  private double paceOnly() throws Exception {
    long loopThread = loops.loops().get(0).thread().getId();
    double least = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long before = THREADS.getThreadAllocatedBytes(loopThread);
      for (int i = 0; i < MEASURED / 16; i++) {
        loops.loops().get(0).call(() -> 0).get();
      }
      least =
          Math.min(
              least,
              (double) (THREADS.getThreadAllocatedBytes(loopThread) - before)
                  / (MEASURED * Math.max(1, phones.size())));
    }
    return least;
  }

  private void assertNothingAllocated(int... payloadBytes) throws Exception {
    double perPacket = bytesPerPacket(payloadBytes);
    double pace = paceOnly();
    long received = 0;
    for (MediaSession session : manager.sessions()) {
      received += session.report().streams().get(0).statistics().packetsReceived();
    }
    // A busy machine loses some at the sockets.
    assertTrue(received > MEASURED * ROUNDS / 2, "packets that reached the loop: " + received);
    assertTrue(perPacket - pace < 1, perPacket + " B per packet, " + pace + " B of them pacing");
  }

  @Test
  void relayAllocatesNothing() throws Exception {
    call("PCMU/8000", 0).connect(call("PCMU/8000", 0), ConnectOptions.DEFAULT);
    assertNothingAllocated(160, 160);
  }

  @Test
  void transcodeAllocatesNothing() throws Exception {
    call("PCMU/8000", 0).connect(call("L16/16000", 100), ConnectOptions.DEFAULT);
    assertNothingAllocated(160, 640);
  }

  @Test
  void roomAllocatesNothing() throws Exception {
    Room room = manager.room(new RoomOptions("x", 10));
    call("PCMU/8000", 0).connect(room, ConnectOptions.DEFAULT);
    call("L16/16000", 100).connect(room, ConnectOptions.DEFAULT);
    assertNothingAllocated(160, 640);
  }

  /**
   * Noise that goes on by a timer while nothing comes in: as many pauses at a time as are wanted.
   */
  @Test
  void pauseAllocatesNothing() throws Exception {
    int pairs = 100;
    for (int i = 0; i < pairs; i++) {
      call("PCMU/8000", 0, " 13").connect(call("L16/16000", 100), ConnectOptions.DEFAULT);
    }
    received(1_000);
    long loopThread = loops.loops().get(0).thread().getId();
    double least = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long before = THREADS.getThreadAllocatedBytes(loopThread);
      int count = received(2_000);
      long allocated = THREADS.getThreadAllocatedBytes(loopThread) - before;
      least = Math.min(least, (double) allocated / count);
    }
    assertTrue(faults.isEmpty(), faults.toString());
    assertTrue(least < 1, least + " B per frame of noise");
  }

  /**
   * Waits until the phones have received so many packets; how many it were. Every second phone says
   * once a second how its pause sounds (RFC 3389): on a busy machine five seconds, after which a
   * pause ends, are soon over.
   */
  private int received(int packets) throws Exception {
    ByteBuffer in = ByteBuffer.allocateDirect(4096);
    long startNs = System.nanoTime();
    firstNoiseNs = noises == 0 ? startNs : firstNoiseNs;
    int count = 0;
    while (count < packets) {
      long nowNs = System.nanoTime();
      assertTrue(nowNs - startNs < 20_000_000_000L, count + " packets only");
      if (nowNs - firstNoiseNs >= noises * 1_000_000_000L) {
        sendNoise((int) ((nowNs - firstNoiseNs) / 125_000));
      }
      for (DatagramChannel phone : phones) {
        in.clear();
        count += phone.receive(in) == null ? 0 : 1;
      }
    }
    return count;
  }

  private void sendNoise(int timestamp) throws Exception {
    noises++;
    ByteBuffer noise = ByteBuffer.allocate(15);
    noise.put((byte) 0x80).put((byte) 13).putShort((short) noises).putInt(timestamp).putInt(9);
    noise.put((byte) 40).put((byte) 60).put((byte) 127);
    for (int i = 0; i < phones.size(); i += 2) {
      phones.get(i).send(noise.rewind(), targets.get(i));
    }
  }
}
