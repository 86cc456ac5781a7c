package org.mediacore.codec.opus;

/**
 * How far two pieces of 20 ms at 48 kHz are apart to the ear, roughly: the root mean square over 40
 * bands of 200 Hz of the difference of their levels in dB. Their phases do not count, since what is
 * made up need not have them.
 */
final class LogSpectralDistance {
  static final int SAMPLES = 960;

  private static final int BANDS = 40;
  private static final int BINS_PER_BAND = 4;
  private static final int BINS = BANDS * BINS_PER_BAND;

  /** Added to the power of each band: what is below is not heard. */
  private static final double FLOOR = 2e5;

  private final double[][] cosine = new double[BINS][SAMPLES];
  private final double[][] sine = new double[BINS][SAMPLES];

  LogSpectralDistance() {
    for (int i = 0; i < SAMPLES; i++) {
      double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / SAMPLES);
      for (int bin = 0; bin < BINS; bin++) {
        double angle = 2 * Math.PI * (bin + 1) * i / SAMPLES;
        cosine[bin][i] = window * Math.cos(angle);
        sine[bin][i] = window * Math.sin(angle);
      }
    }
  }

  double decibels(short[] one, short[] other, int offset) {
    double[] a = levels(one, offset);
    double[] b = levels(other, offset);
    double sum = 0;
    for (int band = 0; band < BANDS; band++) {
      sum += (a[band] - b[band]) * (a[band] - b[band]);
    }
    return Math.sqrt(sum / BANDS);
  }

  private double[] levels(short[] pcm, int offset) {
    double[] power = new double[BANDS];
    for (int bin = 0; bin < BINS; bin++) {
      double re = 0;
      double im = 0;
      for (int i = 0; i < SAMPLES; i++) {
        re += cosine[bin][i] * pcm[offset + i];
        im += sine[bin][i] * pcm[offset + i];
      }
      power[bin / BINS_PER_BAND] += re * re + im * im;
    }
    for (int band = 0; band < BANDS; band++) {
      power[band] = 10 * Math.log10(power[band] / BINS_PER_BAND + FLOOR);
    }
    return power;
  }
}
