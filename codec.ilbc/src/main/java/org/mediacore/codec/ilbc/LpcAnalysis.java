package org.mediacore.codec.ilbc;

import static org.mediacore.codec.ilbc.FrameMode.MAX_SAMPLES;
import static org.mediacore.codec.ilbc.LinearFilter.ORDER;
import static org.mediacore.codec.ilbc.LinearFilter.ROW;

import java.util.Arrays;

/**
 * Finds the line spectral frequencies of a frame (RFC 3951 §3.2.1 to §3.2.3): windowed
 * autocorrelation, Levinson-Durbin, bandwidth expansion, and the roots of the sum and difference
 * polynomials.
 */
final class LpcAnalysis {
  private static final int LOOK_BACK = 60;
  private static final int BUFFER = LOOK_BACK + MAX_SAMPLES;

  /** Bandwidth expansion before quantising, RFC 3951 §3.2.2. */
  private static final float CHIRP = 0.9025f;

  /** A little noise below everything, and a smear of 60 Hz. */
  private static final double WHITE_NOISE = 1.0001;

  private static final double LAG_WINDOW_RAD = 2 * Math.PI * 60 / 8_000;

  /** Steps in which the half circle is searched for roots, and halvings of a step. */
  private static final int STEPS = 120;

  private static final int HALVINGS = 12;

  /** RFC 3951 §3.2.1: around the first half of a 30 ms frame, and towards the end of any. */
  private static final float[] SYMMETRIC = new float[MAX_SAMPLES];

  private static final float[] ASYMMETRIC = new float[MAX_SAMPLES];

  private static final double[] LAG_WINDOW = new double[ROW];

  static {
    for (int i = 0; i < MAX_SAMPLES; i++) {
      double rise = Math.sin(Math.PI * (i + 1) / 441);
      SYMMETRIC[i] = (float) (0.5 * (1 - Math.cos(2 * Math.PI * (i + 1) / 241)));
      ASYMMETRIC[i] = (float) (i < 220 ? rise * rise : Math.cos((i - 220) * Math.PI / 40));
    }
    LAG_WINDOW[0] = WHITE_NOISE;
    for (int k = 1; k < ROW; k++) {
      LAG_WINDOW[k] = Math.exp(-0.5 * LAG_WINDOW_RAD * LAG_WINDOW_RAD * k * k);
    }
  }

  private final FrameMode mode;
  private final float[] buffer = new float[BUFFER];
  private final float[] windowed = new float[MAX_SAMPLES];
  private final double[] correlation = new double[ROW];
  private final double[] predictor = new double[ROW];
  private final double[] mirrored = new double[ROW];
  private final double[] sum = new double[ORDER / 2 + 1];
  private final double[] difference = new double[ORDER / 2 + 1];
  private final float[] found = new float[ORDER];

  LpcAnalysis(FrameMode mode) {
    this.mode = mode;
  }

  /**
   * Analyses the next frame.
   *
   * @param lsf receives a set per window; keeps what it held where the frame gives none
   */
  void analyze(float[] speech, int from, float[][] lsf) {
    System.arraycopy(buffer, mode.samples, buffer, 0, BUFFER - mode.samples);
    System.arraycopy(speech, from, buffer, BUFFER - mode.samples, mode.samples);
    for (int set = 0; set < mode.lpcSets; set++) {
      boolean last = set == mode.lpcSets - 1;
      correlate(last ? ASYMMETRIC : SYMMETRIC, last ? LOOK_BACK : 0);
      predict();
      toFrequencies(lsf[set]);
    }
  }

  private void correlate(float[] window, int from) {
    for (int n = 0; n < MAX_SAMPLES; n++) {
      windowed[n] = window[n] * buffer[from + n];
    }
    for (int k = 0; k < ROW; k++) {
      float value = Correlation.dot(windowed, k, windowed, 0, MAX_SAMPLES - k);
      correlation[k] = value * LAG_WINDOW[k];
    }
  }

  /** Levinson-Durbin, then bandwidth expansion; a flat predictor for silence. */
  private void predict() {
    Arrays.fill(predictor, 0);
    predictor[0] = 1;
    double error = correlation[0];
    for (int i = 1; i <= ORDER && error > 1e-9; i++) {
      double missed = correlation[i];
      for (int j = 1; j < i; j++) {
        missed += predictor[j] * correlation[i - j];
      }
      double reflection = -missed / error;
      System.arraycopy(predictor, 0, mirrored, 0, i);
      for (int j = 1; j < i; j++) {
        predictor[j] += reflection * mirrored[i - j];
      }
      predictor[i] = reflection;
      error *= 1 - reflection * reflection;
    }
    double factor = 1;
    for (int k = 1; k <= ORDER; k++) {
      factor *= CHIRP;
      predictor[k] *= factor;
    }
  }

  /** Roots of both polynomials on the unit circle; they take turns. */
  private void toFrequencies(float[] lsf) {
    sum[0] = 1;
    difference[0] = 1;
    for (int i = 1; i <= ORDER / 2; i++) {
      sum[i] = predictor[i] + predictor[ROW - i] - sum[i - 1];
      difference[i] = predictor[i] - predictor[ROW - i] + difference[i - 1];
    }
    int roots = 0;
    double low = 0;
    double atLow = value(sum, low);
    for (int step = 1; step <= STEPS && roots < ORDER; ) {
      double[] polynomial = roots % 2 == 0 ? sum : difference;
      double high = Math.PI * step / STEPS;
      double atHigh = value(polynomial, high);
      if (atLow * atHigh > 0) {
        low = high;
        atLow = atHigh;
        step++;
      } else {
        low = bisect(polynomial, low, high, atLow);
        found[roots++] = (float) low;
        atLow = value(roots % 2 == 0 ? sum : difference, low);
      }
    }
    if (roots == ORDER) {
      System.arraycopy(found, 0, lsf, 0, ORDER);
    }
  }

  private static double bisect(double[] polynomial, double from, double to, double atFrom) {
    double low = from;
    double high = to;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = 0.5 * (low + high);
      if (atFrom * value(polynomial, middle) > 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return 0.5 * (low + high);
  }

  /** A symmetric polynomial on the unit circle, as a Chebyshev series in the cosine. */
  private static double value(double[] c, double angleRad) {
    double x = Math.cos(angleRad);
    double later = 1;
    double b = 2 * x + c[1];
    for (int i = 2; i < ORDER / 2; i++) {
      double next = 2 * x * b - later + c[i];
      later = b;
      b = next;
    }
    return x * b - later + 0.5 * c[ORDER / 2];
  }
}
