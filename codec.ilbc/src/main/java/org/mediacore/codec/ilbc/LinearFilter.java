package org.mediacore.codec.ilbc;

import java.util.Arrays;

/**
 * Filtering with predictors of order 10: {@code A(z) = 1 + a1/z + ... + a10/z^10}. Predictors lie
 * in rows of {@value #ROW}, the leading 1 included. Signals are filtered in arrays that hold at
 * least {@value #ORDER} earlier samples in front. Unrolled by hand: most of an encoder's time
 * beside the codebook search is spent here.
 */
final class LinearFilter {
  static final int ORDER = 10;

  /** Coefficients of a predictor with its leading 1. */
  static final int ROW = ORDER + 1;

  private LinearFilter() {}

  /** Filters by 1/A(z), in place; the result before {@code from} is the memory. */
  static void synthesize(float[] a, int row, float[] signal, int from, int count) {
    float a1 = a[row + 1];
    float a2 = a[row + 2];
    float a3 = a[row + 3];
    float a4 = a[row + 4];
    float a5 = a[row + 5];
    float a6 = a[row + 6];
    float a7 = a[row + 7];
    float a8 = a[row + 8];
    float a9 = a[row + 9];
    float a10 = a[row + 10];
    for (int n = from; n < from + count; n++) {
      float older =
          (a10 * signal[n - 10] + a9 * signal[n - 9])
              + (a8 * signal[n - 8] + a7 * signal[n - 7])
              + (a6 * signal[n - 6] + a5 * signal[n - 5]);
      float newer = (a4 * signal[n - 4] + a3 * signal[n - 3]) + a2 * signal[n - 2];
      signal[n] = signal[n] - older - newer - a1 * signal[n - 1];
    }
  }

  /** Filters by A(z): the residual of {@code count} samples. */
  static void analyze(
      float[] a, int row, float[] signal, int from, float[] residual, int to, int count) {
    for (int n = 0; n < count; n++) {
      int at = from + n;
      float sum = signal[at];
      for (int k = 1; k <= ORDER; k++) {
        sum += a[row + k] * signal[at - k];
      }
      residual[to + n] = sum;
    }
  }

  /**
   * Filters by the all-pass {@code z^-10 A(1/z) / A(z)} from a zero state. The result is in {@code
   * output}, {@code count} samples from {@value #ORDER} on.
   *
   * @param input {@value #ORDER} zeros, then {@code count} samples
   */
  static void allPass(float[] a, int row, float[] input, float[] output, int count) {
    for (int n = ORDER; n < ORDER + count; n++) {
      float sum = 0;
      for (int k = 0; k <= ORDER; k++) {
        sum += a[row + ORDER - k] * input[n - k];
      }
      output[n] = sum;
    }
    Arrays.fill(output, 0, ORDER, 0);
    synthesize(a, row, output, ORDER, count);
  }

  /** Scales coefficient k by {@code chirp^k}: wider formants, RFC 3951 §3.2.2 and §3.4. */
  static void widen(float[] from, int fromRow, float[] to, int toRow, float chirp) {
    float factor = 1;
    for (int k = 0; k < ROW; k++) {
      to[toRow + k] = from[fromRow + k] * factor;
      factor *= chirp;
    }
  }
}
