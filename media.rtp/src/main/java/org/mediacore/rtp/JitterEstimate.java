package org.mediacore.rtp;

/** Interarrival jitter in integers scaled by 16 (RFC 3550 §6.4.1, A.8). */
final class JitterEstimate {

  /** A change of transit time beyond this is a new time base, not jitter. */
  private static final int MAX_TRANSIT_CHANGE_S = 5;

  private boolean timed;
  private int lastTimestamp;
  private long lastNs;
  private long scaled;

  void arrived(int timestamp, long nowNs, int clockRateHz) {
    if (timed) {
      long change = RtpTime.ticks(nowNs - lastNs, clockRateHz) - (timestamp - lastTimestamp);
      long d = Math.abs(change);
      if (d <= (long) MAX_TRANSIT_CHANGE_S * clockRateHz) {
        scaled += d - (scaled + 8 >> 4);
      }
    }
    timed = true;
    lastTimestamp = timestamp;
    lastNs = nowNs;
  }

  /** Forgets the last packet: the next one has no predecessor to be compared with. */
  void breakOff() {
    timed = false;
  }

  void reset() {
    timed = false;
    scaled = 0;
  }

  void restore(boolean timed, int lastTimestamp, long lastNs, long scaled) {
    this.timed = timed;
    this.lastTimestamp = lastTimestamp;
    this.lastNs = lastNs;
    this.scaled = scaled;
  }

  boolean timed() {
    return timed;
  }

  int lastTimestamp() {
    return lastTimestamp;
  }

  long sinceLastNs(long nowNs) {
    return timed ? nowNs - lastNs : 0;
  }

  long scaled() {
    return scaled;
  }
}
