package org.mediacore.dsp;

import java.util.Arrays;
import java.util.Objects;

/**
 * Converts a stream of audio from one sampling rate to another: a polyphase windowed-sinc FIR for
 * any rational ratio, mono or stereo.
 *
 * <p>Streaming: the filter's phase and history run on from call to call, block lengths are free,
 * and any splitting of a stream into calls gives bit-identical output. Where the ratio divides a
 * block evenly (160 samples at 8 kHz to 48 kHz, 441 at 44.1 kHz to 48 kHz), every call gives
 * exactly the nominal number of samples, the first one included: the stream starts with the
 * filter's delay of silence ({@link #delaySamples()}). Equal rates copy, with no delay.
 *
 * <p>The instance owns its state and is used by one thread at a time; the coefficient tables are
 * immutable and shared. After {@link #create} nothing is allocated.
 *
 * <p>Why the kernel looks as it does: C2 vectorises neither a float reduction nor a loop that reads
 * and writes float arrays at different offsets. So all outputs of one phase are computed at once,
 * and for each tap the input is first copied so that it starts at index 0; that is worth a factor
 * of three over the plain dot product, which remains for ratios with many phases and for very short
 * calls. Both add in the same order, so that either gives the same bits.
 */
public final class Resampler {

  /** How steep and how deep the filter is; a better one costs time and delay. */
  public enum Quality {
    /** Stop band -60 dB, pass band to 0.80 of the lower Nyquist frequency. */
    FAST(60, 0.80),
    /** Stop band -70 dB, pass band to 0.87 of the lower Nyquist frequency. */
    DEFAULT(71, 0.87),
    /** Stop band -100 dB, pass band to 0.95 of the lower Nyquist frequency. */
    BEST(101, 0.95);

    private final double stopBandDb;
    private final double passBand;

    Quality(double stopBandDb, double passBand) {
      this.stopBandDb = stopBandDb;
      this.passBand = passBand;
    }

    /**
     * Attenuation that the design aims at, in dB (positive), from the lower Nyquist frequency on.
     */
    double stopBandDb() {
      return stopBandDb;
    }

    /** End of the pass band as a fraction of the lower Nyquist frequency. */
    double passBand() {
      return passBand;
    }
  }

  private static final int MIN_RATE_HZ = 1_000;
  private static final int MAX_RATE_HZ = 768_000;

  /** Below so many outputs per phase the dot product is faster. */
  private static final int MIN_PARALLEL_OUTPUTS = 16;

  private final int channels;
  private final boolean parallel;
  private final int up;
  private final int down;
  private final int taps;
  private final int delaySamples;
  private final float[] coefficients;

  /** Input samples per channel that are converted in one go; longer calls take several. */
  private final int maxChunkSamples;

  /** Per channel: taps - 1 old samples, then the chunk. */
  private final float[][] window;

  /** Scratch of the parallel kernel, empty where it is never used. */
  private final float[][] sums;

  private final float[][] streams;
  private final float[][] aligned;
  private final int alignedMask;
  private final int downWhole;
  private final int downRest;

  /** Position of the next output after the next input sample, in units of 1/up input samples. */
  private long position;

  /**
   * Makes a resampler.
   *
   * @param inRateHz sampling rate of the input in Hz, 1,000 to 768,000
   * @param outRateHz sampling rate of the output in Hz, 1,000 to 768,000
   * @param channels 1 or 2; stereo is interleaved
   * @param quality the filter
   * @throws IllegalArgumentException if a value is out of its range, or the ratio of the rates has
   *     terms so large that its filter table would pass 2^20 coefficients
   */
  public static Resampler create(int inRateHz, int outRateHz, int channels, Quality quality) {
    Objects.requireNonNull(quality, "quality");
    checkRate("inRateHz", inRateHz);
    checkRate("outRateHz", outRateHz);
    if (channels < 1 || channels > 2) {
      throw new IllegalArgumentException("channels " + channels + ": 1 or 2");
    }
    return new Resampler(inRateHz, outRateHz, channels, quality);
  }

