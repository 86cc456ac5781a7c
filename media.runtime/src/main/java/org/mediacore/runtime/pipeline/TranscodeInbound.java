package org.mediacore.runtime.pipeline;

import java.nio.ByteBuffer;
import org.mediacore.rtp.RtpPacket;
import org.mediacore.rtp.RtpReceiver;
import org.mediacore.runtime.loop.LoopScratch;

/**
 * Decodes packets as they arrive and sends their audio out of another leg. Nothing waits: lost
 * packets are filled in when the next one shows the gap, and a packet that comes after its turn is
 * dropped.
 */
public final class TranscodeInbound implements Inbound {
  /** Longest loss that is filled in; a longer one becomes a pause. */
  private static final int MAX_FILL_US = 200_000;

  /** The longest time that timestamps may skip without being taken for a new time base. */
  private static final long MAX_PAUSE_US = 10_000_000;

  private static final long NO_TIMESTAMP = Long.MIN_VALUE;

  private final AudioLeg from;
  private final AudioLeg to;
  private final DecodeStage decoder;
  private final OutboundAudio out;
  private final EventRelay events;
  private final int clockRateHz;
  private final int sampleRateHz;
  private long nextTimestamp = NO_TIMESTAMP;
  private int lastSamples;

  public TranscodeInbound(AudioLeg from, AudioLeg to, DecodeStage decoder, OutboundAudio out) {
    this.from = from;
    this.to = to;
    this.decoder = decoder;
    this.out = out;
    this.events = new EventRelay(from, to);
    this.clockRateHz = decoder.parameters().descriptor().rtpClockRateHz();
    this.sampleRateHz = decoder.format().sampleRateHz();
    this.lastSamples = decoder.format().samplesIn(decoder.parameters().frameDurationUs());
  }

  @Override
  public void media(RtpPacket packet, ByteBuffer buffer, int arrival, long nowNs) {
    take(packet, buffer, arrival, false, nowNs);
  }

  @Override
  public void noise(RtpPacket packet, ByteBuffer buffer, int arrival, long nowNs) {
    take(packet, buffer, arrival, true, nowNs);
  }

  private void take(RtpPacket packet, ByteBuffer buffer, int arrival, boolean isNoise, long nowNs) {
    if (arrival == RtpReceiver.REORDERED) {
      from.countLate();
      return;
    }
    packet.limitToPayload();
    if (arrival == RtpReceiver.RESTART) {
      nextTimestamp = NO_TIMESTAMP;
      out.breakOff();
    }
    long timestamp = from.extendedTimestamp();
    bridgeTime(buffer, isNoise, timestamp, arrival, nowNs);
    short[] pcm = from.loop().scratch().decoded;
    int samples = isNoise ? decoder.pause(buffer) : decoder.decode(buffer, pcm);
    if (isNoise || samples < 0) {
      samples = lastSamples;
      decoder.conceal(samples, pcm);
    }
    if (samples > 0) {
      lastSamples = samples;
      out.push(pcm, 0, samples, nowNs);
    }
    nextTimestamp = timestamp + ticks(samples);
  }

  /** Fills or passes over the time between the packet before and this one. */
  private void bridgeTime(
      ByteBuffer next, boolean isNoise, long timestamp, int arrival, long nowNs) {
    long gapTicks = nextTimestamp == NO_TIMESTAMP ? 0 : timestamp - nextTimestamp;
    long gapUs = gapTicks * 1_000_000 / clockRateHz;
    if (gapUs > MAX_PAUSE_US) {
      out.breakOff();
      return;
    }
    if (gapUs <= 0) {
      return;
    }
    if (arrival != RtpReceiver.GAP || gapUs > MAX_FILL_US) {
      out.pause(gapUs);
      return;
    }
    LoopScratch scratch = from.loop().scratch();
    long missing = gapTicks * sampleRateHz / clockRateHz;
    while (missing > 0) {
      int samples = (int) Math.min(missing, lastSamples);
      missing -= samples;
      if (missing == 0 && !isNoise) {
        decoder.recover(next, samples, scratch.decoded);
      } else {
        decoder.conceal(samples, scratch.decoded);
      }
      out.push(scratch.decoded, 0, samples, nowNs);
    }
  }

  private long ticks(int samples) {
    return (long) samples * clockRateHz / sampleRateHz;
  }

  @Override
  public void event(RtpPacket packet, ByteBuffer buffer, int arrival, long nowNs) {
    if (arrival == RtpReceiver.RESTART) {
      nextTimestamp = NO_TIMESTAMP;
    }
    if (to.output().eventType() >= 0) {
      events.relay(packet, buffer, nowNs);
    }
  }
}
