package org.mediacore.rtp;

/**
 * How much the packets of a stream differ in duration. One cannot be sent before its last sample is
 * there: where the longest are to play in time, the shortest have to wait by the difference. All in
 * ticks of the RTP clock.
 */
final class FrameDurations {
  private long shortest;
  private long longest;

  /** Nothing is known. */
  void clear() {
    shortest = Long.MAX_VALUE;
    longest = 0;
  }

  /** There was a packet that takes {@code ticks}; 0 or less where that is not known. */
  void add(long ticks) {
    if (ticks > 0) {
      shortest = Math.min(shortest, ticks);
      longest = Math.max(longest, ticks);
    }
  }

  /** The longest; 0 where there was none. */
  long longest() {
    return longest;
  }

  /** The longest less the shortest. */
  long spread() {
    return longest == 0 ? 0 : longest - shortest;
  }
}
