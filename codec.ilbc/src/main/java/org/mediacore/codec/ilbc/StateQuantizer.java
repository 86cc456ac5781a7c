package org.mediacore.codec.ilbc;

import static org.mediacore.codec.ilbc.FrameMode.STATE_SPAN;
import static org.mediacore.codec.ilbc.FrameMode.SUB_BLOCK;
import static org.mediacore.codec.ilbc.LinearFilter.ORDER;
import static org.mediacore.codec.ilbc.LinearFilter.ROW;

import java.util.Arrays;

/** Chooses and codes the start state of a frame (RFC 3951 §3.5). */
final class StateQuantizer {
  /** RFC 3951 §3.5.1: edges of a pair of sub-blocks count less. */
  private static final float[] EDGE = {1f / 6, 2f / 6, 3f / 6, 4f / 6, 5f / 6};

  /** As there: pairs in the middle of the frame are preferred, by the number of pairs. */
  private static final float[] PREFERENCE_20 = {0.9f, 1.0f, 0.9f};

  private static final float[] PREFERENCE_30 = {0.8f, 0.9f, 1.0f, 0.9f, 0.8f};

  private static final float SMALLEST_PEAK = 10;

  private final FrameMode mode;
  private final FrameLayout layout;
  private final float[] padded = new float[ORDER + 2 * STATE_SPAN];
  private final float[] filtered = new float[ORDER + 2 * STATE_SPAN];
  private final float[] weighted = new float[ORDER + STATE_SPAN];
  private final float[] coded = new float[ORDER + STATE_SPAN];

  StateQuantizer(FrameMode mode) {
    this.mode = mode;
    layout = FrameLayout.of(mode);
  }

  /** Finds the loudest pair of sub-blocks and its louder side. */
  void place(float[] residual, int[] fields) {
    float[] preference = mode == FrameMode.MODE_20 ? PREFERENCE_20 : PREFERENCE_30;
    int best = 1;
    float most = -1;
    for (int place = 1; place < mode.subBlocks; place++) {
      float energy = preference[place - 1] * pairEnergy(residual, (place - 1) * SUB_BLOCK);
      if (energy > most) {
        most = energy;
        best = place;
      }
    }
    int start = (best - 1) * SUB_BLOCK;
    float front = Correlation.energy(residual, start, mode.stateLength);
    float end = Correlation.energy(residual, start + mode.boundaryLength, mode.stateLength);
    fields[layout.statePlace] = best;
    fields[layout.stateAtFront] = front > end ? 1 : 0;
  }

  private static float pairEnergy(float[] residual, int start) {
    float energy = Correlation.energy(residual, start, STATE_SPAN);
    for (int n = 0; n < EDGE.length; n++) {
      float first = residual[start + n];
      float last = residual[start + STATE_SPAN - 1 - n];
      energy -= (1 - EDGE[n]) * (first * first + last * last);
    }
    return energy;
  }

  /**
   * Codes the samples: spread in phase by an all-pass filter, scaled by their peak, quantised with
   * the error shaped like speech (RFC 3951 §3.5.2, §3.5.3).
   *
   * @param start first sample of the start state
   * @param predictors rows per sub-block
   * @param weights rows of the weighting filter per sub-block
   */
  void encode(float[] residual, int start, float[] predictors, float[] weights, int[] fields) {
    int length = mode.stateLength;
    int row = (fields[layout.statePlace] - 1) * ROW;
    Arrays.fill(padded, 0);
    System.arraycopy(residual, start, padded, ORDER, length);
    LinearFilter.allPass(predictors, row, padded, filtered, 2 * length);
    float peak = SMALLEST_PEAK;
    for (int n = 0; n < length; n++) {
      weighted[ORDER + n] = filtered[ORDER + n] + filtered[ORDER + length + n];
      peak = Math.max(peak, Math.abs(weighted[ORDER + n]));
    }
    int code = StateTables.codeOfPeak(peak);
    fields[layout.stateScale] = code;
    float normal = 1 / StateTables.scaleOf(code);
    for (int n = 0; n < length; n++) {
      weighted[ORDER + n] *= normal;
    }
    int change = fields[layout.stateAtFront] == 1 ? SUB_BLOCK : length - SUB_BLOCK;
    quantize(weights, row, change, fields);
  }

  /**
   * Follows the weighted samples with weighted levels: what the quantiser cannot reach in a sample
   * it makes up for in the next ones.
   *
   * @param change the sample where the second sub-block's weighting begins
   */
  private void quantize(float[] weights, int firstRow, int change, int[] fields) {
    int length = mode.stateLength;
    LinearFilter.synthesize(weights, firstRow, weighted, ORDER, change);
    LinearFilter.synthesize(weights, firstRow + ROW, weighted, ORDER + change, length - change);
    for (int n = 0; n < length; n++) {
      int row = n < change ? firstRow : firstRow + ROW;
      int at = ORDER + n;
      coded[at] = 0;
      LinearFilter.synthesize(weights, row, coded, at, 1);
      int code = StateTables.nearest(StateTables.LEVELS, weighted[at] - coded[at]);
      coded[at] += StateTables.LEVELS[code];
      fields[layout.stateSamples + n] = code;
    }
  }
}
