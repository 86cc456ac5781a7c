package org.mediacore.payload.mpeg4;

/** Reads bits, the highest of each byte first. Behind the end there are zeros. */
final class Bits {
  private final byte[] data;
  private final int end;
  private int at;

  Bits(byte[] data) {
    this.data = data;
    end = 8 * data.length;
  }

  /** The next 0 to 31 bits. */
  int bits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      int bit = at < end ? data[at >> 3] >> 7 - (at & 7) & 1 : 0;
      value = value << 1 | bit;
      at++;
    }
    return value;
  }

  boolean flag() {
    return bits(1) == 1;
  }

  /** Passes bits by. */
  void skip(int count) {
    at += count;
  }

  /** The bit that is read next; the first is 0. */
  int position() {
    return at;
  }

  /** Whether more was read than there is. */
  boolean overrun() {
    return at > end;
  }

  /** The bits from {@code from} to before {@code to}, with zeros up to a whole byte. */
  byte[] copy(int from, int to) {
    byte[] copy = new byte[(to - from + 7) / 8];
    write(copy, 0, from, to);
    return copy;
  }

  /** Copies bits into {@code out}, which has zeros there, from bit {@code outAt} on. */
  void write(byte[] out, int outAt, int from, int to) {
    for (int i = 0; i < to - from; i++) {
      int bit = data[from + i >> 3] >> 7 - (from + i & 7) & 1;
      out[outAt + i >> 3] |= (byte) (bit << 7 - (outAt + i & 7));
    }
  }
}
