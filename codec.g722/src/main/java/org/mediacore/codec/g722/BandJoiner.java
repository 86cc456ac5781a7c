package org.mediacore.codec.g722;

/**
 * The receive quadrature mirror filter: two bands of 8 kHz into 16 kHz (G.722 clauses 4.4 and
 * 5.2.2). Sum and difference of the bands are filtered with every second coefficient of {@link Qmf}
 * and give the samples of odd and even number.
 *
 * <p>Loops run over whole rows, one for each tap, with every array at the same index, as in {@link
 * ZeroSection}; six taps at a time, or the compiler gives up. What lies behind {@code count} in a
 * row has no meaning.
 */
final class BandJoiner {
  private static final int MEMORY = Qmf.TAPS - 1;
  private static final int ROW = Qmf.BLOCK;

  private final int[] rows = new int[Qmf.TAPS * ROW];
  private final int[] sum = new int[MEMORY + ROW];
  private final int[] difference = new int[MEMORY + ROW];
  private final int[] even = new int[ROW];
  private final int[] odd = new int[ROW];

  /**
   * Joins a block.
   *
   * @param lower samples of 15 bits, with room for {@link Qmf#BLOCK}
   * @param higher likewise
   * @param count samples per band, at most {@link Qmf#BLOCK}
   * @param pcm receives twice as many at 16 kHz, from {@code offset} on
   */
  void join(int[] lower, int[] higher, int count, short[] pcm, int offset) {
    for (int i = 0; i < ROW; i++) {
      sum[MEMORY + i] = lower[i] + higher[i];
    }
    for (int i = 0; i < ROW; i++) {
      difference[MEMORY + i] = lower[i] - higher[i];
    }
    delay(difference);
    filterEven(rows, even);
    delay(sum);
    filterOdd(rows, odd);
    limit(even);
    limit(odd);
    for (int i = 0; i < count; i++) {
      pcm[offset + 2 * i] = (short) even[i];
      pcm[offset + 2 * i + 1] = (short) odd[i];
    }
    System.arraycopy(sum, count, sum, 0, MEMORY);
    System.arraycopy(difference, count, difference, 0, MEMORY);
  }

  private void delay(int[] in) {
    for (int tap = 0; tap < Qmf.TAPS; tap++) {
      System.arraycopy(in, tap, rows, tap * ROW, ROW);
    }
  }

  private static void limit(int[] out) {
    for (int i = 0; i < ROW; i++) {
      out[i] = Math.max(-32_768, Math.min(32_767, out[i] >> 11));
    }
  }

  private static void filterEven(int[] r, int[] out) {
    for (int i = 0; i < ROW; i++) {
      out[i] =
          -11 * r[i]
              + 53 * r[i + ROW]
              - 156 * r[i + 2 * ROW]
              + 362 * r[i + 3 * ROW]
              - 805 * r[i + 4 * ROW]
              + 3876 * r[i + 5 * ROW];
    }
    for (int i = 0; i < ROW; i++) {
      out[i] +=
          951 * r[i + 6 * ROW]
              - 210 * r[i + 7 * ROW]
              + 32 * r[i + 8 * ROW]
              + 12 * r[i + 9 * ROW]
              - 11 * r[i + 10 * ROW]
              + 3 * r[i + 11 * ROW];
    }
  }

  private static void filterOdd(int[] r, int[] out) {
    for (int i = 0; i < ROW; i++) {
      out[i] =
          3 * r[i]
              - 11 * r[i + ROW]
              + 12 * r[i + 2 * ROW]
              + 32 * r[i + 3 * ROW]
              - 210 * r[i + 4 * ROW]
              + 951 * r[i + 5 * ROW];
    }
    for (int i = 0; i < ROW; i++) {
      out[i] +=
          3876 * r[i + 6 * ROW]
              - 805 * r[i + 7 * ROW]
              + 362 * r[i + 8 * ROW]
              - 156 * r[i + 9 * ROW]
              + 53 * r[i + 10 * ROW]
              - 11 * r[i + 11 * ROW];
    }
  }
}
