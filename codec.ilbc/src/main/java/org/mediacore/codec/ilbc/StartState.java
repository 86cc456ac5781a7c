package org.mediacore.codec.ilbc;

import static org.mediacore.codec.ilbc.LinearFilter.ORDER;

import java.util.Arrays;

/**
 * Rebuilds the start state from its samples (RFC 3951 §4.2): scaled, then freed from the all-pass
 * filter that spread it in phase, by running that filter over it backwards, as a circle.
 */
final class StartState {
  private static final int MAX_LENGTH = 58;

  private final float[] spread = new float[ORDER + 2 * MAX_LENGTH];
  private final float[] filtered = new float[ORDER + 2 * MAX_LENGTH];

  /**
   * Decodes the samples.
   *
   * @param predictors holds the row of the sub-block where the start state's pair begins
   * @param residual receives the samples from {@code to} on
   */
  void decode(
      int[] fields, FrameLayout layout, int length, float[] predictors, int row, float[] residual,
      int to) {
    float scale = StateTables.scaleOf(fields[layout.stateScale]);
    Arrays.fill(spread, 0);
    for (int k = 0; k < length; k++) {
      int code = fields[layout.stateSamples + length - 1 - k];
      spread[ORDER + k] = scale * StateTables.LEVELS[code];
    }
    LinearFilter.allPass(predictors, row, spread, filtered, 2 * length);
    for (int k = 0; k < length; k++) {
      residual[to + k] = filtered[ORDER + length - 1 - k] + filtered[ORDER + 2 * length - 1 - k];
    }
  }
}
