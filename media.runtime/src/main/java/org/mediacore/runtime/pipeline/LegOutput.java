package org.mediacore.runtime.pipeline;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.mediacore.api.transport.PacketChannel;
import org.mediacore.rtp.RtpPacket;
import org.mediacore.rtp.RtpSender;

/**
 * What goes out of a leg: RTP numbering and headers, and what was agreed on for it. On the leg's
 * loop; nothing here allocates per packet.
 */
public final class LegOutput {
  private static final int DEFAULT_CLOCK_RATE_HZ = 8000;

  private final RandomGenerator random;
  private final LegCounters counters;
  private RtpSender sender;
  private LegMedia media;

  LegOutput(RandomGenerator random, LegCounters counters) {
    this.random = random;
    this.counters = counters;
    this.sender = newSender(DEFAULT_CLOCK_RATE_HZ);
  }

  private RtpSender newSender(int clockRateHz) {
    return new RtpSender(random.nextInt(), random.nextInt(0x8000), random.nextInt(), clockRateHz);
  }

  /** Our outgoing RTP state. */
  public RtpSender sender() {
    return sender;
  }

  /** Something was agreed. */
  void agreed(LegMedia newMedia) {
    media = newMedia;
  }

  /** The codec has another clock: RFC 7160 §4.1 wants another SSRC. */
  void restart(int clockRateHz) {
    keepCounts();
    sender = newSender(clockRateHz);
  }

  /** Another SSRC, since ours collided (RFC 3550 §8.2). */
  void changeSsrc() {
    keepCounts();
    sender.changeSsrc(random.nextInt());
  }

  private void keepCounts() {
    counters.earlierPacketsSent += sender.packetsSent();
    counters.earlierBytesSent += sender.octetsSent();
  }

  /** The payload type of media, or {@link LegMedia#NONE} before negotiation. */
  public int mediaType() {
    return media == null ? LegMedia.NONE : media.sendPayloadType();
  }

  /** The payload type of telephone events, or {@link LegMedia#NONE}. */
  public int eventType() {
    return media == null ? LegMedia.NONE : media.sendEventType();
  }

  /** The payload type of comfort noise, or {@link LegMedia#NONE}. */
  int noiseType() {
    return media == null ? LegMedia.NONE : media.sendNoiseType();
  }

  /**
   * Sends a packet of media made here.
   *
   * @param rtp header room and payload, position 0 to limit
   * @param payloadBytes bytes behind the header
   * @param timestampIncrement the duration in RTP clock ticks
   */
  void media(ByteBuffer rtp, int payloadBytes, boolean marker, int timestampIncrement, long nowNs) {
    made(mediaType(), rtp, payloadBytes, marker, timestampIncrement, nowNs);
  }

  /** Sends comfort noise in place of media; as {@link #media}. */
  void noise(ByteBuffer rtp, int payloadBytes, int timestampIncrement, long nowNs) {
    made(noiseType(), rtp, payloadBytes, false, timestampIncrement, nowNs);
  }

  private void made(
      int type,
      ByteBuffer rtp,
      int payloadBytes,
      boolean marker,
      int timestampIncrement,
      long nowNs) {
    if (!canSend() || type < 0) {
      sender.skip(timestampIncrement);
      return;
    }
    sender.next(type, marker, timestampIncrement, nowNs);
    sender.writeHeader(rtp);
    rtp.position(0);
    send(rtp, payloadBytes);
  }

  /** Sends a telephone event whose timestamp is that of the event's start. */
  void event(ByteBuffer rtp, int payloadBytes, boolean marker, int timestamp, long nowNs) {
    if (!canSend()) {
      return;
    }
    sender.next(eventType(), marker, 0, nowNs);
    RtpPacket.writeHeader(rtp, eventType(), sender.sequence(), timestamp, sender.ssrc(), marker);
    rtp.position(0);
    send(rtp, payloadBytes);
  }

  /** Passes a packet of another leg on. */
  void relay(RtpPacket source, ByteBuffer buffer, int payloadType, long nowNs) {
    if (!canSend()) {
      sender.switchSource();
      return;
    }
    int payloadBytes = source.payloadLength();
    int status =
        sender.relay(
            source.ssrc(),
            source.sequence(),
            source.timestamp(),
            payloadType,
            source.marker(),
            nowNs);
    if (status == RtpSender.OK) {
      sender.rewriteHeader(buffer);
      send(buffer, payloadBytes);
    }
  }

  /** Sends RTCP; before negotiation there is nowhere to send it to. */
  void rtcp(ByteBuffer compound) {
    if (media != null) {
      media.transport().send(PacketChannel.RTCP, compound);
    }
  }

  private void send(ByteBuffer rtp, int payloadBytes) {
    if (media.transport().send(PacketChannel.RTP, rtp)) {
      sender.sent(payloadBytes);
    } else {
      counters.sendFailures++;
    }
  }

  private boolean canSend() {
    return media != null && media.sending();
  }
}
