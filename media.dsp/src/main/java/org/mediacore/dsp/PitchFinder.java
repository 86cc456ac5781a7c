package org.mediacore.dsp;

/**
 * Finds the pitch period at the end of a stretch of audio: the lag of the largest normalised
 * correlation of the last 20 ms with what came before, searched at about 8 kHz and refined at the
 * full rate. Sound without a pitch gets the longest period, which buzzes least when repeated.
 */
final class PitchFinder {
  private static final int SEARCH_RATE_HZ = 8000;

  /** Least correlation, of 1, that counts as a pitch. */
  private static final double VOICED = 0.5;

  /** 2.5 ms to 16 ms: 400 Hz down to 62 Hz. */
  private final int minPeriodSamples;

  private final int maxPeriodSamples;

  /** Full-rate samples that make one of the search. */
  private final int factor;

  private final int windowSamples;
  private final int[] full;
  private final int[] reduced;

  /**
   * @param sampleRateHz sampling rate in Hz, from 8,000
   * @param historySamples samples per channel to search in, at least 40 ms
   */
  PitchFinder(int sampleRateHz, int historySamples) {
    minPeriodSamples = sampleRateHz / 400;
    maxPeriodSamples = sampleRateHz * 16 / 1000;
    factor = sampleRateHz / SEARCH_RATE_HZ;
    windowSamples = sampleRateHz / 50;
    full = new int[historySamples];
    reduced = new int[historySamples / factor];
  }

  int maxPeriodSamples() {
    return maxPeriodSamples;
  }

  /**
   * @param history interleaved samples, newest last, of the length given at construction
   * @param channels interleaved channels, averaged
   * @return the period in samples per channel
   */
  int find(short[] history, int channels) {
    mixDown(history, channels);
    int coarse =
        search(
            reduced, windowSamples / factor, minPeriodSamples / factor, maxPeriodSamples / factor);
    if (coarse == 0) {
      return maxPeriodSamples;
    }
    if (factor == 1) {
      return coarse;
    }
    int low = Math.max(minPeriodSamples, (coarse - 1) * factor);
    int high = Math.min(maxPeriodSamples, (coarse + 1) * factor);
    int fine = search(full, windowSamples / 2, low, high);
    return fine == 0 ? coarse * factor : fine;
  }

  private void mixDown(short[] history, int channels) {
    for (int i = 0, from = 0; i < full.length; i++) {
      int sum = 0;
      for (int channel = 0; channel < channels; channel++) {
        sum += history[from++];
      }
      full[i] = sum / channels;
    }
    int skip = full.length - reduced.length * factor; // both end with the newest sample
    for (int i = 0; i < reduced.length; i++) {
      int sum = 0;
      for (int k = 0; k < factor; k++) {
        sum += full[skip + i * factor + k];
      }
      reduced[i] = sum / factor;
    }
  }

  /** The lag with the largest correlation, or 0 where none reaches {@link #VOICED}. */
  private static int search(int[] x, int window, int minLag, int maxLag) {
    int start = x.length - window;
    double best = VOICED * VOICED * energy(x, start, window);
    int bestLag = 0;
    long energy = energy(x, start - minLag, window);
    for (int lag = minLag; lag <= maxLag; lag++) {
      long sum = 0;
      for (int i = start; i < x.length; i++) {
        sum += x[i] * x[i - lag]; // 16-bit factors: each product fits 32 bits
      }
      double product = Math.max(0, sum);
      double score = product * product / Math.max(1, energy);
      if (score > best) {
        best = score;
        bestLag = lag;
      }
      int enters = lag < maxLag ? x[start - lag - 1] : 0;
      int leaves = x[x.length - lag - 1];
      energy += enters * enters - leaves * (long) leaves;
    }
    return bestLag;
  }

  private static long energy(int[] x, int from, int length) {
    long sum = 0;
    for (int i = from; i < from + length; i++) {
      sum += x[i] * x[i];
    }
    return sum;
  }
}
