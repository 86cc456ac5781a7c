package org.mediacore.codec.opus;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.EncoderTuning;

/** Encodes within what the peer declared, whichever library does the work. */
final class OpusAudioEncoder implements AudioEncoder {
  /**
   * A payload of up to this many bytes carries nothing: the frame was left out (RFC 7587 §3.1.3; a
   * lone TOC byte, or one with a frame count).
   */
  private static final int LEFT_OUT_BYTES = 2;

  private final EncoderCore core;
  private final EncoderPlan plan;
  private final int elementsPerFrame;
  private boolean dtx;
  private boolean closed;

  /**
   * Frames until encoding is as usual again. The first one predicts from nothing; the second is in
   * CELT, since a frame without prediction still leaves the far decoder's SILK filters with what
   * another encoder put there, and with a steady tone that rings on, or grows, for half a second.
   * At the way back from CELT both ends start SILK from nothing (RFC 6716 §4.5.2).
   */
  private int independentFrames;

  OpusAudioEncoder(EncoderCore core, EncoderPlan plan) {
    this.core = core;
    this.plan = plan;
    elementsPerFrame = plan.samplesPerFrame() * plan.format().channels();
    dtx = plan.dtx();
    core.set(EncoderControl.BITRATE_BPS, plan.bitrateBps());
    core.set(EncoderControl.MAX_BANDWIDTH, plan.bandwidth().code());
    core.set(EncoderControl.VARIABLE_BITRATE, plan.constantBitrate() ? 0 : 1);
    core.set(EncoderControl.COMPLEXITY, plan.complexity());
    core.set(EncoderControl.INBAND_FEC, plan.fec() ? 1 : 0);
    core.set(EncoderControl.LOSS_PERCENT, plan.lossPercent());
    core.set(EncoderControl.DTX, plan.dtx() ? 1 : 0);
    if (plan.dredMs() > 0) {
      core.set(EncoderControl.DEEP_REDUNDANCY, plan.dredMs() / 10);
    }
  }

  @Override
  public int encode(short[] pcm, int offset, int samples, ByteBuffer out) {
    if (closed) {
      return MediaStatus.FAILED;
    }
    if (samples != plan.samplesPerFrame() || offset < 0 || offset > pcm.length - elementsPerFrame) {
      return MediaStatus.BAD_INPUT;
    }
    int room = Math.min(out.remaining(), OpusPacket.MAX_FRAME_BYTES);
    if (room <= LEFT_OUT_BYTES) {
      return MediaStatus.BUFFER_TOO_SMALL;
    }
    int bytes = core.encode(pcm, offset, samples, out, room);
    if (independentFrames > 0) {
      independentFrames--;
      core.set(EncoderControl.PREDICTION_DISABLED, 0);
      if (independentFrames == 0) {
        core.set(EncoderControl.MODE, EncoderControl.AUTOMATIC);
      }
    }
    if (bytes < 0) {
      return bytes;
    }
    if (dtx && bytes <= LEFT_OUT_BYTES) {
      return 0;
    }
    out.position(out.position() + bytes);
    return bytes;
  }

  @Override
  public boolean tune(EncoderTuning tuning) {
    if (closed) {
      return false;
    }
    boolean applied = false;
    if (tuning.bitrateBps().isPresent()) {
      int wished = Math.max(tuning.bitrateBps().getAsInt(), OpusFmtp.MIN_BITRATE_BPS);
      applied |= core.set(EncoderControl.BITRATE_BPS, Math.min(wished, plan.maxBitrateBps()));
    }
    if (tuning.expectedLossPercent().isPresent()) {
      applied |= core.set(EncoderControl.LOSS_PERCENT, tuning.expectedLossPercent().getAsInt());
    }
    if (tuning.complexity().isPresent()) {
      applied |= core.set(EncoderControl.COMPLEXITY, tuning.complexity().getAsInt());
    }
    if (tuning.inbandFec().isPresent() && (plan.fecWelcome() || !tuning.inbandFec().get())) {
      applied |= core.set(EncoderControl.INBAND_FEC, tuning.inbandFec().get() ? 1 : 0);
    }
    if (tuning.dtx().isPresent()) {
      boolean taken = core.set(EncoderControl.DTX, tuning.dtx().get() ? 1 : 0);
      dtx = taken ? tuning.dtx().get() : dtx;
      applied |= taken;
    }
    if (tuning.independentFrame().isPresent()) {
      boolean wished = tuning.independentFrame().get();
      boolean taken = core.set(EncoderControl.PREDICTION_DISABLED, wished ? 1 : 0);
      core.set(EncoderControl.MODE, wished ? EncoderControl.CELT_ONLY : EncoderControl.AUTOMATIC);
      independentFrames = taken && wished ? 2 : 0;
      applied |= taken;
    }
    return applied;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      core.close();
    }
  }

  /** See {@link EncoderCore#finalRange}. */
  int finalRange() {
    return core.finalRange();
  }
}
