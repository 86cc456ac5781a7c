package org.mediacore.rtp;

import java.nio.ByteBuffer;

/** Network byte order at absolute indices, whatever order the caller's buffer is set to. */
final class BigEndian {

  private BigEndian() {}

  static int u8(ByteBuffer buffer, int index) {
    return buffer.get(index) & 0xFF;
  }

  static int u16(ByteBuffer buffer, int index) {
    return u8(buffer, index) << 8 | u8(buffer, index + 1);
  }

  static int u24(ByteBuffer buffer, int index) {
    return u16(buffer, index) << 8 | u8(buffer, index + 2);
  }

  static int i32(ByteBuffer buffer, int index) {
    return u16(buffer, index) << 16 | u16(buffer, index + 2);
  }

  static long i64(ByteBuffer buffer, int index) {
    return (long) i32(buffer, index) << 32 | i32(buffer, index + 4) & 0xFFFFFFFFL;
  }

  static void put16(ByteBuffer buffer, int index, int value) {
    buffer.put(index, (byte) (value >> 8));
    buffer.put(index + 1, (byte) value);
  }

  static void put32(ByteBuffer buffer, int index, int value) {
    put16(buffer, index, value >>> 16);
    put16(buffer, index + 2, value);
  }

  static void put64(ByteBuffer buffer, int index, long value) {
    put32(buffer, index, (int) (value >>> 32));
    put32(buffer, index + 4, (int) value);
  }
}
