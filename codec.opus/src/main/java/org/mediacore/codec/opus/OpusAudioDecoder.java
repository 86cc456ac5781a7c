package org.mediacore.codec.opus;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioFormat;

/**
 * Decodes any Opus packet, fills gaps, and rebuilds lost frames from redundancy: in-band redundancy
 * for the frame right before the packet, deep redundancy (DRED) for what lies before that.
 */
final class OpusAudioDecoder implements AudioDecoder {
  /** Concealment works in steps of this many microseconds. */
  private static final int STEP_US = 2_500;

  /** Deep redundancy describes the sound every so many microseconds. */
  private static final int RESTORE_STEP_US = 10_000;

  private final DecoderCore core;
  private final OpusPacket packet = new OpusPacket();
  private final int sampleRateHz;
  private final int channels;
  private final int stepSamples;
  private final int restoreStepSamples;
  private final int maxSamples;
  private boolean closed;

  OpusAudioDecoder(DecoderCore core, AudioFormat format) {
    this.core = core;
    sampleRateHz = format.sampleRateHz();
    channels = format.channels();
    stepSamples = format.samplesIn(STEP_US);
    restoreStepSamples = format.samplesIn(RESTORE_STEP_US);
    maxSamples = format.samplesIn(OpusPacket.MAX_DURATION_US);
  }

  @Override
  public int decode(ByteBuffer payload, short[] pcm, int offset) {
    if (closed) {
      return MediaStatus.FAILED;
    }
    int samples = samplesIn(payload);
    if (samples < 0) {
      return samples;
    }
    if (!fits(samples, pcm, offset)) {
      return MediaStatus.BUFFER_TOO_SMALL;
    }
    return core.decode(payload, samples, pcm, offset);
  }

  @Override
  public int samplesIn(ByteBuffer payload) {
    return payload.remaining() <= DecoderCore.MAX_PACKET_BYTES && packet.read(payload)
        ? packet.samples(sampleRateHz)
        : MediaStatus.BAD_INPUT;
  }

  @Override
  public int conceal(int samples, short[] pcm, int offset) {
    if (closed) {
      return MediaStatus.FAILED;
    }
    if (!fits(samples, pcm, offset)) {
      return MediaStatus.BUFFER_TOO_SMALL;
    }
    int done = 0;
    while (done < samples) {
      int wanted = Math.min(samples - done, maxSamples);
      int steps = (wanted + stepSamples - 1) / stepSamples;
      int result = core.conceal(steps * stepSamples, wanted, pcm, offset + done * channels);
      if (result < 0) {
        return result;
      }
      done += wanted;
    }
    return done;
  }

  @Override
  public int recover(ByteBuffer next, int samplesToNext, int samples, short[] pcm, int offset) {
    if (closed) {
      return MediaStatus.FAILED;
    }
    if (samplesToNext < 0 || samples <= 0 || samplesIn(next) < 0) {
      return MediaStatus.UNSUPPORTED;
    }
    int kept = samplesToNext == 0 ? keptIn(next, samples) : 0;
    int restorable = restorableFrom(next, samplesToNext + kept, samples - kept);
    if (kept + restorable == 0) {
      return MediaStatus.UNSUPPORTED;
    }
    if (!fits(samples, pcm, offset)) {
      return MediaStatus.BUFFER_TOO_SMALL;
    }
    int done = conceal(samples - kept - restorable, pcm, offset);
    while (done >= 0 && done < samples - kept) {
      int piece = Math.min(samples - kept - done, maxSamples);
      int samplesBefore = samplesToNext + samples - done;
      int result = core.restore(samplesBefore, piece, pcm, offset + done * channels);
      done = result < 0 ? result : done + piece;
    }
    if (done >= 0 && kept > 0) {
      int frameSamples = packet.frameSamples(sampleRateHz);
      int rebuilt = core.rebuild(next, frameSamples, kept, pcm, offset + done * channels);
      done = rebuilt < 0 ? rebuilt : samples;
    }
    return done < 0 ? MediaStatus.UNSUPPORTED : done;
  }

  /** In-band redundancy: the end of the piece that the frame before the packet covers. */
  private int keptIn(ByteBuffer next, int samples) {
    return packet.hasRedundancy(next) ? Math.min(packet.frameSamples(sampleRateHz), samples) : 0;
  }

  /**
   * Deep redundancy: what lies further back, coarser, in steps of its own; 0 where there is none.
   *
   * @param samplesToNext between the end of what is asked for and the packet
   */
  private int restorableFrom(ByteBuffer next, int samplesToNext, int samples) {
    if (samples < restoreStepSamples) {
      return 0;
    }
    int reach = Math.min(core.readRedundancy(next) - samplesToNext, samples);
    return Math.max(0, reach) / restoreStepSamples * restoreStepSamples;
  }

  @Override
  public void hurry(boolean hurried) {
    if (!closed) {
      core.hurry(hurried);
    }
  }

  private boolean fits(int samples, short[] pcm, int offset) {
    return offset >= 0 && samples >= 0 && (long) samples * channels <= pcm.length - offset;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      core.close();
    }
  }

  /** See {@link DecoderCore#finalRange}. */
  int finalRange() {
    return core.finalRange();
  }
}
