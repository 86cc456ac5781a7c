package org.mediacore.bench.kernel;

import java.nio.ByteBuffer;
import org.mediacore.rtp.JitterBuffer;
import org.mediacore.rtp.RtpPacket;
import org.mediacore.rtp.RtpReceiver;
import org.mediacore.rtp.RtpSender;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What RTP costs for a packet of 20 ms of PCMU, 172 bytes; each call is the next packet. */
@State(Scope.Thread)
public class RtpBenchmark {
  private static final int PAYLOAD = 160;
  private static final long PTIME_NS = 20_000_000;
  private static final int SSRC = 0x1234_5678;

  private final ByteBuffer buffer = ByteBuffer.allocateDirect(RtpPacket.HEADER_BYTES + PAYLOAD);
  private final RtpPacket packet = new RtpPacket();
  private final RtpReceiver receiver = new RtpReceiver(1, 8_000);
  private final RtpSender sender = new RtpSender(1, 0, 0, 8_000);
  private final JitterBuffer jitterBuffer = new JitterBuffer(8_000);
  private final ByteBuffer payload = ByteBuffer.allocateDirect(PAYLOAD);
  private long number;

  private long arrive() {
    number++;
    buffer.clear();
    RtpPacket.writeHeader(buffer, 0, (int) number & 0xFFFF, (int) number * PAYLOAD, SSRC, false);
    buffer.clear();
    return number * PTIME_NS;
  }

  /** Reads the header and classifies the packet; writing it is included. */
  @Benchmark
  public int receive() {
    long nowNs = arrive();
    return packet.wrap(buffer) + receiver.receive(packet, nowNs);
  }

  /** The whole of what a relay does to a packet. */
  @Benchmark
  public int relay() {
    long nowNs = arrive();
    int status = packet.wrap(buffer) + receiver.receive(packet, nowNs);
    sender.relay(packet.ssrc(), packet.sequence(), packet.timestamp(), 0, packet.marker(), nowNs);
    return status + sender.rewriteHeader(buffer);
  }

  /** A packet into the jitter buffer and the one of 40 ms ago out of it. */
  @Benchmark
  public int jitterBuffer() {
    long nowNs = ++number * PTIME_NS;
    jitterBuffer.put(number, number * PAYLOAD, false, 0, payload, nowNs);
    int answer = jitterBuffer.poll(nowNs);
    jitterBuffer.advance(PAYLOAD);
    return answer;
  }
}
