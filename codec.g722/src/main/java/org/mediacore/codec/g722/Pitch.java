package org.mediacore.codec.g722;

/**
 * Finds the pitch period at the end of the lower band: the lag of the largest normalised correlation
 * of the last 20 ms with what came before. Sound without a pitch gets the longest period, which
 * buzzes least when repeated.
 */
final class Pitch {
  /** 2.5 ms, 400 Hz. */
  static final int MIN = 20;

  /** 16 ms, 62 Hz. */
  static final int MAX = 128;

  private static final int WINDOW = 160;

  /** Square of the least correlation, of 1, that counts as a pitch. */
  private static final double VOICED = 0.25;

  private Pitch() {}

  /**
   * @param history samples of 15 bits, newest last; at least {@link #MAX} and the window
   * @return the period in samples of 8 kHz
   */
  static int find(short[] history) {
    int start = history.length - WINDOW;
    double best = VOICED * product(history, start, start);
    int period = MAX;
    for (int lag = MIN; lag <= MAX; lag++) {
      double product = Math.max(0, product(history, start, start - lag));
      double energy = Math.max(1, product(history, start - lag, start - lag));
      double score = product * product / energy;
      if (score > best) {
        best = score;
        period = lag;
      }
    }
    return period;
  }

  private static long product(short[] x, int a, int b) {
    long sum = 0;
    for (int i = 0; i < WINDOW; i++) {
      sum += x[a + i] * x[b + i];
    }
    return sum;
  }
}
