package org.mediacore.codec.amr;

import java.util.Arrays;

/** Puts payloads together; {@link PayloadReader} draws them. */
final class PayloadWriter {
  private final AmrVariant variant;
  private final boolean octetAligned;
  private final int requestBits;
  private final int entryBits;
  private final int frames;
  private final int[] types;
  private final byte[][] speech;
  private final byte[] payload;
  private int added;

  /**
   * @param frames how many one payload holds
   */
  PayloadWriter(AmrVariant variant, boolean octetAligned, int frames) {
    this.variant = variant;
    this.octetAligned = octetAligned;
    this.frames = frames;
    requestBits = octetAligned ? 8 : 4;
    entryBits = octetAligned ? 8 : 6;
    types = new int[frames];
    speech = new byte[frames][AmrVariant.MAX_FRAME_BYTES];
    payload = new byte[1 + frames * AmrVariant.MAX_FRAME_BYTES];
  }

  /** The most bytes that a payload has. */
  int maxBytes() {
    return 1 + frames * (1 + variant.frameBytes(variant.modes - 1));
  }

  /** Forgets the frames added so far. */
  void clear() {
    added = 0;
  }

  /**
   * Adds a frame in the format of files (RFC 4867 §5.3): a header byte, then the bits.
   *
   * @return whether it is one: a known type, in its full length
   */
  boolean add(byte[] frame, int bytes) {
    int type = frame[0] >> 3 & 0xF;
    boolean known = variant.frameBits(type) >= 0;
    if (added == frames || !known || bytes < 1 || bytes != 1 + variant.frameBytes(type)) {
      return false;
    }
    types[added] = type;
    System.arraycopy(frame, 1, speech[added], 0, bytes - 1);
    if (bytes > 1) {
      speech[added][bytes - 2] &= (byte) (0xFF << (bytes - 1) * 8 - variant.frameBits(type));
    }
    added++;
    return true;
  }

  /** Whether no frame carries anything: such a payload is not sent (RFC 4867 §4.3.2). */
  boolean isEmpty() {
    for (int i = 0; i < added; i++) {
      if (variant.frameBits(types[i]) > 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Writes the payload of the frames added.
   *
   * @param request the mode request, 15 for none
   * @return bytes in {@link #bytes()}
   */
  int write(int request) {
    Arrays.fill(payload, (byte) 0);
    put(0, request, 4);
    int at = requestBits;
    for (int i = 0; i < added; i++) {
      int more = i < added - 1 ? 0x20 : 0;
      put(at, more | types[i] << 1 | 1, 6); // the quality bit is set: the frame is good
      at += entryBits;
    }
    for (int i = 0; i < added; i++) {
      int bits = variant.frameBits(types[i]);
      for (int b = 0; b < (bits + 7) / 8; b++) {
        put(at + b * 8, speech[i][b] & 0xFF, 8);
      }
      at += octetAligned ? (bits + 7) / 8 * 8 : bits;
    }
    return (at + 7) / 8;
  }

  /** Where {@link #write} puts the payload. */
  byte[] bytes() {
    return payload;
  }

  /**
   * Writes up to 8 bits over zeros. Those of a frame's last byte that are not its own are zero, so
   * that the next frame can write them.
   */
  private void put(int at, int value, int count) {
    int pair = value << 16 - count - at % 8;
    payload[at / 8] |= (byte) (pair >> 8);
    if (at / 8 + 1 < payload.length) {
      payload[at / 8 + 1] |= (byte) pair;
    }
  }
}
