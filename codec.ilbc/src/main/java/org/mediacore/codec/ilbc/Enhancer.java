package org.mediacore.codec.ilbc;

import static org.mediacore.codec.ilbc.PitchSequence.BLOCK;

import java.util.Arrays;

/**
 * Makes a decoded residual more periodic where it is voiced (RFC 3951 §4.6): each block of 80
 * samples is moved towards the average of what surrounds it at its pitch, as far as a bound on the
 * change allows. That needs a look ahead: the result is 40 samples late in 20 ms frames and 80 in
 * 30 ms frames. After a loss it also fades the made-up residual into the first good one (§4.5.3).
 */
final class Enhancer {
  private static final int BLOCKS = 8;
  private static final int HISTORY = BLOCKS * BLOCK;

  /** Energy of the change in proportion to the block's. */
  private static final float MAX_CHANGE = 0.05f;

  private static final int SHORTEST_HALF_LAG = 10;
  private static final int LONGEST_HALF_LAG = 59;
  private static final int BEFORE_NEW = 120;

  /** Symmetric low-pass for halving the rate, appendix A.8. */
  private static final float[] LOW_PASS = {
    -0.066650f, 0.125000f, 0.316650f, 0.414063f, 0.316650f, 0.125000f, -0.066650f
  };

  private static final int LOW_PASS_HALF = 3;

  private final int samples;
  private final int newBlocks;
  private final int firstNewBlock;

  /** How late the result is. */
  private final int delay;

  private final float[] history = new float[HISTORY];
  private final float[] periods = new float[BLOCKS];
  private final float[] halved = new float[(3 * BLOCK + BEFORE_NEW) / 2];
  private final float[] surroundings = new float[BLOCK];
  private final float[] backward = new float[BLOCK];
  private final PitchSequence sequence = new PitchSequence(history, periods);

  Enhancer(FrameMode mode) {
    samples = mode.samples;
    newBlocks = samples / BLOCK;
    firstNewBlock = BLOCKS - newBlocks;
    delay = mode == FrameMode.MODE_20 ? BLOCK / 2 : BLOCK;
    reset();
  }

  void reset() {
    Arrays.fill(history, 0);
    Arrays.fill(periods, BLOCK / 2);
  }

  /**
   * Takes a residual and gives the enhanced one, late by the look-ahead.
   *
   * @param afterLoss the frame before was made up, this one was received
   * @return the pitch lag at the end, in samples
   */
  int process(float[] residual, boolean afterLoss, float[] out, int to) {
    System.arraycopy(history, samples, history, 0, HISTORY - samples);
    System.arraycopy(residual, 0, history, HISTORY - samples, samples);
    System.arraycopy(periods, newBlocks, periods, 0, BLOCKS - newBlocks);
    int lag = findPeriods();
    if (afterLoss) {
      joinAfterLoss(residual);
    }
    int start = HISTORY - samples - delay;
    for (int block = 0; block < newBlocks; block++) {
      enhance(start + block * BLOCK, out, to + block * BLOCK);
    }
    return lag;
  }

  /** The pitch of each new block, found at half the rate (RFC 3951 §4.6.1). Returns the last. */
  private int findPeriods() {
    int first = firstNewBlock * BLOCK - BEFORE_NEW;
    for (int m = 0; m < (HISTORY - first) / 2; m++) {
      float sum = 0;
      for (int k = -LOW_PASS_HALF; k <= LOW_PASS_HALF; k++) {
        int at = first + 2 * m + k;
        sum += at < HISTORY ? LOW_PASS[k + LOW_PASS_HALF] * history[at] : 0;
      }
      halved[m] = sum;
    }
    int lag = SHORTEST_HALF_LAG;
    for (int block = 0; block < newBlocks; block++) {
      int at = (BEFORE_NEW + block * BLOCK) / 2;
      lag = SHORTEST_HALF_LAG;
      float best = Correlation.match(halved, at, halved, at - lag, BLOCK / 2);
      for (int other = SHORTEST_HALF_LAG + 1; other <= LONGEST_HALF_LAG; other++) {
        float match = Correlation.match(halved, at, halved, at - other, BLOCK / 2);
        if (match > best) {
          best = match;
          lag = other;
        }
      }
      periods[firstNewBlock + block] = 2 * lag;
    }
    return 2 * lag;
  }

  /**
   * Fades the end of what was made up into the new residual, continued backwards at its pitch (RFC
   * 3951 §4.5.3).
   */
  private void joinAfterLoss(float[] residual) {
    int around = (int) periods[firstNewBlock];
    int lag = around - 1;
    float best = -1;
    for (int other = around - 1; other <= around + 1; other++) {
      float match = Correlation.match(residual, 0, residual, other, delay);
      if (match > best) {
        best = match;
        lag = other;
      }
    }
    periods[firstNewBlock - 1] = lag;
    int end = HISTORY - samples;
    for (int back = 1; back <= delay; back++) {
      backward[delay - back] = back <= lag ? residual[lag - back] : history[end - (back - lag)];
    }
    limitBackward(end);
    for (int back = 1; back <= delay; back++) {
      float share = back / (delay + 1f);
      int at = end - back;
      history[at] = share * history[at] + (1 - share) * backward[delay - back];
    }
  }

  /** At most twice as loud as what was made up, except for the last ten samples. */
  private void limitBackward(int end) {
    float madeUp = (float) Math.sqrt(Correlation.energy(history, end - delay, delay) / delay);
    float joined = (float) Math.sqrt(Correlation.energy(backward, 0, delay) / delay);
    if (joined <= 2 * madeUp) {
      return;
    }
    float factor = 2 * madeUp / joined;
    int ramp = delay - 10;
    for (int n = 0; n < delay; n++) {
      backward[n] *= n < ramp ? factor : factor + (n - ramp) * (1 - factor) / 10;
    }
  }

  /** Moves one block towards its surroundings (RFC 3951 §4.6.3 to §4.6.5). */
  private void enhance(int center, float[] out, int to) {
    sequence.surroundings(center, surroundings);
    float own = Correlation.energy(history, center, BLOCK);
    float around = Math.max(1, Correlation.energy(surroundings, 0, BLOCK));
    float cross = Correlation.dot(surroundings, 0, history, center, BLOCK);
    float scale = (float) Math.sqrt(own / around);
    float change = 0;
    for (int n = 0; n < BLOCK; n++) {
      out[to + n] = scale * surroundings[n];
      float error = history[center + n] - out[to + n];
      change += error * error;
    }
    if (change <= MAX_CHANGE * own) {
      return;
    }
    float bounded = Math.max(1, own);
    float independence = (around * bounded - cross * cross) / (bounded * bounded);
    float share = 0;
    float keep = 1;
    if (independence > 0.0001f) { // else they are alike but for rounding
      share = (float) Math.sqrt((MAX_CHANGE - MAX_CHANGE * MAX_CHANGE / 4) / independence);
      keep = 1 - MAX_CHANGE / 2 - share * cross / bounded;
    }
    for (int n = 0; n < BLOCK; n++) {
      out[to + n] = share * surroundings[n] + keep * history[center + n];
    }
  }
}
