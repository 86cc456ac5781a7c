package org.mediacore.codec.g722;

/**
 * The receive quadrature mirror filter: two bands of 8 kHz into 16 kHz (G.722 clauses 4.4 and
 * 5.2.2). Sum and difference of the bands are filtered with every second coefficient and give the
 * samples of odd and even number.
 */
final class BandJoiner {
  private static final int MEMORY = Qmf.TAPS - 1;

  private final int[] sum = new int[MEMORY + Qmf.BLOCK];
  private final int[] difference = new int[MEMORY + Qmf.BLOCK];
  private final int[] even = new int[Qmf.BLOCK];
  private final int[] odd = new int[Qmf.BLOCK];

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
    Qmf.filterBackward(difference, count, even);
    Qmf.filterForward(sum, count, odd);
    for (int i = 0, at = offset; i < count; i++, at += 2) {
      pcm[at] = (short) Predictor.saturate(even[i] >> 11);
      pcm[at + 1] = (short) Predictor.saturate(odd[i] >> 11);
    }
    System.arraycopy(sum, count, sum, 0, MEMORY);
    System.arraycopy(difference, count, difference, 0, MEMORY);
  }
}