  private static void checkRate(String name, int rateHz) {
    if (rateHz < MIN_RATE_HZ || rateHz > MAX_RATE_HZ) {
      throw new IllegalArgumentException(
          name + " " + rateHz + ": " + MIN_RATE_HZ + " to " + MAX_RATE_HZ);
    }
  }

  private Resampler(int inRateHz, int outRateHz, int channels, Quality quality) {
    this.channels = channels;
    if (inRateHz == outRateHz) {
      up = 1;
      down = 1;
      taps = 0;
      delaySamples = 0;
      coefficients = new float[0];
    } else {
      PolyphaseTable table = PolyphaseTable.of(inRateHz, outRateHz, quality);
      up = table.up;
      down = table.down;
      taps = table.taps;
      delaySamples = table.delaySamples;
      coefficients = table.coefficients;
    }
    maxChunkSamples = inRateHz / 50;
    window = new float[channels][taps == 0 ? 0 : taps - 1 + maxChunkSamples];
    downWhole = down / up;
    downRest = down % up;
    int outputsPerPhase = maxOutputSamples(maxChunkSamples) / up + 1;
    parallel = taps > 0 && outputsPerPhase > MIN_PARALLEL_OUTPUTS;
    int maxSpread = parallel ? (up - 1) * (down + 1) / up : 0;
    int slots = Integer.highestOneBit(3 + maxSpread) * 2; // the next power of two from 4 + spread
    alignedMask = slots - 1;
    sums = new float[parallel ? up : 0][outputsPerPhase];
    aligned = new float[parallel ? slots : 0][outputsPerPhase];
    streams = new float[parallel && down > 1 ? down : 0][(taps + maxChunkSamples) / down + 1];
  }

  /**
   * Converts one block.
   *
   * @param in interleaved input, read only; must not overlap the output
   * @param inOffset first array element to read
   * @param inSamples samples per channel to read, any number from 0
   * @param out receives interleaved output, room for {@link #maxOutputSamples} samples
   * @param outOffset first array element to write
   * @return samples per channel written; values beyond 16 bits are clipped, never wrapped
   */
  public int process(short[] in, int inOffset, int inSamples, short[] out, int outOffset) {
    if (taps == 0) {
      System.arraycopy(in, inOffset, out, outOffset, inSamples * channels);
      return inSamples;
    }
    int consumed = 0;
    int written = 0;
    while (consumed < inSamples) {
      int chunk = Math.min(maxChunkSamples, inSamples - consumed);
      written +=
          convert(in, inOffset + consumed * channels, chunk, out, outOffset + written * channels);
      consumed += chunk;
    }
    return written;
  }

  /**
   * The most samples per channel that {@link #process} can write for a block.
   *
   * @param inSamples samples per channel of the block
   */
  public int maxOutputSamples(int inSamples) {
    return (int) (((long) inSamples * up + down - 1) / down);
  }

  /** Group delay in output samples per channel: how much later than it came in a sound goes out. */
  public int delaySamples() {
    return delaySamples;
  }

  /** Forgets the past: what comes next is converted as by a new instance. */
  public void reset() {
    position = 0;
    for (float[] channelWindow : window) {
      Arrays.fill(channelWindow, 0);
    }
  }

  private int convert(short[] in, int inOffset, int chunk, short[] out, int outOffset) {
    long available = (long) chunk * up - position;
    int outputs = available <= 0 ? 0 : (int) ((available + down - 1) / down);
    int history = taps - 1;
    for (int channel = 0; channel < channels; channel++) {
      float[] x = window[channel];
      for (int i = 0, from = inOffset + channel; i < chunk; i++, from += channels) {
        x[history + i] = in[from];
      }
      if (parallel && outputs / up >= MIN_PARALLEL_OUTPUTS) {
        filterInParallel(x, history + chunk, outputs, out, outOffset + channel);
      } else {
        filterOneByOne(x, outputs, out, outOffset + channel);
      }
      System.arraycopy(x, chunk, x, 0, history);
    }
    position += (long) outputs * down - (long) chunk * up;
    return outputs;
  }

