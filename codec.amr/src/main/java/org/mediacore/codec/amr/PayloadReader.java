package org.mediacore.codec.amr;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaStatus;

/**
 * Takes payloads apart (RFC 4867 §4.3, §4.4). Both layouts are a mode request (CMR), a table of
 * contents with one entry per frame (ToC), then the speech bits of each:
 *
 * <pre>
 * bandwidth-efficient: all behind one another, zero bits up to a whole byte at the end
 *   |CMR    |F|FT     |Q|F|FT     |Q| bits of frame 1 ... bits of frame 2 ... |0..|
 *    4 bits  6 bits      6 bits
 * octet-aligned: each of them padded to whole bytes
 *   |CMR    |R R R R|F|FT     |Q|P P|F|FT     |Q|P P| frame 1 |0..| frame 2 |0..|
 *    8 bits          8 bits          8 bits
 *
 * F: another entry follows; FT: frame type; Q: 0 for a damaged frame; R, P: ignored
 * </pre>
 */
final class PayloadReader {
  private static final int MAX_DURATION_US = 120_000;
  private static final int MAX_FRAMES = MAX_DURATION_US / AmrVariant.FRAME_US;

  /** The longest payload: octet-aligned AMR-WB at its highest rate. */
  static final int MAX_BYTES = 1 + MAX_FRAMES * AmrVariant.MAX_FRAME_BYTES;

  private final AmrVariant variant;
  private final boolean octetAligned;
  private final int requestBits;
  private final int entryBits;
  private final byte[] data = new byte[MAX_BYTES + 1];
  private final int[] types = new int[MAX_FRAMES];
  private final boolean[] damaged = new boolean[MAX_FRAMES];
  private final int[] starts = new int[MAX_FRAMES];
  private int request;

  PayloadReader(AmrVariant variant, boolean octetAligned) {
    this.variant = variant;
    this.octetAligned = octetAligned;
    requestBits = octetAligned ? 8 : 4;
    entryBits = octetAligned ? 8 : 6;
  }

  /**
   * Reads the headers of a payload and checks its length.
   *
   * @return frames in it, or {@code BAD_INPUT}: a frame type that is not to be sent, more than 120
   *     ms, or bytes that are missing or too many; such a payload is dropped as a whole (RFC 4867
   *     §4.3.2)
   */
  int read(ByteBuffer payload) {
    int bytes = payload.remaining();
    if (bytes == 0 || bytes > MAX_BYTES) {
      return MediaStatus.BAD_INPUT;
    }
    payload.get(payload.position(), data, 0, bytes);
    data[bytes] = 0; // an entry may begin in the last byte
    int end = bytes * 8;
    int frames = 0;
    int at = requestBits;
    boolean more = true;
    while (more) {
      if (frames == MAX_FRAMES || at + entryBits > end) {
        return MediaStatus.BAD_INPUT;
      }
      int entry = bits(at, 6);
      more = (entry & 0x20) != 0;
      types[frames] = entry >> 1 & 0xF;
      damaged[frames] = (entry & 1) == 0;
      frames++;
      at += entryBits;
    }
    request = bits(0, 4);
    return layOut(frames, at, bytes);
  }

  private int layOut(int frames, int firstBit, int bytes) {
    int at = firstBit;
    for (int i = 0; i < frames; i++) {
      int bits = variant.frameBits(types[i]);
      if (bits < 0) {
        return MediaStatus.BAD_INPUT;
      }
      starts[i] = at;
      at += octetAligned ? (bits + 7) / 8 * 8 : bits;
    }
    return (at + 7) / 8 == bytes ? frames : MediaStatus.BAD_INPUT;
  }

  /** The mode request of the payload read last, 0 to 15. */
  int request() {
    return request;
  }

  /** The type of a frame of the payload read last. */
  int type(int frame) {
    return types[frame];
  }

  /** Whether the sender or a gateway has marked a frame as damaged. */
  boolean damaged(int frame) {
    return damaged[frame];
  }

  /**
   * Copies a frame in the format of files (RFC 4867 §5.3), which decoders take: a header byte of
   * {@code 0 FT Q 0 0}, then the bits, padded with zeros.
   *
   * @return bytes written
   */
  int copy(int frame, byte[] out) {
    int type = types[frame];
    int bits = variant.frameBits(type);
    int bytes = (bits + 7) / 8;
    out[0] = (byte) (type << 3 | 0x04);
    int shift = starts[frame] % 8;
    int from = starts[frame] / 8;
    for (int i = 0; i < bytes; i++) {
      int pair = (data[from + i] & 0xFF) << 8 | data[from + i + 1] & 0xFF;
      out[1 + i] = (byte) (pair >> 8 - shift);
    }
    int unused = bytes * 8 - bits;
    out[bytes] &= (byte) (0xFF << unused);
    return 1 + bytes;
  }

  private int bits(int at, int count) {
    int pair = (data[at / 8] & 0xFF) << 8 | data[at / 8 + 1] & 0xFF;
    return pair >> 16 - count - at % 8 & (1 << count) - 1;
  }
}
