package org.mediacore.dsp;

import java.lang.ref.SoftReference;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The immutable coefficients of one conversion, shared by every {@link Resampler} that makes it.
 *
 * <p>The filter is a low-pass at {@code L} times the input rate, {@code L/M} being the reduced
 * ratio output/input: an ideal low-pass in the middle of the transition band, shaped by a Kaiser
 * window (J. F. Kaiser, "Nonrecursive digital filter design using the I0-sinh window function",
 * 1974; the formulas for beta and length are those of Oppenheim and Schafer, "Discrete-Time Signal
 * Processing", section 7.5.3). Row {@code p} of the table holds every L-th coefficient from p, in
 * the order in which they meet ever older input samples.
 *
 * <p>Rows are scaled to a sum of exactly one, so a constant input gives a constant output. Tables
 * are kept behind soft references: a rate pair that nobody uses any more costs nothing for good.
 */
final class PolyphaseTable {
  /** Refuses ratios such as 44101:48000, whose tables would take megabytes. */
  private static final int MAX_COEFFICIENTS = 1 << 20;

  private static final ConcurrentHashMap<Key, SoftReference<PolyphaseTable>> CACHE =
      new ConcurrentHashMap<>();

  private record Key(int inRateHz, int outRateHz, Resampler.Quality quality) {}

  /** Interpolation factor L: there are L rows. */
  final int up;

  /** Decimation factor M. */
  final int down;

  /** Coefficients per row, a multiple of four. */
  final int taps;

  /** Group delay in output samples; a whole number, because the filter is centred on one. */
  final int delaySamples;

  /** Row p starts at p * taps. */
  final float[] coefficients;

  static PolyphaseTable of(int inRateHz, int outRateHz, Resampler.Quality quality) {
    Key key = new Key(inRateHz, outRateHz, quality);
    SoftReference<PolyphaseTable> cached = CACHE.get(key);
    PolyphaseTable table = cached == null ? null : cached.get();
    if (table == null) {
      table = new PolyphaseTable(inRateHz, outRateHz, quality);
      CACHE.put(key, new SoftReference<>(table));
    }
    return table;
  }

  private PolyphaseTable(int inRateHz, int outRateHz, Resampler.Quality quality) {
    int divisor = gcd(inRateHz, outRateHz);
    up = outRateHz / divisor;
    down = inRateHz / divisor;
    double filterRateHz = (double) inRateHz * up;
    double nyquistHz = Math.min(inRateHz, outRateHz) / 2.0;
    double transition =
        2 * Math.PI * nyquistHz * (1 - quality.passBand()) / filterRateHz; // radians per sample
    double cutoff = Math.PI * nyquistHz * (1 + quality.passBand()) / filterRateHz;
    double halfLength = (quality.stopBandDb() - 7.95) / (2.285 * transition) / 2;
    long centre = (long) Math.ceil(halfLength / down) * down;
    long rowLength = (2 * centre + up) / up; // ceil((2 * centre + 1) / up)
    rowLength = (rowLength + 3) / 4 * 4;
    if (rowLength * up > MAX_COEFFICIENTS) {
      throw new IllegalArgumentException(
          "rates "
              + inRateHz
              + " Hz and "
              + outRateHz
              + " Hz: ratio "
              + up
              + ":"
              + down
              + " needs "
              + rowLength * up
              + " coefficients, at most "
              + MAX_COEFFICIENTS);
    }
    taps = (int) rowLength;
    delaySamples = (int) (centre / down);
    coefficients = new float[up * taps];
    double beta = 0.1102 * (quality.stopBandDb() - 8.7);
    for (int row = 0; row < up; row++) {
      fillRow(row, (int) centre, cutoff, beta);
    }
  }

  private void fillRow(int row, int centre, double cutoff, double beta) {
    double[] exact = new double[taps];
    double sum = 0;
    for (int tap = 0; tap < taps; tap++) {
      int distance = row + tap * up - centre;
      if (distance > centre) {
        break;
      }
      double sinc = distance == 0 ? cutoff : Math.sin(cutoff * distance) / distance;
      double x = (double) distance / (centre + 1);
      exact[tap] = sinc * besselI0(beta * Math.sqrt(1 - x * x));
      sum += exact[tap];
    }
    for (int tap = 0; tap < taps; tap++) {
      coefficients[row * taps + tap] = (float) (exact[tap] / sum);
    }
  }

  /** Modified Bessel function of the first kind, order zero, by its power series. */
  private static double besselI0(double x) {
    double quarter = x * x / 4;
    double term = 1;
    double sum = 1;
    for (int k = 1; term > sum * 1e-17; k++) {
      term *= quarter / ((double) k * k);
      sum += term;
    }
    return sum;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
