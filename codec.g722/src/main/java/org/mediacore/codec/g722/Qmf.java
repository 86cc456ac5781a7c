package org.mediacore.codec.g722;

/**
 * The quadrature mirror filter of 24 symmetric coefficients (G.722 clause 5.2.1), in its two halves:
 * the coefficients of even number, and those of odd number, which are the same ones backwards.
 *
 * <p>One expression per output and no inner loop: the compiler makes vector code of it.
 */
final class Qmf {
  /** Coefficients in each half. */
  static final int TAPS = 12;

  /** Most samples per band at a time, 20 ms: so that working space stays small. */
  static final int BLOCK = 160;

  private Qmf() {}

  /**
   * Filters with the coefficients of even number, 0 at the newest sample... of the window.
   *
   * @param in {@code TAPS - 1} older samples, then {@code count}
   * @param out {@code count} sums, with 13 bits of fraction
   */
  static void filterForward(int[] in, int count, int[] out) {
    for (int i = 0; i < count; i++) {
      out[i] =
          3 * in[i] - 11 * in[i + 1] + 12 * in[i + 2] + 32 * in[i + 3]
              - 210 * in[i + 4] + 951 * in[i + 5] + 3876 * in[i + 6] - 805 * in[i + 7]
              + 362 * in[i + 8] - 156 * in[i + 9] + 53 * in[i + 10] - 11 * in[i + 11];
    }
  }

  /** Filters with the coefficients of odd number; as {@link #filterForward}. */
  static void filterBackward(int[] in, int count, int[] out) {
    for (int i = 0; i < count; i++) {
      out[i] =
          -11 * in[i] + 53 * in[i + 1] - 156 * in[i + 2] + 362 * in[i + 3]
              - 805 * in[i + 4] + 3876 * in[i + 5] + 951 * in[i + 6] - 210 * in[i + 7]
              + 32 * in[i + 8] + 12 * in[i + 9] - 11 * in[i + 10] + 3 * in[i + 11];
    }
  }
}
