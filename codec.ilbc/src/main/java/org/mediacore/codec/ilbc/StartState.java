package org.mediacore.codec.ilbc;

import static org.mediacore.codec.ilbc.LinearFilter.ORDER;

import java.util.Arrays;

/**
 * Rebuilds the start state from its samples (RFC 3951 §4.2): scaled, then freed from the all-pass
 * filter that spread it in phase, by running that filter over it backwards, as a circle.
 */
final class StartState {
  private final FrameLayout layout;
  private final int length;
  private final float[] spread;
  private final float[] filtered;

  StartState(FrameMode mode) {
    layout = FrameLayout.of(mode);
    length = mode.stateLength;
    spread = new float[ORDER + 2 * length];
    filtered = new float[ORDER + 2 * length];
  }

  /**
   * Decodes the samples.
   *
   * @param predictors holds the row of the sub-block where the start state's pair begins
   * @param residual receives the samples from {@code to} on
   */
  void decode(int[] fields, float[] predictors, int row, float[] residual, int to) {
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
