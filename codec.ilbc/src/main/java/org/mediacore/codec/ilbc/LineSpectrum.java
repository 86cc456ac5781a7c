package org.mediacore.codec.ilbc;

import static org.mediacore.codec.ilbc.LinearFilter.ORDER;
import static org.mediacore.codec.ilbc.LinearFilter.ROW;

/**
 * Line spectral frequencies, in rad and ascending, and predictors made of them. Works in arrays of
 * its own.
 */
final class LineSpectrum {
  private static final int HALF = ORDER / 2;

  /** RFC 3951 §3.2.5: 50 Hz, and the range that frequencies are kept in. */
  private static final float MIN_DISTANCE_RAD = 0.039f;

  private static final float LOWEST_RAD = 0.01f;
  private static final float HIGHEST_RAD = 3.14f;
  private static final int STABILITY_ROUNDS = 2;

  /**
   * The average of speech, RFC 3951 §3.2.6 and appendix A.8: what stands before the first frame.
   */
  private static final float[] MEAN_RAD = {
    0.281738f, 0.445801f, 0.663330f, 0.962524f, 1.251831f,
    1.533081f, 1.850586f, 2.137817f, 2.481445f, 2.777344f
  };

  /** Share of the earlier set in each sub-block, RFC 3951 §3.2.6. */
  private static final float[] EARLIER_20 = {3f / 4, 2f / 4, 1f / 4, 0};

  /** As before; the first sub-block is between the frame before and set 1, others between both. */
  private static final float[] EARLIER_30 = {1f / 2, 1, 2f / 3, 1f / 3, 0, 0};

  private final double[] sum = new double[HALF + 1];
  private final double[] difference = new double[HALF + 1];
  private final float[] between = new float[ORDER];

  static void fillMean(float[] lsf) {
    System.arraycopy(MEAN_RAD, 0, lsf, 0, ORDER);
  }

  /** Moves frequencies apart that are too close or in the wrong order (RFC 3951 §3.2.5). */
  static void separate(float[] lsf) {
    for (int round = 0; round < STABILITY_ROUNDS; round++) {
      for (int k = 0; k < ORDER - 1; k++) {
        float low = lsf[k];
        float high = lsf[k + 1];
        if (high - low < MIN_DISTANCE_RAD) {
          // Where the order is wrong, the two change places.
          lsf[k] = Math.min(low, high) - MIN_DISTANCE_RAD / 2;
          lsf[k + 1] = Math.max(low, high) + MIN_DISTANCE_RAD / 2;
        }
        lsf[k] = Math.min(Math.max(lsf[k], LOWEST_RAD), HIGHEST_RAD);
      }
    }
  }

  /**
   * Predictors of all sub-blocks, interpolated between sets of frequencies.
   *
   * @param before the last set of the frame before
   * @param sets one or two sets of this frame
   * @param predictors a row per sub-block
   */
  void interpolate(FrameMode mode, float[] before, float[][] sets, float[] predictors) {
    float[] earlierShare = mode == FrameMode.MODE_20 ? EARLIER_20 : EARLIER_30;
    for (int block = 0; block < mode.subBlocks; block++) {
      boolean fromBefore = mode == FrameMode.MODE_20 || block == 0;
      float[] earlier = fromBefore ? before : sets[0];
      float[] later = fromBefore ? sets[0] : sets[1];
      float share = earlierShare[block];
      for (int k = 0; k < ORDER; k++) {
        between[k] = share * earlier[k] + (1 - share) * later[k];
      }
      toPredictor(between, predictors, block * ROW);
    }
  }

  /** Frequencies to a predictor, by way of its sum and difference polynomials. */
  void toPredictor(float[] lsf, float[] predictor, int row) {
    multiplyOut(lsf, 0, sum);
    multiplyOut(lsf, 1, difference);
    for (int i = HALF; i >= 1; i--) {
      sum[i] += sum[i - 1];
      difference[i] -= difference[i - 1];
    }
    predictor[row] = 1;
    for (int i = 1; i <= HALF; i++) {
      predictor[row + i] = (float) (0.5 * (sum[i] + difference[i]));
      predictor[row + ROW - i] = (float) (0.5 * (sum[i] - difference[i]));
    }
  }

  /**
   * The first half of the product of {@code 1 - 2 cos(w)/z + 1/z^2} over every second frequency.
   */
  private static void multiplyOut(float[] lsf, int first, double[] polynomial) {
    polynomial[0] = 1;
    for (int i = 1; i <= HALF; i++) {
      double b = -2 * Math.cos(lsf[first + 2 * (i - 1)]);
      polynomial[i] = b * polynomial[i - 1] + (i >= 2 ? 2 * polynomial[i - 2] : 0);
      for (int j = i - 1; j >= 1; j--) {
        polynomial[j] += b * polynomial[j - 1] + (j >= 2 ? polynomial[j - 2] : 0);
      }
    }
  }
}
