package org.mediacore.rtp;

/**
 * How much the packets of a stream differ in duration. One cannot be sent before its last sample is
 * there: where the longest are to play in time, the shortest have to wait by the difference.
 */
final class FrameDurations {
  private final int clockRateHz;
  private long shortest;
  private long longest;

  FrameDurations(int clockRateHz) {
    this.clockRateHz = clockRateHz;
    clear();
  }

  /** Nothing was played. */
  void clear() {
    shortest = Long.MAX_VALUE;
    longest = 0;
  }

  /** A packet was played, which took {@code ticks} of the RTP clock. */
  void add(long ticks) {
    if (ticks > 0) {
      shortest = Math.min(shortest, ticks);
      longest = Math.max(longest, ticks);
    }
  }

  /** The longest less the shortest. */
  long spreadNs() {
    return longest == 0 ? 0 : RtpTime.ns(longest - shortest, clockRateHz);
  }
}
