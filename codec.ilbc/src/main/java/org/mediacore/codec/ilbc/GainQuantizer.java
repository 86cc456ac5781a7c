package org.mediacore.codec.ilbc;

/**
 * Gains of the three codebook stages (RFC 3951 §3.6.4.2, values of appendix A.8): 5, 4 and 3 bits.
 * The gain of a stage is coded in proportion to that of the stage before.
 */
final class GainQuantizer {
  private static final float SMALLEST_REFERENCE = 0.1f;

  private static final float[] FIRST = {
    0.037476f, 0.075012f, 0.112488f, 0.150024f, 0.187500f, 0.224976f, 0.262512f, 0.299988f,
    0.337524f, 0.375000f, 0.412476f, 0.450012f, 0.487488f, 0.525024f, 0.562500f, 0.599976f,
    0.637512f, 0.674988f, 0.712524f, 0.750000f, 0.787476f, 0.825012f, 0.862488f, 0.900024f,
    0.937500f, 0.974976f, 1.012512f, 1.049988f, 1.087524f, 1.125000f, 1.162476f, 1.200012f
  };

  private static final float[] SECOND = {
    -1.049988f, -0.900024f, -0.750000f, -0.599976f, -0.450012f, -0.299988f, -0.150024f, 0.000000f,
    0.150024f, 0.299988f, 0.450012f, 0.599976f, 0.750000f, 0.900024f, 1.049988f, 1.200012f
  };

  private static final float[] THIRD = {
    -1.000000f, -0.659973f, -0.330017f, 0.000000f, 0.250000f, 0.500000f, 0.750000f, 1.000000f
  };

  private static final float[][] STAGES = {FIRST, SECOND, THIRD};

  private GainQuantizer() {}

  /** The code of a gain, given the gain of the stage before (1 for the first). */
  static int encode(int stage, float gain, float gainBefore) {
    return StateTables.nearest(STAGES[stage], gain / reference(gainBefore));
  }

  /** The gain of a code, given the gain of the stage before (1 for the first). */
  static float decode(int stage, int code, float gainBefore) {
    return STAGES[stage][code] * reference(gainBefore);
  }

  private static float reference(float gainBefore) {
    return Math.max(Math.abs(gainBefore), SMALLEST_REFERENCE);
  }

  /**
   * The code of a first gain that makes up for the energy which coding lost (RFC 3951 §3.7): the
   * highest that keeps the vector's energy below the target's and less than doubles the gain.
   */
  static int raise(int code, float codedEnergy, float targetEnergy) {
    float gain = FIRST[code];
    int raised = code;
    for (int higher = code; higher < FIRST.length; higher++) {
      float energy = codedEnergy * FIRST[higher] * FIRST[higher];
      if (energy < targetEnergy * gain * gain && FIRST[higher] < 2 * gain) {
        raised = higher;
      }
    }
    return raised;
  }
}
