package org.mediacore.bench.seam;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The RTP packets that one leg received, in the order of their coming. */
final class Stream {
  private static final int RTP_HEADER = 12;

  private final ByteBuffer spool;
  private long[] atNs = new long[1024];
  private int[] offset = new int[1024];
  private int[] length = new int[1024];
  private int packets;

  /**
   * @param spool holds the packets; network byte order
   */
  Stream(ByteBuffer spool) {
    this.spool = spool;
  }

  void add(long packetAtNs, int packetOffset, int packetLength) {
    if (packets == atNs.length) {
      atNs = Arrays.copyOf(atNs, 2 * packets);
      offset = Arrays.copyOf(offset, 2 * packets);
      length = Arrays.copyOf(length, 2 * packets);
    }
    atNs[packets] = packetAtNs;
    offset[packets] = packetOffset;
    length[packets++] = packetLength;
  }

  int packets() {
    return packets;
  }

  /** When the kernel had it, in ns since 1970. */
  long atNs(int packet) {
    return atNs[packet];
  }

  int payloadType(int packet) {
    return spool.get(offset[packet] + 1) & 0x7F;
  }

  int sequence(int packet) {
    return spool.getShort(offset[packet] + 2) & 0xFFFF;
  }

  int timestamp(int packet) {
    return spool.getInt(offset[packet] + 4);
  }

  int ssrc(int packet) {
    return spool.getInt(offset[packet] + 8);
  }

  /** What is behind the fixed header: the platform sends no extensions. */
  ByteBuffer payload(int packet) {
    return spool.slice(offset[packet] + RTP_HEADER, length[packet] - RTP_HEADER);
  }
}
