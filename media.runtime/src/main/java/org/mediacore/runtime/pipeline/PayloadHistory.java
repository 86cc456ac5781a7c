package org.mediacore.runtime.pipeline;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The payloads that a decoder was given last, 200 ms of 20 ms frames: what a successor is primed
 * with. One thread; grows to the largest payload seen and allocates nothing else.
 */
final class PayloadHistory {
  /** How many payloads are kept. */
  static final int FRAMES = 10;

  private static final int SLOT_STEP_BYTES = 64;

  private byte[] bytes = {};
  private int slotBytes;
  private final int[] lengths = new int[FRAMES];
  private long count;

  /** Keeps a payload; its position does not move. */
  void add(ByteBuffer payload) {
    int length = payload.remaining();
    if (length > slotBytes) {
      grow(length);
    }
    int slot = (int) (count % FRAMES);
    payload.get(payload.position(), bytes, slot * slotBytes, length);
    lengths[slot] = length;
    count++;
  }

  private void grow(int length) {
    int larger = (length + SLOT_STEP_BYTES - 1) / SLOT_STEP_BYTES * SLOT_STEP_BYTES;
    byte[] grown = new byte[larger * FRAMES];
    for (int slot = 0; slot < FRAMES; slot++) {
      System.arraycopy(bytes, slot * slotBytes, grown, slot * larger, lengths[slot]);
    }
    bytes = grown;
    slotBytes = larger;
  }

  /** How many payloads there have been. */
  long count() {
    return count;
  }

  /** The number of the oldest payload that is kept, counted from 0. */
  long oldest() {
    return Math.max(0, count - FRAMES);
  }

  /** A view of a payload that is kept; allocates. */
  ByteBuffer get(long number) {
    int slot = (int) (number % FRAMES);
    return ByteBuffer.wrap(bytes, slot * slotBytes, lengths[slot]);
  }

  /** What is kept, for another thread. */
  PayloadHistory copy() {
    PayloadHistory copy = new PayloadHistory();
    copy.bytes = Arrays.copyOf(bytes, bytes.length);
    copy.slotBytes = slotBytes;
    System.arraycopy(lengths, 0, copy.lengths, 0, FRAMES);
    copy.count = count;
    return copy;
  }
}
