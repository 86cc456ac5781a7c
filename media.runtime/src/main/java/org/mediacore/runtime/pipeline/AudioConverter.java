package org.mediacore.runtime.pipeline;

import org.mediacore.api.codec.AudioFormat;
import org.mediacore.dsp.Channels;
import org.mediacore.dsp.Resampler;
import org.mediacore.runtime.loop.LoopScratch;
import org.mediacore.runtime.plan.Planner;

/**
 * Converts audio between two formats, streaming. Mixes down before and up after resampling, so that
 * no more is resampled than needed. One thread; no allocation.
 */
public final class AudioConverter {
  private final AudioFormat from;
  private final AudioFormat to;
  private final Resampler resampler;

  public AudioConverter(AudioFormat from, AudioFormat to) {
    this.from = from;
    this.to = to;
    this.resampler =
        Resampler.create(
            from.sampleRateHz(),
            to.sampleRateHz(),
            Math.min(from.channels(), to.channels()),
            Planner.RESAMPLING);
  }

  /**
   * Converts a block.
   *
   * @param in interleaved samples in the source format; not {@code scratch.between} or {@code out}
   * @param samples samples per channel
   * @param out room for {@link #maxOutputSamples} samples, from array element 0 on
   * @return samples per channel written
   */
  public int convert(short[] in, int offset, int samples, short[] out, LoopScratch scratch) {
    if (from.channels() > to.channels()) {
      Channels.stereoToMono(in, offset, scratch.between, 0, samples);
      return resampler.process(scratch.between, 0, samples, out, 0);
    }
    if (from.channels() < to.channels()) {
      int converted = resampler.process(in, offset, samples, scratch.between, 0);
      Channels.monoToStereo(scratch.between, 0, out, 0, converted);
      return converted;
    }
    return resampler.process(in, offset, samples, out, 0);
  }

  /** The most samples per channel that {@code samples} samples are converted to. */
  public int maxOutputSamples(int samples) {
    return resampler.maxOutputSamples(samples);
  }
}
