package org.mediacore.codec.ilbc;

/** Scalar quantisation of the start state (RFC 3951 §3.5, values of appendix A.8). */
final class StateTables {
  /** What a normalised sample of the start state reaches. */
  static final float NORMAL_PEAK = 4.5f;

  /** Levels of a sample, 3 bits. */
  static final float[] LEVELS = {
    -3.719849f, -2.177490f, -1.130005f, -0.309692f, 0.444214f, 1.329712f, 2.436279f, 3.983887f
  };

  /** Logarithms (base 10) of the peak, 6 bits. */
  private static final float[] LOG_PEAKS = {
    1.000085f, 1.071695f, 1.140395f, 1.206868f, 1.277188f, 1.351503f, 1.429380f, 1.500727f,
    1.569049f, 1.639599f, 1.707071f, 1.781531f, 1.840799f, 1.901550f, 1.956695f, 2.006750f,
    2.055474f, 2.102787f, 2.142819f, 2.183592f, 2.217962f, 2.257177f, 2.295739f, 2.332967f,
    2.369248f, 2.402792f, 2.435080f, 2.468598f, 2.503394f, 2.539284f, 2.572944f, 2.605036f,
    2.636331f, 2.668939f, 2.698780f, 2.729101f, 2.759786f, 2.789834f, 2.818679f, 2.848074f,
    2.877470f, 2.906899f, 2.936655f, 2.967804f, 3.000115f, 3.033367f, 3.066355f, 3.104231f,
    3.141499f, 3.183012f, 3.222952f, 3.265433f, 3.308441f, 3.350823f, 3.395275f, 3.442793f,
    3.490801f, 3.542514f, 3.604064f, 3.666050f, 3.740994f, 3.830749f, 3.938770f, 4.101764f
  };

  private static final float[] PEAKS = new float[LOG_PEAKS.length];

  static {
    for (int i = 0; i < PEAKS.length; i++) {
      PEAKS[i] = (float) Math.pow(10, LOG_PEAKS[i]);
    }
  }

  private StateTables() {}

  /** What a level is multiplied by. */
  static float scaleOf(int code) {
    return PEAKS[code] / NORMAL_PEAK;
  }

  /** The code of a peak: the nearest logarithm. */
  static int codeOfPeak(float peak) {
    return nearest(LOG_PEAKS, (float) Math.log10(peak));
  }

  /** The nearest entry of an ascending table; the lower one of two. */
  static int nearest(float[] ascending, float value) {
    int i = 0;
    while (i + 1 < ascending.length && value > (ascending[i] + ascending[i + 1]) / 2) {
      i++;
    }
    return i;
  }
}