  /**
   * All outputs of a phase at once. The first {@code up} outputs each start one phase; those of one
   * phase are {@code up} outputs and {@code down} input samples apart.
   */
  private void filterInParallel(float[] x, int length, int outputs, short[] out, int outOffset) {
    int oldest = (int) (position / up);
    int firstPhase = (int) (position % up);
    int spread = (firstPhase + (up - 1) * down) / up; // input samples from first to last phase
    int count = (outputs + up - 1) / up;
    splitByPhase(x, oldest, length);
    for (int first = 0; first < up; first++) {
      Arrays.fill(sums[first], 0, count, 0f);
    }
    for (int e = taps; e < taps + spread; e++) {
      align(x, oldest, length, e, count);
    }
    for (int tap = 0; tap < taps; tap += 4) {
      int newest = taps - 1 - tap;
      for (int e = newest; e > newest - 4; e--) {
        align(x, oldest, length, e, count);
      }
      int phase = firstPhase;
      int e = newest;
      for (int first = 0; first < up; first++) {
        int c = phase * taps + tap;
        accumulate(
            sums[first],
            count,
            coefficients[c],
            aligned[e & alignedMask],
            coefficients[c + 1],
            aligned[(e - 1) & alignedMask],
            coefficients[c + 2],
            aligned[(e - 2) & alignedMask],
            coefficients[c + 3],
            aligned[(e - 3) & alignedMask]);
        phase += downRest;
        e += downWhole;
        if (phase >= up) {
          phase -= up;
          e++;
        }
      }
    }
    for (int first = 0; first < up; first++) {
      int stored = (outputs - first + up - 1) / up;
      store(sums[first], stored, out, outOffset + first * channels, up * channels);
    }
  }

  /** Sample {@code oldest + r + i * down} goes to {@code streams[r][i]}; nothing to do for 1. */
  private void splitByPhase(float[] x, int oldest, int length) {
    for (int r = 0; r < streams.length; r++) {
      float[] stream = streams[r];
      for (int i = 0, from = oldest + r; from < length; i++, from += down) {
        stream[i] = x[from];
      }
    }
  }

  /** Copies samples {@code oldest + e + q * down} to index q of their slot among the aligned. */
  private void align(float[] x, int oldest, int length, int e, int count) {
    float[] slot = aligned[e & alignedMask];
    if (down == 1) {
      System.arraycopy(x, oldest + e, slot, 0, Math.min(count, length - oldest - e));
    } else {
      float[] stream = streams[e % down];
      int from = e / down;
      System.arraycopy(stream, from, slot, 0, Math.min(count, stream.length - from));
    }
  }

  /** Four taps of every output; a method of its own so that C2 compiles and vectorises it well. */
  private static void accumulate(
      float[] sum,
      int count,
      float c0,
      float[] x0,
      float c1,
      float[] x1,
      float c2,
      float[] x2,
      float c3,
      float[] x3) {
    for (int q = 0; q < count; q++) {
      sum[q] += (c0 * x0[q] + c1 * x1[q]) + (c2 * x2[q] + c3 * x3[q]);
    }
  }

  private void filterOneByOne(float[] x, int outputs, short[] out, int outOffset) {
    long at = position;
    for (int n = 0, to = outOffset; n < outputs; n++, to += channels) {
      int row = (int) (at % up) * taps;
      int newest = (int) (at / up) + taps - 1;
      float sum = 0;
      for (int tap = 0; tap < taps; tap += 4) {
        int c = row + tap;
        int i = newest - tap;
        sum +=
            (coefficients[c] * x[i] + coefficients[c + 1] * x[i - 1])
                + (coefficients[c + 2] * x[i - 2] + coefficients[c + 3] * x[i - 3]);
      }
      out[to] = toPcm(sum);
      at += down;
    }
  }

  private static void store(float[] sums, int count, short[] out, int outOffset, int stride) {
    for (int q = 0, to = outOffset; q < count; q++, to += stride) {
      out[to] = toPcm(sums[q]);
    }
  }

  /**
   * Rounds half up (adding 32768.5 makes the value positive, where a cast is a floor) and clips.
   */
  private static short toPcm(float value) {
    int rounded = (int) (value + 32768.5f) - 32768;
    return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, rounded));
  }
}
