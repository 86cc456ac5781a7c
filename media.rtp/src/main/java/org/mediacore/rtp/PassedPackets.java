package org.mediacore.rtp;

/**
 * The sequence numbers that the play-out of a {@link JitterBuffer} has passed, and which of them
 * had no packet: says what a packet is that comes behind its turn.
 */
final class PassedPackets {

  private final JitterCounts counts;
  private final SequenceWindow missed = new SequenceWindow();
  private boolean any;
  private long first;

  PassedPackets(JitterCounts counts) {
    this.counts = counts;
  }

  /** A stream begins, with the sequence number {@code newFirst}. */
  void start(long newFirst) {
    any = false;
    first = newFirst;
    missed.clear();
  }

  /** Whether any was passed since the stream began. */
  boolean any() {
    return any;
  }

  /** A lower number becomes the first one, while none was passed. */
  void lowerFirst(long lower) {
    first = lower;
  }

  /** Passes the next one; where its packet was there, that is for the caller to count. */
  void pass(boolean wasThere) {
    any = true;
    counts.passed++;
    missed.advance(1);
    if (!wasThere) {
      missed.mark(0);
      counts.lost++;
    }
  }

  /** Passes a gap that the window cannot span: nothing can be said of any of it later. */
  void passFar(long far, long newFirst) {
    counts.passed += far;
    counts.lost += far;
    missed.clear();
    first = newFirst;
    any = true;
  }

  /**
   * Counts a packet whose number was passed.
   *
   * @param behind by how much it is below the number passed last
   * @return {@link JitterBuffer#LATE}, {@link JitterBuffer#DUPLICATE} or {@link JitterBuffer#STALE}
   */
  int arrived(long sequence, long behind) {
    if (sequence < first || behind >= SequenceWindow.SIZE) {
      counts.stale++;
      return JitterBuffer.STALE;
    }
    if (!missed.marked((int) behind)) {
      counts.duplicates++;
      return JitterBuffer.DUPLICATE;
    }
    missed.unmark((int) behind);
    counts.lost--;
    counts.late++;
    return JitterBuffer.LATE;
  }
}
