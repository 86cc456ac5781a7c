package org.mediacore.rtp;

/**
 * What a {@link JitterBuffer} has done since it was made; counted by the buffer, read by anybody on
 * its thread.
 *
 * <p>Every sequence number that the play-out passed is in exactly one of the first five counts:
 * {@code played + lost + late + overflowed + skipped == passed}.
 */
public final class JitterCounts {

  long passed;
  long played;
  long lost;
  long late;
  long overflowed;
  long skipped;
  long duplicates;
  long stale;
  long underruns;
  long insertions;
  long drops;
  long talkspurts;
  long restarts;

  JitterCounts() {}

  /** Sequence numbers that the play-out has passed. */
  public long passed() {
    return passed;
  }

  /** Packets handed out as frames. */
  public long played() {
    return played;
  }

  /** Packets that have not arrived (yet: one that does later turns into {@link #late}). */
  public long lost() {
    return lost;
  }

  /** Packets that arrived after their time and were dropped. */
  public long late() {
    return late;
  }

  /** Packets dropped because a newer one needed the slot. */
  public long overflowed() {
    return overflowed;
  }

  /** Packets dropped in time to shorten the delay, or flushed by a restart. */
  public long skipped() {
    return skipped;
  }

  /** Packets that were there already. */
  public long duplicates() {
    return duplicates;
  }

  /** Packets from before the first one, or more than 128 behind: nothing is known of them. */
  public long stale() {
    return stale;
  }

  /** Times a frame was asked for and none was there, though no silence was known of. */
  public long underruns() {
    return underruns;
  }

  /** Times the delay was lengthened because packets came too close to their time, or after it. */
  public long insertions() {
    return insertions;
  }

  /** Times the delay was shortened because a packet had waited beyond the limit. */
  public long drops() {
    return drops;
  }

  /** Times the delay was set anew at the first packet after a silence. */
  public long talkspurts() {
    return talkspurts;
  }

  /** Times the stream started over. */
  public long restarts() {
    return restarts;
  }
}
