package org.mediacore.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Rule: the packet path allocates nothing once it is warm. */
class AllocationTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final RtpSender sender = new RtpSender(7, 65000, 0, 8000);
  private final RtpReceiver receiver = new RtpReceiver(9, 8000);
  private final RtpPacket packet = new RtpPacket();
  private final JitterBuffer jitter = new JitterBuffer(8000);
  private final RtcpSession rtcp =
      new RtcpSession(
          sender,
          receiver,
          new RtcpScheduler(64_000, 1, new SplittableRandom(1), 0, 100),
          new byte[] {'a'},
          false);
  private final ByteBuffer datagram = ByteBuffer.allocateDirect(1500);
  private final ByteBuffer payload = ByteBuffer.allocate(160);
  private final ByteBuffer report = ByteBuffer.allocateDirect(256);
  private long packets;
  private long played;
  private long reports;

  /** One packet in, relayed, buffered and played; and a report built and read. */
  private void packet(long number) {
    long nowNs = number * 20_000_000;
    RtpPacket.writeHeader(
        datagram.clear(), 0, (int) number & 0xFFFF, (int) number * 160, 1, number == 0);
    datagram.put(payload.clear()).flip();
    if (number % 50 != 3 && PacketKind.of(datagram) == PacketKind.RTP) {
      packets += packet.wrap(datagram) == RtpPacket.OK ? 1 : 0;
      if (receiver.receive(packet, nowNs) >= 0) {
        sender.relay(packet.ssrc(), packet.sequence(), packet.timestamp(), 8, false, nowNs);
        sender.rewriteHeader(datagram);
        sender.sent(packet.payloadLength());
        packet.limitToPayload();
        jitter.put(
            receiver.extendedSequence(), receiver.extendedTimestamp(), false, 0, datagram, nowNs);
      }
    }
    if (jitter.poll(nowNs) == JitterBuffer.FRAME) {
      played += jitter.payload().remaining() / 160;
    }
    jitter.advance(160);
    rtcp.due(nowNs);
    if (rtcp.build(report.clear(), nowNs, nowNs) > 0) {
      reports += rtcp.digest(report.flip(), nowNs, nowNs) == RtcpSession.COLLISION ? 1 : 0;
    }
  }

  @Test
  void packetPathAllocatesNothing() {
    long number = 0;
    while (number < 20_000) {
      packet(number++);
    }
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 20_000; i++) {
        packet(number++);
      }
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    // The compiler may allocate on this thread in one round, not in the best of five.
    assertEquals(0, least, "bytes in 20,000 packets");
    assertTrue(packets > 117_000 && played > 117_000 && reports == 120_000);
  }
}
