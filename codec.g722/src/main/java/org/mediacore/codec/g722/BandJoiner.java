package org.mediacore.codec.g722;

/**
 * The receive quadrature mirror filter: two bands of 8 kHz into 16 kHz (G.722 clauses 4.4 and
 * 5.2.2). Sum and difference of the bands are filtered with every second coefficient and give the
 * samples of odd and even number.
 */
final class BandJoiner {
  private static final int MEMORY = Qmf.TAPS - 1;

  private final long[] pairs = new long[MEMORY + Qmf.BLOCK];
  private final int[] sum = new int[MEMORY + Qmf.BLOCK + 1];
  private final int[] difference = new int[MEMORY + Qmf.BLOCK + 1];
  private final int[] even = new int[Qmf.BLOCK + 1];
  private final int[] odd = new int[Qmf.BLOCK + 1];

  /**
   * Joins a block.
   *
   * @param lower samples of 15 bits
   * @param higher likewise
   * @param count samples per band, at most {@link Qmf#BLOCK}
   * @param pcm receives twice as many at 16 kHz, from {@code offset} on
   */
  void join(int[] lower, int[] higher, int count, short[] pcm, int offset) {
    for (int i = 0; i < count; i++) {
      sum[MEMORY + i] = lower[i] + higher[i];
      difference[MEMORY + i] = lower[i] - higher[i];
    }
    Qmf.filterEven(difference, count, pairs, even);
    Qmf.filterOdd(sum, count, pairs, odd);
    for (int i = 0; i < count; i++) {
      even[i] = Math.max(-32_768, Math.min(32_767, even[i] >> 11));
    }
    for (int i = 0; i < count; i++) {
      odd[i] = Math.max(-32_768, Math.min(32_767, odd[i] >> 11));
    }
    for (int i = 0; i < count; i++) {
      pcm[offset + 2 * i] = (short) even[i];
      pcm[offset + 2 * i + 1] = (short) odd[i];
    }
    System.arraycopy(sum, count, sum, 0, MEMORY);
    System.arraycopy(difference, count, difference, 0, MEMORY);
  }
}
