package org.mediacore.codec.g722;

/**
 * The quadrature mirror filter of 24 symmetric coefficients (G.722 clause 5.2.1) in its two halves:
 * the coefficients of even number, and those of odd number, which are the same ones backwards.
 *
 * <p>Two outputs are computed at once in the halves of a long: sums stay below 2 to the power of
 * 28, so that the lower half only borrows from the upper, which is undone at the end.
 */
final class Qmf {
  /** Coefficients in each half. */
  static final int TAPS = 12;

  /** Most samples per band at a time, 20 ms: so that working space stays small. */
  static final int BLOCK = 160;

  private Qmf() {}

  /**
   * Filters with the coefficients of odd number, the first of them on the newest sample.
   *
   * @param in {@code TAPS - 1} older samples of 16 bits, then {@code count}
   * @param pairs working space
   * @param out {@code count} sums with 13 bits of fraction, and perhaps one more without meaning
   */
  static void filterOdd(int[] in, int count, long[] pairs, int[] out) {
    pair(in, count, pairs);
    for (int i = 0; i < count; i += 2) {
      long sum =
          3 * pairs[i]
              - 11 * pairs[i + 1]
              + 12 * pairs[i + 2]
              + 32 * pairs[i + 3]
              - 210 * pairs[i + 4]
              + 951 * pairs[i + 5]
              + 3876 * pairs[i + 6]
              - 805 * pairs[i + 7]
              + 362 * pairs[i + 8]
              - 156 * pairs[i + 9]
              + 53 * pairs[i + 10]
              - 11 * pairs[i + 11];
      out[i] = (int) sum;
      out[i + 1] = (int) (sum - (int) sum >> 32);
    }
  }

  /** Filters with the coefficients of even number, which are the same backwards. */
  static void filterEven(int[] in, int count, long[] pairs, int[] out) {
    pair(in, count, pairs);
    for (int i = 0; i < count; i += 2) {
      long sum =
          -11 * pairs[i]
              + 53 * pairs[i + 1]
              - 156 * pairs[i + 2]
              + 362 * pairs[i + 3]
              - 805 * pairs[i + 4]
              + 3876 * pairs[i + 5]
              + 951 * pairs[i + 6]
              - 210 * pairs[i + 7]
              + 32 * pairs[i + 8]
              + 12 * pairs[i + 9]
              - 11 * pairs[i + 10]
              + 3 * pairs[i + 11];
      out[i] = (int) sum;
      out[i + 1] = (int) (sum - (int) sum >> 32);
    }
  }

  /** Each sample with the one behind it in the upper half: what is filtered is then two sums. */
  private static void pair(int[] in, int count, long[] pairs) {
    for (int i = 0; i < count + TAPS - 1; i++) {
      pairs[i] = ((long) in[i + 1] << 32) + in[i];
    }
  }
}
