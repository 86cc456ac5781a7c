package org.mediacore.codec.g722;

import java.util.Arrays;

/**
 * The six zeros of one band's predictor in a decoder (G.722 clause 6.2.1.4, blocks UPZERO, DELAYA
 * and FILTEZ), a block at a time. There they depend on the codes alone, since a decoder has the
 * differences before it has the signal; {@link Predictor} does the same sample by sample for an
 * encoder, which has not.
 *
 * <p>All loops but one run over whole rows of constant length and have every array at the same
 * index: that is what the compiler turns into vector instructions. What lies behind {@code count}
 * in a row has no meaning.
 */
final class ZeroSection {
  private static final int TAPS = 6;
  private static final int ROW = Qmf.BLOCK;

  /** What the zeros contribute to the prediction of the sample behind each: SZL. */
  final int[] zeros = new int[ROW];

  /** Twice the differences, DLT, and their signs, 1 or -1: six of the block before, then ours. */
  private final int[] twice = new int[TAPS + ROW];

  private final int[] signs = new int[TAPS + ROW];

  /** By how much a coefficient moves, before the sign of its own difference: 128, 0 or -128. */
  private final int[] changes = new int[ROW];

  /** A row for each tap: the difference, and the sign of the one before, that belong to it. */
  private final int[] delayed = new int[TAPS * ROW];

  private final int[] delayedSigns = new int[TAPS * ROW];

  /** A row for each tap: how its coefficient moves, then the coefficient. */
  private final int[] coefficients = new int[TAPS * ROW];

  private final int[] most = new int[ROW];

  /** Coefficients BL1 to BL6. */
  private int b1;

  private int b2;
  private int b3;
  private int b4;
  private int b5;
  private int b6;

  /** What the zeros contribute to the first sample of the block. */
  private int before;

  private int last;

  ZeroSection() {
    Arrays.fill(signs, 1);
  }

  /**
   * Gives the block a difference.
   *
   * @param i index in the block
   * @param d DLT or DH, within 15 bits and a sign: doubled it needs no saturation
   */
  void put(int i, int d) {
    int minus = d >> 31;
    twice[TAPS + i] = 2 * d;
    signs[TAPS + i] = minus | 1;
    changes[i] = (minus | -d >>> 31) << 7;
  }

  /** Twice the difference at an index of the block. */
  int twice(int i) {
    return twice[TAPS + i];
  }

  /** What the zeros contribute to the prediction of the block's first sample. */
  int zerosBefore() {
    return before;
  }

  /** Filters the block that was put. */
  void filter(int count) {
    before = last;
    delay();
    sign(changes, delayedSigns, coefficients);
    adapt(count);
    sum(coefficients, delayed, zeros);
    boundSums(coefficients, delayed, most);
    int any = 0;
    for (int i = 0; i < ROW; i++) {
      any |= most[i];
    }
    if (any >>> 29 != 0) {
      sumSaturating(count);
    }
    last = zeros[count - 1];
    System.arraycopy(twice, count, twice, 0, TAPS);
    System.arraycopy(signs, count, signs, 0, TAPS);
  }

  private void delay() {
    for (int tap = 0; tap < TAPS; tap++) {
      System.arraycopy(twice, TAPS - tap, delayed, tap * ROW, ROW);
      System.arraycopy(signs, TAPS - 1 - tap, delayedSigns, tap * ROW, ROW);
    }
  }

  private static void sign(int[] change, int[] sign, int[] to) {
    for (int i = 0; i < ROW; i++) {
      int moved = change[i];
      to[i] = moved * sign[i];
      to[i + ROW] = moved * sign[i + ROW];
      to[i + 2 * ROW] = moved * sign[i + 2 * ROW];
      to[i + 3 * ROW] = moved * sign[i + 3 * ROW];
      to[i + 4 * ROW] = moved * sign[i + 4 * ROW];
      to[i + 5 * ROW] = moved * sign[i + 5 * ROW];
    }
  }

  /** UPZERO: 255/256 of 16 bits and 128 more never leave 16 bits. */
  private void adapt(int count) {
    int[] b = coefficients;
    int x1 = b1;
    int x2 = b2;
    int x3 = b3;
    int x4 = b4;
    int x5 = b5;
    int x6 = b6;
    for (int i = 0; i < count; i++) {
      x1 = x1 - (x1 + 255 >> 8) + b[i];
      b[i] = x1;
      x2 = x2 - (x2 + 255 >> 8) + b[i + ROW];
      b[i + ROW] = x2;
      x3 = x3 - (x3 + 255 >> 8) + b[i + 2 * ROW];
      b[i + 2 * ROW] = x3;
      x4 = x4 - (x4 + 255 >> 8) + b[i + 3 * ROW];
      b[i + 3 * ROW] = x4;
      x5 = x5 - (x5 + 255 >> 8) + b[i + 4 * ROW];
      b[i + 4 * ROW] = x5;
      x6 = x6 - (x6 + 255 >> 8) + b[i + 5 * ROW];
      b[i + 5 * ROW] = x6;
    }
    b1 = x1;
    b2 = x2;
    b3 = x3;
    b4 = x4;
    b5 = x5;
    b6 = x6;
  }

  /** FILTEZ, for sums that stay in 16 bits. */
  private static void sum(int[] b, int[] d, int[] to) {
    for (int i = 0; i < ROW; i++) {
      to[i] =
          (b[i] * d[i] >> 15)
              + (b[i + ROW] * d[i + ROW] >> 15)
              + (b[i + 2 * ROW] * d[i + 2 * ROW] >> 15)
              + (b[i + 3 * ROW] * d[i + 3 * ROW] >> 15)
              + (b[i + 4 * ROW] * d[i + 4 * ROW] >> 15)
              + (b[i + 5 * ROW] * d[i + 5 * ROW] >> 15);
    }
  }

  /**
   * Magnitudes of the sums' halves, before they are shifted down by 15: unsigned, 3 times 2 to the
   * power of 30 at most. Where both stay below 2 to the power of 29, no partial sum leaves 16 bits.
   */
  private static void boundSums(int[] b, int[] d, int[] to) {
    for (int i = 0; i < ROW; i++) {
      int some =
          Math.abs(b[i] * d[i])
              + Math.abs(b[i + ROW] * d[i + ROW])
              + Math.abs(b[i + 2 * ROW] * d[i + 2 * ROW]);
      int others =
          Math.abs(b[i + 3 * ROW] * d[i + 3 * ROW])
              + Math.abs(b[i + 4 * ROW] * d[i + 4 * ROW])
              + Math.abs(b[i + 5 * ROW] * d[i + 5 * ROW]);
      to[i] = some | others;
    }
  }

  /** FILTEZ as it stands: from the oldest on, saturating after every addition. */
  private void sumSaturating(int count) {
    for (int i = 0; i < count; i++) {
      int sum = 0;
      for (int at = i + (TAPS - 1) * ROW; at >= 0; at -= ROW) {
        sum = Predictor.saturate(sum + (coefficients[at] * delayed[at] >> 15));
      }
      zeros[i] = sum;
    }
  }
}
