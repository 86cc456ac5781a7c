package org.mediacore.dsp;

/**
 * How different two pieces of audio sound, as the log-spectral distance of their short-time
 * spectra: the root mean square, over frequency, of the difference of the two power spectra in dB.
 * 0 for equal audio; a change of level by x dB gives x. Mono; one thread; keeps its buffers.
 */
public final class SpectralDistance {
  /** Samples of one spectrum. */
  public static final int WINDOW = 256;

  /** Power of a bin, squared 16-bit units, below which nothing is heard: about -80 dBov. */
  private static final double FLOOR = 1e4;

  private final double[] window = new double[WINDOW];
  private final double[] cosines = new double[WINDOW / 2];
  private final double[] sines = new double[WINDOW / 2];
  private final double[] real = new double[WINDOW];
  private final double[] imaginary = new double[WINDOW];
  private final double[] powers = new double[WINDOW / 2];

  /** Makes the tables: a Hann window and the factors of the transform. */
  public SpectralDistance() {
    for (int i = 0; i < WINDOW; i++) {
      window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / WINDOW);
    }
    for (int i = 0; i < WINDOW / 2; i++) {
      cosines[i] = Math.cos(2 * Math.PI * i / WINDOW);
      sines[i] = -Math.sin(2 * Math.PI * i / WINDOW);
    }
  }

  /**
   * The distance of {@link #WINDOW} samples of {@code a} from as many of {@code b}.
   *
   * @return dB
   */
  public double of(short[] a, int offsetA, short[] b, int offsetB) {
    transform(a, offsetA);
    for (int i = 0; i < WINDOW / 2; i++) {
      powers[i] = power(i);
    }
    transform(b, offsetB);
    double sum = 0;
    for (int i = 1; i < WINDOW / 2; i++) {
      double db = 10 * Math.log10((powers[i] + FLOOR) / (power(i) + FLOOR));
      sum += db * db;
    }
    return Math.sqrt(sum / (WINDOW / 2 - 1));
  }

  private double power(int bin) {
    return real[bin] * real[bin] + imaginary[bin] * imaginary[bin];
  }

  /** Radix 2, decimation in time, in place. */
  private void transform(short[] pcm, int offset) {
    int shift = Integer.SIZE - Integer.numberOfTrailingZeros(WINDOW);
    for (int i = 0; i < WINDOW; i++) {
      int to = Integer.reverse(i) >>> shift;
      real[to] = pcm[offset + i] * window[i];
      imaginary[to] = 0;
    }
    for (int half = 1; half < WINDOW; half *= 2) {
      int stride = WINDOW / 2 / half;
      for (int start = 0; start < WINDOW; start += 2 * half) {
        for (int k = 0; k < half; k++) {
          butterfly(start + k, start + k + half, k * stride);
        }
      }
    }
  }

  private void butterfly(int one, int other, int factor) {
    double re = real[other] * cosines[factor] - imaginary[other] * sines[factor];
    double im = real[other] * sines[factor] + imaginary[other] * cosines[factor];
    real[other] = real[one] - re;
    imaginary[other] = imaginary[one] - im;
    real[one] += re;
    imaginary[one] += im;
  }
}
