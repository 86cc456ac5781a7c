package org.mediacore.codec.aac;

/** Reads bits, the highest of each byte first. Behind the end there are zeros. */
final class BitReader {
  private final byte[] data;
  private final int end;
  private int at;

  BitReader(byte[] data) {
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

  /** Whether more was read than there is. */
  boolean overrun() {
    return at > end;
  }
}
