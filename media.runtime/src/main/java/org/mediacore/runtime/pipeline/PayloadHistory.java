package org.mediacore.runtime.pipeline;

import java.nio.ByteBuffer;

/**
 * The payloads that a decoder was given last: what a successor is primed with. One thread; grows to
 * the largest payload seen and allocates nothing else.
 */
final class PayloadHistory {
  /** What most payloads last. */
  private static final int PAYLOAD_MS = 20;

  private static final int SLOT_STEP_BYTES = 64;

  private byte[] bytes = {};
  private int slotBytes;
  private int[] lengths;
  private long count;
  private long oldest;

  /**
   * Keeps nothing yet.
   *
   * @param ms how much is to be kept, in payloads of 20 ms
   */
  PayloadHistory(int ms) {
    lengths = new int[payloadsIn(ms)];
  }

  private PayloadHistory(PayloadHistory other) {
    bytes = other.bytes.clone();
    slotBytes = other.slotBytes;
    lengths = other.lengths.clone();
    count = other.count;
    oldest = other.oldest;
  }

  /** Keeps a payload; its position does not move. */
  void add(ByteBuffer payload) {
    int length = payload.remaining();
    if (length > slotBytes) {
      int steps = (length + SLOT_STEP_BYTES - 1) / SLOT_STEP_BYTES;
      arrange(lengths.length, steps * SLOT_STEP_BYTES);
    }
    int slot = slot(count);
    payload.get(payload.position(), bytes, slot * slotBytes, length);
    lengths[slot] = length;
    count++;
    oldest = Math.max(oldest, count - lengths.length);
  }

  private int slot(long number) {
    return (int) (number % lengths.length);
  }

  /** Keeps that much from now on, of what was kept the newest; allocates where that is new. */
  void keep(int ms) {
    int payloads = payloadsIn(ms);
    if (payloads != lengths.length) {
      arrange(payloads, slotBytes);
    }
  }

  private static int payloadsIn(int ms) {
    return Math.max(1, ms / PAYLOAD_MS);
  }

  private void arrange(int payloads, int bytesEach) {
    byte[] arranged = new byte[payloads * bytesEach];
    int[] arrangedLengths = new int[payloads];
    oldest = Math.max(oldest, count - payloads);
    for (long number = oldest; number < count; number++) {
      int from = slot(number);
      int to = (int) (number % payloads);
      arrangedLengths[to] = lengths[from];
      System.arraycopy(bytes, from * slotBytes, arranged, to * bytesEach, lengths[from]);
    }
    bytes = arranged;
    slotBytes = bytesEach;
    lengths = arrangedLengths;
  }

  /** How many payloads there have been. */
  long count() {
    return count;
  }

  /** The number of the oldest payload that is kept, counted from 0. */
  long oldest() {
    return oldest;
  }

  /** A view of a payload that is kept; allocates. */
  ByteBuffer get(long number) {
    int slot = slot(number);
    return ByteBuffer.wrap(bytes, slot * slotBytes, lengths[slot]);
  }

  /** What is kept, for another thread. */
  PayloadHistory copy() {
    return new PayloadHistory(this);
  }
}
