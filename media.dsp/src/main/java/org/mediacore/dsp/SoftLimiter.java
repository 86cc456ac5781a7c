package org.mediacore.dsp;

/**
 * Brings a sum of any size back into 16 bits without wrapping and without a hard edge.
 *
 * <p>A fixed curve, so there is no state, no look-ahead and no pumping. Up to {@link #THRESHOLD}
 * (-3 dBFS) a value passes unchanged. Above, what exceeds the threshold by e becomes e * R / (R +
 * e) with R = 32767 - THRESHOLD: the slope starts at 1 and falls smoothly towards the end of the
 * range. The curve is monotone and symmetrical. What it costs is harmonics while the sum is above
 * the threshold.
 *
 * <p>Stateless; any thread.
 */
public final class SoftLimiter {
  /** The largest magnitude that passes unchanged: 32768 * 10^(-3/20), -3 dBFS. */
  public static final int THRESHOLD = 23197;

  private static final int ROOM = Short.MAX_VALUE - THRESHOLD;
  private static final int ROOM_SQUARED = ROOM * ROOM;

  private SoftLimiter() {}

  /**
   * Limits one value.
   *
   * @param sum any value of magnitude up to 2^31 - 10,000 (65,000 full-scale talkers)
   * @return the value, or above the threshold its limited form, -32767 to 32767
   */
  public static short limit(int sum) {
    int magnitude = Math.abs(sum);
    if (magnitude <= THRESHOLD) {
      return (short) sum;
    }
    // e * R / (R + e) written as R - R * R / (R + e), which stays within 32 bits.
    int limited = Short.MAX_VALUE - ROOM_SQUARED / (ROOM + magnitude - THRESHOLD);
    return (short) (sum < 0 ? -limited : limited);
  }
}
