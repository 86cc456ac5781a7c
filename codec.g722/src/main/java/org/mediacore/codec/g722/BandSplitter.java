package org.mediacore.codec.g722;

/**
 * The transmit quadrature mirror filter: 16 kHz into two bands of 8 kHz (G.722 clauses 3.1 and
 * 5.2.1). Samples of even and odd number are filtered with every second coefficient; sum and
 * difference of the two are the bands.
 */
final class BandSplitter {
  /** What the filter remembers of each of even and odd. */
  private static final int MEMORY = Qmf.TAPS - 1;

  private final long[] pairs = new long[MEMORY + Qmf.BLOCK];
  private final int[] even = new int[MEMORY + Qmf.BLOCK + 1];
  private final int[] odd = new int[MEMORY + Qmf.BLOCK + 1];
  private final int[] evenFiltered = new int[Qmf.BLOCK + 1];
  private final int[] oddFiltered = new int[Qmf.BLOCK + 1];

  /**
   * Splits a block.
   *
   * @param pcm at 16 kHz, from {@code offset} on
   * @param count samples per band, at most {@link Qmf#BLOCK}
   * @param lower receives samples of 15 bits
   * @param higher likewise
   */
  void split(short[] pcm, int offset, int count, int[] lower, int[] higher) {
    for (int i = 0, at = offset; i < count; i++, at += 2) {
      even[MEMORY + i] = pcm[at];
      odd[MEMORY + i] = pcm[at + 1];
    }
    Qmf.filterOdd(even, count, pairs, evenFiltered);
    Qmf.filterEven(odd, count, pairs, oddFiltered);
    for (int i = 0; i < count; i++) {
      int sum = evenFiltered[i] + oddFiltered[i] >> 14;
      int difference = oddFiltered[i] - evenFiltered[i] >> 14;
      lower[i] = Math.max(-16_384, Math.min(16_383, sum));
      higher[i] = Math.max(-16_384, Math.min(16_383, difference));
    }
    System.arraycopy(even, count, even, 0, MEMORY);
    System.arraycopy(odd, count, odd, 0, MEMORY);
  }
}
