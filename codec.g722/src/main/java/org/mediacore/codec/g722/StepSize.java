package org.mediacore.codec.g722;

/**
 * The step size of an adaptive quantizer, kept as a logarithm that each code moves up or down and
 * that leaks towards its minimum (G.722 clauses 3.5 and 6.2.1.3, blocks LOGSCL and SCALEL; for the
 * higher band 6.2.2.3, LOGSCH and SCALEH).
 */
final class StepSize {
  /** 2 to the power of i/32, times 2,048 (table ILB of clause 6.2.1.3). */
  private static final int[] POWERS = {
    2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834,
    2896, 2960, 3025, 3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008
  };

  /** Largest logarithms: 9 and 11, with 11 bits of fraction. */
  static final int LOWER_MAX = 18_432;

  static final int HIGHER_MAX = 22_528;

  /** All step sizes, by the upper bits of the logarithm: the power of two and its fraction. */
  static final int[] LOWER_STEPS = steps(LOWER_MAX, 8);

  static final int[] HIGHER_STEPS = steps(HIGHER_MAX, 10);

  private final int[] steps;
  private final int max;
  private int log;
  private int step;

  private StepSize(int[] steps, int max) {
    this.steps = steps;
    this.max = max;
    step = steps[0];
  }

  static StepSize ofLowerBand() {
    return new StepSize(LOWER_STEPS, LOWER_MAX);
  }

  static StepSize ofHigherBand() {
    return new StepSize(HIGHER_STEPS, HIGHER_MAX);
  }

  private static int[] steps(int max, int unity) {
    int[] steps = new int[(max >> 6) + 1];
    for (int i = 0; i < steps.length; i++) {
      int shift = unity - (i >> 5);
      int power = POWERS[i & 31];
      steps[i] = (shift < 0 ? power << -shift : power >> shift) << 2;
    }
    return steps;
  }

  /** The current step, 15 bits: DETL or DETH. */
  int value() {
    return step;
  }

  /**
   * Moves the step.
   *
   * @param change of the logarithm, by how far out the code was: table WL or WH
   */
  void adapt(int change) {
    log = moved(log, change, max);
    step = steps[log >> 6];
  }

  /** A logarithm, moved, of which the upper bits say which of the steps it is. */
  static int moved(int log, int change, int max) {
    return Math.max(0, Math.min(max, (log * 127 >> 7) + change));
  }
}
