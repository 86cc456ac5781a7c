package org.mediacore.rtp;

/** One mark for each of the 128 sequence numbers from a moving head backwards; head is 0. */
final class SequenceWindow {

  static final int SIZE = 128;

  private long near;
  private long far;

  /** Moves the head forward by {@code count} (at least 0); new places are unmarked. */
  void advance(long count) {
    if (count >= SIZE) {
      clear();
    } else if (count >= 64) {
      far = near << (count - 64);
      near = 0;
    } else if (count > 0) {
      far = far << count | near >>> (64 - count);
      near <<= count;
    }
  }

  /** Marks the place {@code behind} the head, 0 to 127. */
  void mark(int behind) {
    if (behind < 64) {
      near |= 1L << behind;
    } else {
      far |= 1L << (behind - 64);
    }
  }

  /** Takes the mark away at {@code behind} the head, 0 to 127. */
  void unmark(int behind) {
    if (behind < 64) {
      near &= ~(1L << behind);
    } else {
      far &= ~(1L << (behind - 64));
    }
  }

  /** Whether the place {@code behind} the head, 0 to 127, is marked. */
  boolean marked(int behind) {
    return ((behind < 64 ? near >>> behind : far >>> (behind - 64)) & 1) != 0;
  }

  void clear() {
    restore(0, 0);
  }

  void restore(long near, long far) {
    this.near = near;
    this.far = far;
  }

  long near() {
    return near;
  }

  long far() {
    return far;
  }
}
