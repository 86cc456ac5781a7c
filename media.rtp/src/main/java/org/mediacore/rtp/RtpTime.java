package org.mediacore.rtp;

/**
 * Conversions between nanoseconds, RTP clock ticks and NTP time (RFC 3550 §4, §6.4.1). Pure
 * functions; NTP timestamps are 32.32 fixed point, seconds since 1900 in the upper half.
 */
public final class RtpTime {

  /** Seconds from the NTP epoch (1900) to the Unix epoch (1970), RFC 5905 figure 4. */
  public static final long NTP_EPOCH_OFFSET_S = 2_208_988_800L;

  private static final long NS_PER_S = 1_000_000_000L;

  private RtpTime() {}

  /**
   * The whole ticks in a duration, rounded down.
   *
   * @param durationNs any duration, negative ones included
   * @param clockRateHz the RTP clock rate
   */
  public static long ticks(long durationNs, int clockRateHz) {
    // Split so that the product stays inside 64 bits for any duration.
    long seconds = Math.floorDiv(durationNs, NS_PER_S);
    return seconds * clockRateHz + Math.floorMod(durationNs, NS_PER_S) * clockRateHz / NS_PER_S;
  }

  /** The duration of {@code ticks} at {@code clockRateHz} in nanoseconds, rounded down. */
  public static long ns(long ticks, int clockRateHz) {
    long seconds = Math.floorDiv(ticks, (long) clockRateHz);
    return seconds * NS_PER_S + Math.floorMod(ticks, (long) clockRateHz) * NS_PER_S / clockRateHz;
  }

  /**
   * An instant of the Unix epoch as an NTP timestamp.
   *
   * @param epochSeconds seconds since 1970
   * @param nanoOfSecond 0 to 999,999,999
   */
  public static long ntp(long epochSeconds, int nanoOfSecond) {
    return epochSeconds + NTP_EPOCH_OFFSET_S << 32 | ((long) nanoOfSecond << 32) / NS_PER_S;
  }

  /** The middle 32 bits of an NTP timestamp, as LSR carries them (1/65536 s). */
  public static int middle32(long ntp) {
    return (int) (ntp >>> 16);
  }
}
