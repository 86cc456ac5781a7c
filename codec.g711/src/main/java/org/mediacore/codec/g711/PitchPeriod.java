package org.mediacore.codec.g711;

/**
 * The pitch period at the end of a stretch of 8 kHz audio: the lag at which its last 10 ms resemble
 * most what came before, by normalised correlation (as ITU-T G.711 Appendix I §I.2.2, which looks
 * at 20 ms and at no lag below 5 ms).
 */
final class PitchPeriod {
  /** 2.5 ms, 400 Hz. */
  static final int MIN = 20;

  /** 15 ms, 67 Hz. */
  static final int MAX = 120;

  private static final int WINDOW = 80;

  /** Samples that {@link #find} looks at. */
  static final int LOOKS_BACK = WINDOW + MAX + 1;

  /** Keeps quiet noise from being taken for a pitch: 250 as in Appendix I. */
  private static final long LEAST_ENERGY = 250;

  private PitchPeriod() {}

  /** The period, in samples, of the {@link #LOOKS_BACK} samples that end before {@code end}. */
  static int find(short[] pcm, int end) {
    int from = end - WINDOW;
    long energy = energy(pcm, from - MIN, WINDOW);
    double best = Double.NEGATIVE_INFINITY;
    int found = MAX;
    for (int lag = MIN; lag <= MAX; lag++) {
      long product = 0;
      for (int i = from; i < end; i++) {
        product += pcm[i] * pcm[i - lag];
      }
      double likeness = product / Math.sqrt(Math.max(energy, LEAST_ENERGY));
      if (likeness > best) {
        best = likeness;
        found = lag;
      }
      int enters = pcm[from - lag - 1];
      int leaves = pcm[end - lag - 1];
      energy += enters * enters - leaves * leaves;
    }
    return found;
  }

  /** The sum of squares. */
  static long energy(short[] pcm, int from, int count) {
    long sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += pcm[i] * pcm[i];
    }
    return sum;
  }
}
