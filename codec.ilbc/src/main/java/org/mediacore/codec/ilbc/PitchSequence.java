package org.mediacore.codec.ilbc;

import java.util.Arrays;

/**
 * Collects what lies a pitch period and more before and after a block (RFC 3951 §4.6.2): up to
 * three segments each way, placed to a quarter of a sample by correlation, added up with the
 * weights of a raised cosine.
 */
final class PitchSequence {
  /** Samples in a block. */
  static final int BLOCK = 80;

  /** Segments in each direction. */
  private static final int REACH = 3;

  /** Samples that a segment may be off in each direction. */
  private static final int SLACK = 2;

  private static final int OVERHANG = 2;
  private static final int UPSAMPLING = 4;
  private static final int FILTER_HALF = 3;
  private static final int FILTER = 2 * FILTER_HALF + 1;

  /** Interpolation by 0, 1/4, 1/2, 3/4 of a sample, RFC 3951 appendix A.8. */
  private static final float[] POLYPHASE = {
    0.000000f, 0.000000f, 0.000000f, 1.000000f, 0.000000f, 0.000000f, 0.000000f,
    0.015625f, -0.076904f, 0.288330f, 0.862061f, -0.106445f, 0.018799f, -0.015625f,
    0.023682f, -0.124268f, 0.601563f, 0.601563f, -0.124268f, 0.023682f, -0.023682f,
    0.018799f, -0.106445f, 0.862061f, 0.288330f, -0.076904f, 0.015625f, -0.018799f
  };

  private final float[] history;
  private final float[] periods;
  private final float[] correlations = new float[2 * SLACK + 1];
  private final float[] stretch = new float[BLOCK + 2 * FILTER_HALF];

  /**
   * Makes a collector.
   *
   * @param history the residual, blocks of {@value #BLOCK} samples; filled by the owner
   * @param periods the pitch period of each of these blocks, in samples
   */
  PitchSequence(float[] history, float[] periods) {
    this.history = history;
    this.periods = periods;
  }

  /** Sums up the segments around the block that starts at {@code center}. */
  void surroundings(int center, float[] sum) {
    Arrays.fill(sum, 0, BLOCK, 0);
    int middleBlock = nearestBlock(center + (BLOCK - 1) / 2f, false);
    float place = center;
    int block = middleBlock;
    for (int away = 1; away <= REACH; away++) {
      float period = periods[block];
      place -= period;
      block = nearestBlock(place + BLOCK / 2 - period, false);
      if (place - OVERHANG >= 0) {
        place = addSegment(center, place, weightOf(away), sum);
      }
    }
    place = center;
    for (int away = 1; away <= REACH; away++) {
      block = nearestBlock(place + BLOCK / 2, true);
      place += periods[block];
      if (place + BLOCK + OVERHANG < history.length) {
        place = addSegment(center, place, weightOf(away), sum);
      }
    }
  }

  private static float weightOf(int away) {
    return (float) (0.5 * (1 - Math.cos(Math.PI * (REACH + 1 - away) / (REACH + 1))));
  }

  /** The block whose middle (looking ahead: moved back by its period) is nearest to a place. */
  private int nearestBlock(float place, boolean ahead) {
    int nearest = 0;
    float least = Float.MAX_VALUE;
    for (int i = 0; i < periods.length; i++) {
      float middle = BLOCK / 2 + i * BLOCK - (ahead ? periods[i] : 0);
      float distance = (place - middle) * (place - middle);
      if (distance < least) {
        least = distance;
        nearest = i;
      }
    }
    return nearest;
  }

  /**
   * Adds the segment near {@code place} that resembles the block most.
   *
   * @return where that segment is, as the RFC counts: one sample on
   */
  private float addSegment(int center, float place, float weight, float[] sum) {
    int rounded = (int) (place - 0.5f);
    int first = Math.max(0, rounded - SLACK);
    int last = Math.min(rounded + SLACK, history.length - BLOCK - 1);
    int candidates = last - first + 1;
    for (int i = 0; i < candidates; i++) {
      correlations[i] = Correlation.dot(history, first + i, history, center, BLOCK);
    }
    int best = bestQuarter(candidates);
    int whole = (best + UPSAMPLING - 1) / UPSAMPLING;
    int phase = (whole * UPSAMPLING - best) * FILTER;
    int start = first + whole - FILTER_HALF;
    for (int n = 0; n < stretch.length; n++) {
      int at = start + n;
      stretch[n] = at >= 0 && at < history.length ? history[at] : 0;
    }
    for (int n = 0; n < BLOCK; n++) {
      float sample = 0;
      for (int k = 0; k < FILTER; k++) {
        sample += POLYPHASE[phase + k] * stretch[n + k];
      }
      sum[n] += weight * sample;
    }
    return first + best / (float) UPSAMPLING + 1;
  }

  /** The place of the highest correlation, in quarters of a sample. */
  private int bestQuarter(int candidates) {
    int half = candidates < FILTER ? candidates / 2 : FILTER_HALF;
    int best = 0;
    float highest = Float.NEGATIVE_INFINITY;
    for (int quarter = 0; quarter < UPSAMPLING * candidates; quarter++) {
      int taps = quarter % UPSAMPLING * FILTER + FILTER_HALF - half;
      int newest = quarter / UPSAMPLING + half;
      float value = 0;
      for (int k = 0; k <= 2 * half; k++) {
        int at = newest - k;
        if (at >= 0 && at < candidates) {
          value += POLYPHASE[taps + k] * correlations[at];
        }
      }
      if (value > highest) {
        highest = value;
        best = quarter;
      }
    }
    return best;
  }
}
