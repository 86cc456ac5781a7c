package org.mediacore.codec.g711;

/**
 * What each sample owes to the {@value #ORDER} before it: linear prediction of a stretch of audio
 * by the autocorrelation method and the recursion of Levinson and Durbin. One thread; nothing is
 * allocated after construction.
 */
final class LinearPrediction {
  static final int ORDER = 10;

  /** Samples that are looked at: 20 ms. */
  static final int WINDOW = 160;

  /** White noise that is added, as a share of the energy: keeps the filter stable. */
  private static final double WHITE = 1e-4;

  private static final double[] HANN = new double[WINDOW];

  static {
    for (int i = 0; i < WINDOW; i++) {
      HANN[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / WINDOW);
    }
  }

  private final double[] windowed = new double[WINDOW];
  private final double[] correlation = new double[ORDER + 1];
  private final double[] before = new double[ORDER + 1];

  /** Of the sample {@code i} before, from 1 on. */
  private final double[] weights = new double[ORDER + 1];

  private final double[] reflections = new double[ORDER + 1];

  /** Finds the weights for the {@link #WINDOW} samples that end before {@code end}. */
  void analyse(short[] pcm, int end) {
    analyse(pcm, end, 0);
  }

  /** As above, in the mean with what was analysed before, of which {@code keep} of 1 is kept. */
  void analyse(short[] pcm, int end, double keep) {
    for (int i = 0; i < WINDOW; i++) {
      windowed[i] = pcm[end - WINDOW + i] * HANN[i];
    }
    for (int lag = 0; lag <= ORDER; lag++) {
      double sum = 0;
      for (int i = lag; i < WINDOW; i++) {
        sum += windowed[i] * windowed[i - lag];
      }
      double stable = lag == 0 ? sum * (1 + WHITE) + 1 : sum; // never zero, not even in silence
      correlation[lag] = keep * correlation[lag] + (1 - keep) * stable;
    }
    solve();
  }

  private void solve() {
    double error = correlation[0];
    for (int i = 1; i <= ORDER; i++) {
      double missed = correlation[i];
      for (int j = 1; j < i; j++) {
        missed -= weights[j] * correlation[i - j];
      }
      double reflection = missed / error;
      System.arraycopy(weights, 0, before, 0, i);
      for (int j = 1; j < i; j++) {
        weights[j] = before[j] - reflection * before[i - j];
      }
      weights[i] = reflection;
      reflections[i] = reflection;
      error *= 1 - reflection * reflection;
    }
  }

  /** The weight that sample {@code i} before had when no earlier one was looked at; from 1 on. */
  double reflection(int i) {
    return reflections[i];
  }

  /**
   * Lets the sound ring on: what follows the samples before {@code end} where nothing new excites
   * it.
   *
   * @param out receives {@code count} samples
   */
  void ringOn(short[] pcm, int end, float[] out, int count) {
    for (int n = 0; n < count; n++) {
      double sum = 0;
      for (int i = 1; i <= ORDER; i++) {
        sum += weights[i] * (i > n ? pcm[end + n - i] : out[n - i]);
      }
      out[n] = (float) sum;
    }
  }
}
