package org.mediacore.rtp;

/**
 * Where the play-out of a {@link JitterBuffer} stands in media time, and how early packets come for
 * it. All media times are RTP clock ticks.
 */
final class PlayoutClock {

  private static final long WINDOW_NS = 2_000_000_000L;
  private static final int WINDOW_PACKETS = 16;
  private static final long LATE_STREAK_NS = 200_000_000L;

  private final int clockRateHz;
  private final long delayTicks;

  /** Timestamp of the next sample to produce. */
  private long cursor;

  /** What is heard at {@link #positionNs}. */
  private long position;

  private long positionNs;

  /** From anchoring to the first poll the cursor follows the time, later what is produced. */
  private boolean synchronise;

  private long windowStartNs;
  private int windowPackets;
  private long windowMaxLead;
  private boolean lateStreak;
  private long lateStreakNs;

  PlayoutClock(int clockRateHz, long delayTicks) {
    this.clockRateHz = clockRateHz;
    this.delayTicks = delayTicks;
  }

  /** Places the play-out so that {@code timestamp} is heard that many ticks after {@code nowNs}. */
  void anchor(long timestamp, long nowNs, long waitTicks) {
    cursor = timestamp - waitTicks;
    synchronise = true;
    lateStreak = false;
    setPosition(nowNs);
    startWindow(nowNs);
  }

  /** A poll begins. */
  void poll(long nowNs) {
    if (synchronise) {
      cursor = position + RtpTime.ticks(nowNs - positionNs, clockRateHz);
      synchronise = false;
    }
  }

  /** What the poll at {@code nowNs} hands out begins at the cursor. */
  void setPosition(long nowNs) {
    position = cursor;
    positionNs = nowNs;
  }

  long cursor() {
    return cursor;
  }

  void cursor(long timestamp) {
    cursor = timestamp;
  }

  void advance(long ticks) {
    cursor += ticks;
  }

  /** How long before its time a packet comes, in ticks; negative after it. */
  long lead(long timestamp, long nowNs) {
    long heard = position + RtpTime.ticks(nowNs - positionNs, clockRateHz);
    // Nothing is heard that was not asked for, unless the first poll is still to come.
    return timestamp - (synchronise ? heard : Math.min(heard, cursor));
  }

  /** Notes how early a packet came; true where that made the delay longer. */
  boolean arrived(long timestamp, long nowNs) {
    windowPackets++;
    windowMaxLead = Math.max(windowMaxLead, lead(timestamp, nowNs));
    if (nowNs - windowStartNs < WINDOW_NS || windowPackets < WINDOW_PACKETS) {
      return false;
    }
    long most = windowMaxLead;
    startWindow(nowNs);
    if (most >= delayTicks / 2) {
      return false;
    }
    lengthen(delayTicks - most);
    return true;
  }

  /** Notes a packet that came too late; true where that made the delay longer. */
  boolean cameLate(long timestamp, long arrivalNs, long nowNs) {
    if (!lateStreak) {
      lateStreak = true;
      lateStreakNs = arrivalNs;
    }
    if (arrivalNs - lateStreakNs < LATE_STREAK_NS) {
      return false;
    }
    lengthen(delayTicks - lead(timestamp, nowNs));
    startWindow(nowNs);
    return true;
  }

  /** Notes a packet that came in time. */
  void cameInTime() {
    lateStreak = false;
  }

  private void lengthen(long ticks) {
    cursor -= ticks;
    position -= ticks;
    lateStreak = false;
  }

  void startWindow(long nowNs) {
    windowStartNs = nowNs;
    windowPackets = 0;
    windowMaxLead = Long.MIN_VALUE;
  }
}
