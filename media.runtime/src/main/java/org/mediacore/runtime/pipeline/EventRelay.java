package org.mediacore.runtime.pipeline;

import java.nio.ByteBuffer;
import org.mediacore.rtp.RtpPacket;

/**
 * Carries telephone events (RFC 4733) into a stream that is otherwise made here: the packets of one
 * event share the timestamp of its start (§2.5.1.1), so it is fixed when the event begins.
 *
 * <pre>
 *    0                   1                   2                   3
 *   |     event     |E|R| volume    |          duration             |   (§2.3)
 * </pre>
 *
 * The duration counts ticks of the stream's RTP clock and is scaled where the clocks differ.
 */
final class EventRelay {
  private static final int DURATION_OFFSET = 2;
  private static final int EVENT_BYTES = 4;

  /** An event and the redundant ones that may follow it (RFC 4733 §2.5.1.4). */
  private static final int MAX_EVENT_BYTES = 64;

  private final AudioLeg from;
  private final AudioLeg to;
  private boolean inEvent;
  private int sourceTimestamp;
  private int timestamp;

  EventRelay(AudioLeg from, AudioLeg to) {
    this.from = from;
    this.to = to;
  }

  void relay(RtpPacket packet, ByteBuffer buffer, long nowNs) {
    int payloadBytes = packet.payloadLength();
    if (payloadBytes < EVENT_BYTES || payloadBytes > MAX_EVENT_BYTES) {
      from.countMalformed();
      return;
    }
    boolean begins = !inEvent || packet.timestamp() != sourceTimestamp;
    if (begins) {
      inEvent = true;
      sourceTimestamp = packet.timestamp();
      timestamp = to.sender().timestampAt(nowNs);
    }
    ByteBuffer out = to.loop().scratch().packet();
    out.position(RtpPacket.HEADER_BYTES);
    packet.limitToPayload();
    int durationTicks = buffer.getShort(buffer.position() + DURATION_OFFSET) & 0xFFFF;
    out.put(buffer);
    out.flip();
    long scaled = (long) durationTicks * to.sender().clockRateHz() / from.packetClockRateHz();
    out.putShort(RtpPacket.HEADER_BYTES + DURATION_OFFSET, (short) Math.min(0xFFFF, scaled));
    to.output().event(out, payloadBytes, begins, timestamp, nowNs);
  }
}
