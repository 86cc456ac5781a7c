package org.mediacore.dsp.measure;

/** The discrete Fourier transform of real values, in place, radix 2. */
final class Fft {
  private Fft() {}

  /**
   * @param re the values, a power of two of them; replaced by the real parts
   * @param im zeros; replaced by the imaginary parts
   */
  static void transform(double[] re, double[] im) {
    int size = re.length;
    reverseBits(re);
    double[] cos = new double[size / 2];
    double[] sin = new double[size / 2];
    for (int i = 0; i < size / 2; i++) {
      cos[i] = Math.cos(2 * Math.PI * i / size);
      sin[i] = -Math.sin(2 * Math.PI * i / size);
    }
    for (int half = 1; half < size; half *= 2) {
      int turn = size / (2 * half);
      for (int start = 0; start < size; start += 2 * half) {
        for (int i = start, k = 0; i < start + half; i++, k += turn) {
          int j = i + half;
          double oddRe = re[j] * cos[k] - im[j] * sin[k];
          double oddIm = re[j] * sin[k] + im[j] * cos[k];
          re[j] = re[i] - oddRe;
          im[j] = im[i] - oddIm;
          re[i] += oddRe;
          im[i] += oddIm;
        }
      }
    }
  }

  private static void reverseBits(double[] values) {
    int shift = 32 - Integer.numberOfTrailingZeros(values.length);
    for (int i = 0; i < values.length; i++) {
      int j = Integer.reverse(i) >>> shift;
      if (i < j) {
        double value = values[i];
        values[i] = values[j];
        values[j] = value;
      }
    }
  }
}
