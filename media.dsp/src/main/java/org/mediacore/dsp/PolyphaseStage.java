package org.mediacore.dsp;

import java.util.Arrays;

/**
 * One filter of a {@link Resampler} at work, with the phase and the past of each of its channels.
 *
 * <p>A block is converted in steps: write the input into {@link #input} from {@link #inputIndex}
 * on, {@link #run} each channel with the same number of samples, then {@link #advance}. One thread
 * at a time; nothing is allocated after construction.
 *
 * <p>Why the kernel looks as it does: C2 vectorises neither a float reduction nor a loop that reads
 * and writes float arrays at different offsets. So all outputs of one phase are computed at once,
 * and for each tap the input is first copied so that it starts at index 0; that is worth a factor
 * of three over the plain dot product, which remains for ratios with many phases and for very short
 * blocks. Both add in the same order, so that either gives the same bits.
 */
final class PolyphaseStage {
  /** Below so many outputs per phase the dot product is faster. */
  static final int MIN_PARALLEL_OUTPUTS = 16;

  private final int up;
  private final int down;
  private final int taps;
  private final float[] coefficients;
  private final boolean parallel;

  /** Per channel: taps - 1 old samples, then the block. */
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
   * @param table the filter
   * @param maxSamples longest block, in samples per channel
   * @param channels how many pasts it keeps
   */
  PolyphaseStage(PolyphaseTable table, int maxSamples, int channels) {
    up = table.up;
    down = table.down;
    taps = table.taps;
    coefficients = table.coefficients;
    window = new float[channels][taps - 1 + maxSamples];
    downWhole = down / up;
    downRest = down % up;
    int outputsPerPhase = maxOutputSamples(maxSamples) / up + 1;
    parallel = outputsPerPhase > MIN_PARALLEL_OUTPUTS;
    int maxSpread = parallel ? (up - 1) * (down + 1) / up : 0;
    int slots = Integer.highestOneBit(3 + maxSpread) * 2; // the next power of two from 4 + spread
    alignedMask = slots - 1;
    sums = new float[parallel ? up : 0][outputsPerPhase];
    aligned = new float[parallel ? slots : 0][outputsPerPhase];
    streams = new float[parallel && down > 1 ? down : 0][(taps + maxSamples) / down + 1];
  }

  /** The most outputs that a block of so many samples gives. */
  int maxOutputSamples(int samples) {
    return (int) (((long) samples * up + down - 1) / down);
  }

  /** Where the input of a channel goes. */
  float[] input(int channel) {
    return window[channel];
  }

  /** From which index on. */
  int inputIndex() {
    return taps - 1;
  }

  /**
   * Converts what was written to {@link #input}.
   *
   * @param channel which channel
   * @param samples how many samples were written
   * @param out receives the outputs, from {@code outIndex} on
   * @return how many outputs
   */
  int run(int channel, int samples, float[] out, int outIndex) {
    int outputs = outputs(samples);
    float[] x = window[channel];
    int history = taps - 1;
    if (parallel && outputs / up >= MIN_PARALLEL_OUTPUTS) {
      filterInParallel(x, history + samples, outputs, out, outIndex);
    } else {
      filterOneByOne(x, outputs, out, outIndex);
    }
    System.arraycopy(x, samples, x, 0, history);
    return outputs;
  }

  /** Ends a block, once all channels were run. */
  void advance(int samples) {
    position += (long) outputs(samples) * down - (long) samples * up;
  }

  /** Forgets the past. */
  void reset() {
    position = 0;
    for (float[] channelWindow : window) {
      Arrays.fill(channelWindow, 0);
    }
  }

  private int outputs(int samples) {
    long available = (long) samples * up - position;
    return available <= 0 ? 0 : (int) ((available + down - 1) / down);
  }

  /**
   * All outputs of a phase at once. The first {@code up} outputs each start one phase; those of one
   * phase are {@code up} outputs and {@code down} input samples apart.
   */
  private void filterInParallel(float[] x, int length, int outputs, float[] out, int outIndex) {
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
      addFourTaps(tap, firstPhase, newest, count);
    }
    for (int first = 0; first < up; first++) {
      int stored = (outputs - first + up - 1) / up;
      spread(sums[first], stored, out, outIndex + first, up);
    }
  }

  private void addFourTaps(int tap, int firstPhase, int newest, int count) {
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

  private void filterOneByOne(float[] x, int outputs, float[] out, int outIndex) {
    int phase = (int) (position % up);
    int newest = (int) (position / up) + taps - 1;
    for (int n = 0; n < outputs; n++) {
      out[outIndex + n] = dot(coefficients, phase * taps, x, newest, taps);
      newest += downWhole;
      phase += downRest;
      if (phase >= up) {
        phase -= up;
        newest++;
      }
    }
  }

  private static float dot(float[] coefficients, int row, float[] x, int newest, int taps) {
    float sum = 0;
    for (int tap = 0; tap < taps; tap += 4) {
      int c = row + tap;
      int i = newest - tap;
      sum +=
          (coefficients[c] * x[i] + coefficients[c + 1] * x[i - 1])
              + (coefficients[c + 2] * x[i - 2] + coefficients[c + 3] * x[i - 3]);
    }
    return sum;
  }

  private static void spread(float[] from, int count, float[] out, int outIndex, int stride) {
    for (int q = 0, to = outIndex; q < count; q++, to += stride) {
      out[to] = from[q];
    }
  }
}
