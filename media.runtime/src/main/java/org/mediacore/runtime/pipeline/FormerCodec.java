package org.mediacore.runtime.pipeline;

import org.mediacore.rtp.RtpPacket;
import org.mediacore.rtp.RtpReceiver;

/**
 * The codec before a change: packets of its payload types are under way when an answer takes
 * effect, so they are taken for a while longer (RFC 3264 §8.3.2). Knows their numbering, since the
 * leg's receiver may have gone on to another clock or SSRC (RFC 7160 §4.1). On the leg's loop.
 */
final class FormerCodec {
  /** How long its packets are taken, at least; looked at with each RTCP interval. */
  static final long KEPT_NS = 5_000_000_000L;

  private final LegMedia media;
  private final long endNs;
  private final boolean heard;
  private final int ssrc;
  private long highestSequence;
  private long sequence;
  private long timestamp;
  private boolean succeeded;
  private Inbound inbound;
  private DecodeStage decoder;

  /**
   * @param media what was agreed before
   * @param receiver as the last packet of that codec left it
   * @param inbound what takes its packets until another is {@link #use used}
   */
  FormerCodec(LegMedia media, RtpReceiver receiver, Inbound inbound, long nowNs) {
    this.media = media;
    this.endNs = nowNs + KEPT_NS;
    this.heard = receiver.hasSource();
    this.ssrc = receiver.ssrc();
    this.highestSequence = receiver.extendedSequence();
    this.timestamp = receiver.extendedTimestamp();
    this.inbound = inbound;
  }

  boolean has(int payloadType) {
    return isMedia(payloadType) || payloadType == media.receiveEventType();
  }

  boolean isMedia(int payloadType) {
    return payloadType == media.receivePayloadType();
  }

  boolean isOver(long nowNs) {
    return nowNs >= endNs;
  }

  /** Says what takes its packets from now on, and the decoder that is closed with it. */
  void use(Inbound newInbound, DecodeStage newDecoder) {
    inbound = newInbound;
    decoder = newDecoder;
  }

  Inbound inbound() {
    return inbound;
  }

  /** The decoder that nothing else uses; null where there is none. */
  DecodeStage decoder() {
    return decoder;
  }

  /** Whether a packet of the codec behind it has come. */
  boolean succeeded() {
    return succeeded;
  }

  void succeed() {
    succeeded = true;
  }

  /**
   * Classifies one of its packets, as {@link RtpReceiver#receive} does. Where the receiver hears
   * another source already, that stays: the packet is sorted in by its number alone.
   */
  int arrival(RtpPacket packet, RtpReceiver receiver, long nowNs) {
    int arrival;
    if (heard && packet.ssrc() == ssrc && receiver.ssrc() != ssrc) {
      int ahead = (short) (packet.sequence() - (int) highestSequence);
      sequence = highestSequence + ahead;
      arrival =
          ahead == 1 ? RtpReceiver.IN_ORDER : ahead > 1 ? RtpReceiver.GAP : RtpReceiver.REORDERED;
    } else {
      arrival = receiver.receive(packet, nowNs);
      sequence = receiver.extendedSequence();
    }
    if (arrival >= 0) {
      highestSequence =
          arrival == RtpReceiver.RESTART ? sequence : Math.max(highestSequence, sequence);
      timestamp += packet.timestamp() - (int) timestamp;
    }
    return arrival;
  }

  /** The sequence number of the packet classified last, extended past the wrap. */
  long sequence() {
    return sequence;
  }

  /** The timestamp of the packet accepted last, unwrapped to 64 bits. */
  long timestamp() {
    return timestamp;
  }

  int clockRateHz() {
    return media.rtpClockRateHz();
  }
}
