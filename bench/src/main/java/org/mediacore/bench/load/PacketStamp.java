package org.mediacore.bench.load;

import java.nio.ByteBuffer;

/**
 * Marks a payload with who sent it, as which of its packets, and when, so that a copy that comes
 * back unchanged can be recognised.
 *
 * <p>Every octet is in 0x80-0xBF and carries six bits, most significant first:
 *
 * <pre>
 *  octet  0 1     2 3 4    5 6 7 8 9     10 ... 18
 *        +-----+---------+-------------+------------+
 *        |magic| leg (18)| number (30) | time (54)  |
 *        +-----+---------+-------------+------------+
 * </pre>
 *
 * <p>These octets also survive being decoded and encoded again as µ-law, of which only one of the
 * two zeros (0x7F and 0xFF) is changed.
 */
final class PacketStamp {
  /** How many octets a stamp takes. */
  static final int LENGTH = 19;

  private static final byte MAGIC_0 = (byte) 0x95;
  private static final byte MAGIC_1 = (byte) 0xAA;
  private static final int LEG_AT = 2;
  private static final int NUMBER_AT = 5;
  private static final int TIME_AT = 10;
  private static final long TIME_MASK = (1L << 54) - 1;

  private PacketStamp() {}

  /**
   * Writes a stamp.
   *
   * @param packet written to by absolute position
   * @param at where the stamp begins
   * @param leg the sender, below 2^18
   * @param number the sender's packet number, below 2^30
   * @param nowNs the time of sending; its low 54 bits are kept
   */
  static void write(ByteBuffer packet, int at, int leg, int number, long nowNs) {
    packet.put(at, MAGIC_0).put(at + 1, MAGIC_1);
    put(packet, at + LEG_AT, leg, 3);
    put(packet, at + NUMBER_AT, number, 5);
    put(packet, at + TIME_AT, nowNs & TIME_MASK, 9);
  }

  /** Tells whether a stamp begins there. */
  static boolean isAt(ByteBuffer packet, int at) {
    if (at + LENGTH > packet.limit()
        || packet.get(at) != MAGIC_0
        || packet.get(at + 1) != MAGIC_1) {
      return false;
    }
    for (int i = LEG_AT; i < LENGTH; i++) {
      if ((packet.get(at + i) & 0xC0) != 0x80) {
        return false;
      }
    }
    return true;
  }

  static int leg(ByteBuffer packet, int at) {
    return (int) get(packet, at + LEG_AT, 3);
  }

  static int number(ByteBuffer packet, int at) {
    return (int) get(packet, at + NUMBER_AT, 5);
  }

  /** Returns how long ago the stamp was written, in ns. */
  static long ageNs(ByteBuffer packet, int at, long nowNs) {
    long age = nowNs - get(packet, at + TIME_AT, 9) & TIME_MASK;
    return age << 10 >> 10; // the sign is bit 53
  }

  private static void put(ByteBuffer packet, int at, long value, int octets) {
    for (int i = 0; i < octets; i++) {
      packet.put(at + i, (byte) (0x80 | value >>> 6 * (octets - 1 - i) & 0x3F));
    }
  }

  private static long get(ByteBuffer packet, int at, int octets) {
    long value = 0;
    for (int i = 0; i < octets; i++) {
      value = value << 6 | packet.get(at + i) & 0x3F;
    }
    return value;
  }
}
