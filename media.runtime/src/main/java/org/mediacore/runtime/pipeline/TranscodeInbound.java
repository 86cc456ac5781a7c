package org.mediacore.runtime.pipeline;

import java.nio.ByteBuffer;
import org.mediacore.rtp.RtpPacket;
import org.mediacore.rtp.RtpReceiver;

/**
 * Decodes packets as they arrive and sends their audio out of another leg. Nothing waits: lost
 * packets are filled in when the next one shows the gap, and a packet that comes after its turn is
 * dropped. While the far end pauses, a timer lets its comfort noise go on.
 */
public final class TranscodeInbound implements Inbound {
  /** Longest loss that is filled in; a longer one becomes a pause. */
  private static final int MAX_FILL_US = 200_000;

  /** The longest time that timestamps may skip without being taken for a new time base. */
  private static final long MAX_PAUSE_US = 10_000_000;

  private static final long NO_TIMESTAMP = Long.MIN_VALUE;

  /** More noise than this that was made too early is not taken back. */
  private static final long MAX_AHEAD_US = 1_000_000;

  private final AudioLeg from;
  private final AudioLeg to;
  private final DecodeStage decoder;
  private final OutboundAudio out;
  private final EventRelay events;
  private final int clockRateHz;
  private final int sampleRateHz;
  private final PauseTimer pause;
  private long nextTimestamp = NO_TIMESTAMP;
  private int lastSamples;
  private boolean pausing;
  private boolean leavesPauses;
  private long aheadTicks;

  /** Takes the packets of the codec in use. */
  public TranscodeInbound(AudioLeg from, AudioLeg to, DecodeStage decoder, OutboundAudio out) {
    this.from = from;
    this.to = to;
    this.decoder = decoder;
    this.out = out;
    this.events = new EventRelay(from, to);
    this.pause = new PauseTimer(from, this::goOn);
    this.clockRateHz = decoder.parameters().descriptor().rtpClockRateHz();
    this.sampleRateHz = decoder.format().sampleRateHz();
    this.lastSamples = decoder.format().samplesIn(decoder.parameters().frameDurationUs());
  }

  /**
   * Noise does not go on by itself: of a codec before a change, beside which another one is heard.
   */
  public TranscodeInbound withoutPauses() {
    leavesPauses = true;
    return this;
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
      restart();
      out.breakOff();
    }
    long timestamp = from.extendedTimestamp();
    pause.stop();
    bridgeTime(buffer, isNoise, timestamp, arrival, nowNs);
    short[] pcm = from.loop().scratch().decoded;
    int samples = isNoise ? decoder.pause(buffer) : decoder.decode(buffer, pcm);
    if (isNoise || samples < 0) {
      samples = lastSamples;
      decoder.conceal(samples, pcm);
    }
    if (samples > 0) {
      lastSamples = samples;
    }
    long filled = filledBehind(timestamp);
    if (decoder.pauses()) {
      pauseFrom(timestamp, filled, samples, nowNs);
    } else {
      pausing = false;
      aheadTicks = filled;
      push(samples, nowNs);
      nextTimestamp = timestamp + ticks(samples);
    }
  }

  /**
   * How far the audio that was made reaches behind a packet's beginning: more noise was made than
   * the pause lasted, since the packet that ended it came late.
   */
  private long filledBehind(long timestamp) {
    long filled = pausing ? Math.max(0, nextTimestamp - timestamp) : aheadTicks;
    return filled * 1_000_000 / clockRateHz > MAX_AHEAD_US ? 0 : filled;
  }

  /** The far end pauses; {@code samples} of its noise are decoded, which may be there already. */
  private void pauseFrom(long timestamp, long filled, int samples, long nowNs) {
    pausing = true;
    aheadTicks = 0;
    nextTimestamp = timestamp + filled;
    if (filled < ticks(samples)) {
      push(samples, nowNs);
      nextTimestamp += ticks(samples);
    }
    if (leavesPauses) {
      return;
    }
    long filledNs = (nextTimestamp - timestamp) * 1_000_000_000L / clockRateHz;
    pause.start(nowNs, filledNs, lastSamples * 1_000_000_000L / sampleRateHz);
  }

  /** The pause lasts. */
  private void goOn(long nowNs) {
    decoder.conceal(lastSamples, from.loop().scratch().decoded);
    push(lastSamples, nowNs);
    nextTimestamp += ticks(lastSamples);
  }

  private void push(int samples, long nowNs) {
    if (samples > 0) {
      out.push(from.loop().scratch().decoded, 0, samples, nowNs);
    }
  }

  private void restart() {
    pause.stop();
    pausing = false;
    aheadTicks = 0;
    nextTimestamp = NO_TIMESTAMP;
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
    long missing = gapTicks * sampleRateHz / clockRateHz;
    if (missing <= 0) {
      return; // less than a sample is the rounding of a clock that is no multiple of the rate
    }
    if (!pausing && arrival != RtpReceiver.GAP || gapUs > MAX_FILL_US) {
      out.pause(gapUs);
      return;
    }
    while (missing > 0) {
      int samples = (int) Math.min(missing, lastSamples);
      missing -= samples;
      if (!isNoise && !pausing) {
        decoder.recover(next, (int) missing, samples, from.loop().scratch().decoded);
      } else {
        decoder.conceal(samples, from.loop().scratch().decoded);
      }
      push(samples, nowNs);
    }
  }

  private long ticks(int samples) {
    return (long) samples * clockRateHz / sampleRateHz;
  }

  @Override
  public void event(RtpPacket packet, ByteBuffer buffer, int arrival, long nowNs) {
    pause.stop();
    if (arrival == RtpReceiver.RESTART) {
      restart();
    }
    if (to.output().eventType() >= 0) {
      events.relay(packet, buffer, nowNs);
    }
  }

  @Override
  public void end() {
    pause.stop();
  }
}
