package org.mediacore.runtime.pipeline;

import java.nio.ByteBuffer;
import org.mediacore.rtp.RtpPacket;
import org.mediacore.rtp.RtpReceiver;

/**
 * A leg's incoming side around a change of the codec (RFC 3264 §8.3.2): packets of the codec before
 * are still taken, packets of one that was offered wait for the answer. In the usual case there is
 * neither. On the leg's loop.
 */
final class CodecChange {
  private final AudioLeg leg;
  private final LegListener listener;
  private int clockRateHz;
  private FormerCodec former;
  private boolean ofFormer;
  private EarlyPackets early;

  CodecChange(AudioLeg leg, LegListener listener) {
    this.leg = leg;
    this.listener = listener;
  }

  /**
   * Something was agreed on.
   *
   * @param before what held until now; null for the first agreement
   * @param inbound what takes packets until now
   */
  void agreed(LegMedia before, LegMedia now, Inbound inbound) {
    if (before != null && before.receivePayloadType() != now.receivePayloadType()) {
      end();
      former = new FormerCodec(before, leg.receiver(), inbound, leg.loop().nowNs());
    }
    clockRateHz = now.rtpClockRateHz();
    if (former == null) {
      leg.receiver().clockRateHz(clockRateHz);
    } // else with the first packet
  }

  /** Says what packets of the codec before do, and their decoder; null: they are not taken. */
  void former(Inbound inbound, DecodeStage decoder) {
    if (former != null && decoder != null) {
      former.use(inbound, decoder);
      decoder.answering(null);
    } else {
      end();
    }
  }

  /** Ends the time of the codec before where that is over. */
  void look(long nowNs) {
    if (former != null && former.isOver(nowNs)) {
      end();
    }
  }

  private void end() {
    if (former == null) {
      return;
    }
    FormerCodec ended = former;
    former = null;
    ofFormer = false;
    if (!ended.succeeded()) {
      leg.receiver().clockRateHz(clockRateHz);
    }
    if (ended.decoder() != null) {
      ended.inbound().end();
      leg.release(ended.decoder());
      listener.formerCodecEnded(ended.decoder());
    }
  }

  /** The decoder of the codec before, or null. */
  DecodeStage decoder() {
    return former == null ? null : former.decoder();
  }

  /** A packet of the codec in use comes. */
  void current(RtpPacket packet) {
    ofFormer = false;
    if (former != null && !former.succeeded()) {
      succeed(packet);
    }
  }

  /**
   * The first packet of a new codec. RFC 7160 §4.1: with another clock the peer takes another SSRC,
   * which is heard from its first packet on.
   */
  private void succeed(RtpPacket packet) {
    former.succeed();
    RtpReceiver receiver = leg.receiver();
    if (packet.ssrc() != receiver.ssrc()) {
      receiver.bye(receiver.ssrc());
    }
    receiver.clockRateHz(clockRateHz);
  }

  /** Whether a payload type is of the codec before. */
  boolean isOfFormer(int payloadType) {
    return former != null && former.has(payloadType);
  }

  /** Whether a payload type of the codec before is media, not an event. */
  boolean isMedia(int payloadType) {
    return former.isMedia(payloadType);
  }

  /** Classifies a packet of the codec before, as {@link RtpReceiver#receive} does. */
  int arrival(RtpPacket packet, long nowNs) {
    ofFormer = true;
    return former.arrival(packet, leg.receiver(), nowNs);
  }

  /** What takes packets of the codec before. */
  Inbound inbound() {
    return former.inbound();
  }

  /** Keeps packets of what we have offered until the answer takes effect; null: not any more. */
  void expect(EarlyPackets packets) {
    early = packets;
  }

  /** Keeps a packet of an offered payload type; false where it is none, or no room is left. */
  boolean keepEarly(int payloadType, ByteBuffer datagram, long nowNs) {
    return early != null && early.keep(payloadType, datagram, nowNs);
  }

  /** The answer is in effect: what came before it is taken now. */
  void giveEarly() {
    EarlyPackets kept = early;
    early = null;
    if (kept != null) {
      kept.giveTo(leg);
    }
  }

  /** As {@link AudioLeg#extendedSequence}. */
  long extendedSequence() {
    return ofFormer ? former.sequence() : leg.receiver().extendedSequence();
  }

  /** As {@link AudioLeg#extendedTimestamp}. */
  long extendedTimestamp() {
    return ofFormer ? former.timestamp() : leg.receiver().extendedTimestamp();
  }

  /** As {@link AudioLeg#packetClockRateHz}. */
  int packetClockRateHz() {
    return ofFormer ? former.clockRateHz() : leg.receiver().clockRateHz();
  }
}
