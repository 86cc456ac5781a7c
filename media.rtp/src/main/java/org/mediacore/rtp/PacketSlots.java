package org.mediacore.rtp;

import java.nio.ByteBuffer;

/**
 * The packets that wait in a {@link JitterBuffer}: a ring of slots, one per sequence number from a
 * moving base, over one byte array that is as wide as the largest payload seen.
 */
final class PacketSlots {

  private static final int WIDTH_STEP = 64;

  private final int mask;
  private final long[] timestamps;
  private final long[] arrivalsNs;
  private final short[] lengths;
  private final byte[] types;
  private byte[] pool = {};
  private int width;
  private ByteBuffer frame = ByteBuffer.wrap(pool);
  private ByteBuffer following = ByteBuffer.wrap(pool);

  /** Bit i: the packet base + i is there. */
  private long present;

  private long base;

  PacketSlots(int count) {
    mask = count - 1;
    timestamps = new long[count];
    arrivalsNs = new long[count];
    lengths = new short[count];
    types = new byte[count];
  }

  int capacity() {
    return mask + 1;
  }

  long base() {
    return base;
  }

  boolean isEmpty() {
    return present == 0;
  }

  int size() {
    return Long.bitCount(present);
  }

  /** Empties the ring; the next packet expected is {@code newBase}. */
  void reset(long newBase) {
    present = 0;
    base = newBase;
  }

  /** Moves the base back to {@code lower}; false where the ring cannot span that. */
  boolean lowerBase(long lower) {
    long by = base - lower;
    int span = 64 - Long.numberOfLeadingZeros(present);
    if (span + by > capacity()) {
      return false;
    }
    present <<= by;
    base = lower;
    return true;
  }

  boolean has(long sequence) {
    long index = sequence - base;
    return index >= 0 && index <= mask && (present >>> index & 1) != 0;
  }

  /** Packets missing before the first one there; only with a packet there. */
  int missing() {
    return Long.numberOfTrailingZeros(present);
  }

  /** The lowest sequence number there; only with a packet there. */
  long first() {
    return base + missing();
  }

  /** Passes the base sequence number, whether its packet is there or not; true if it was. */
  boolean pass() {
    boolean was = (present & 1) != 0;
    present >>>= 1;
    base++;
    return was;
  }

  long timestamp(long sequence) {
    return timestamps[(int) sequence & mask];
  }

  long arrivalNs(long sequence) {
    return arrivalsNs[(int) sequence & mask];
  }

  boolean marker(long sequence) {
    return types[(int) sequence & mask] < 0;
  }

  int payloadType(long sequence) {
    return types[(int) sequence & mask] & 0x7F;
  }

  /** Copies a packet in; its sequence number lies in base to base + capacity - 1. */
  void store(long sequence, long timestamp, boolean marker, int type, ByteBuffer in, long nowNs) {
    int length = in.remaining();
    if (length > width) {
      widen(length);
    }
    int slot = (int) sequence & mask;
    timestamps[slot] = timestamp;
    arrivalsNs[slot] = nowNs;
    lengths[slot] = (short) length;
    types[slot] = (byte) (type & 0x7F | (marker ? 0x80 : 0));
    in.get(in.position(), pool, slot * width, length);
    present |= 1L << (sequence - base);
  }

  /** The one allocation: when a payload is larger than any before. */
  private void widen(int length) {
    int wider = (length + WIDTH_STEP - 1) / WIDTH_STEP * WIDTH_STEP;
    byte[] grown = new byte[capacity() * wider];
    for (int slot = 0; slot <= mask; slot++) {
      System.arraycopy(pool, slot * width, grown, slot * wider, width);
    }
    pool = grown;
    width = wider;
    frame = ByteBuffer.wrap(pool);
    following = ByteBuffer.wrap(pool);
  }

  int bytes() {
    return pool.length + capacity() * (8 + 8 + 2 + 1);
  }

  ByteBuffer frame(long sequence) {
    return view(frame, sequence);
  }

  ByteBuffer following(long sequence) {
    return view(following, sequence);
  }

  private ByteBuffer view(ByteBuffer over, long sequence) {
    int slot = (int) sequence & mask;
    return over.limit(slot * width + lengths[slot]).position(slot * width);
  }
}
