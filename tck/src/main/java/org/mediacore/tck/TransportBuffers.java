package org.mediacore.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;

/** Packets in the middle of a buffer whose other bytes are known. */
final class TransportBuffers {
  private static final byte FILL = 0x5A;
  private static final int BEFORE = 19;
  private static final int BEHIND = 128;

  private TransportBuffers() {}

  /**
   * A direct buffer with a packet from position to limit.
   *
   * @param headroomBytes bytes behind it that may be written
   */
  static ByteBuffer holding(byte[] packet, int headroomBytes) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BEFORE + packet.length + headroomBytes + BEHIND);
    for (int i = 0; i < buffer.capacity(); i++) {
      buffer.put(i, FILL);
    }
    buffer.put(BEFORE, packet);
    return buffer.position(BEFORE).limit(BEFORE + packet.length);
  }

  /** Nothing was written but the bytes that a transport may write. */
  static void assertSurroundings(ByteBuffer buffer, int ownBytes) {
    buffer.clear();
    for (int i = 0; i < buffer.capacity(); i++) {
      if (i < BEFORE || i >= BEFORE + ownBytes) {
        assertEquals(FILL, buffer.get(i), "byte " + (i - BEFORE) + " of a packet");
      }
    }
  }
}
