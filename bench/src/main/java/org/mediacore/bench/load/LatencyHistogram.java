package org.mediacore.bench.load;

import java.util.Arrays;

/**
 * Counts durations in buckets that are never wider than a 32nd of their value. Recording allocates
 * nothing. For one thread at a time.
 */
public final class LatencyHistogram {
  private static final int SUB_BITS = 5;
  private static final int SUB_BUCKETS = 1 << SUB_BITS;
  private static final int BUCKETS = (64 - SUB_BITS) * SUB_BUCKETS;

  private final long[] counts = new long[BUCKETS];
  private long count;
  private long maxNs;

  /**
   * Counts one duration.
   *
   * @param durationNs in ns; a negative one counts as 0
   */
  public void record(long durationNs) {
    long value = Math.max(0, durationNs);
    counts[index(value)]++;
    count++;
    maxNs = Math.max(maxNs, value);
  }

  /** Returns how many durations were counted. */
  public long count() {
    return count;
  }

  /** Returns the longest duration in ns, exactly; 0 if there is none. */
  public long maxNs() {
    return maxNs;
  }

  /**
   * Returns a duration that the given part of all durations does not exceed, at most a 32nd too
   * long.
   *
   * @param part from 0 to 1: 0.99 for the 99th percentile
   * @return in ns; 0 if nothing was counted
   */
  public long percentileNs(double part) {
    long wanted = Math.max(1, (long) Math.ceil(part * count));
    long seen = 0;
    for (int i = 0; i < BUCKETS; i++) {
      seen += counts[i];
      if (seen >= wanted) {
        return Math.min(maxNs, highest(i));
      }
    }
    return maxNs;
  }

  /** Forgets everything. */
  public void clear() {
    Arrays.fill(counts, 0);
    count = 0;
    maxNs = 0;
  }

  /** Values below 32 have a bucket each; above, each octave has 32. */
  private static int index(long value) {
    if (value < SUB_BUCKETS) {
      return (int) value;
    }
    int shift = 63 - Long.numberOfLeadingZeros(value) - SUB_BITS;
    return (shift + 1) * SUB_BUCKETS + (int) (value >>> shift) - SUB_BUCKETS;
  }

  private static long highest(int index) {
    if (index < SUB_BUCKETS) {
      return index;
    }
    int shift = index / SUB_BUCKETS - 1;
    long sub = index % SUB_BUCKETS + SUB_BUCKETS;
    return ((sub + 1) << shift) - 1;
  }
}
