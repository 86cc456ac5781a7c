package org.mediacore.codec.aac;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaStatus;

/**
 * Finds the access units in a payload (RFC 3640 §3.2):
 *
 * <pre>
 * |AU-headers-length|AU-size|AU-Index      |AU-size|AU-Index-delta|..|0..| unit 1 | unit 2 | ...
 *  16 bits: of what  13 or 6 3 or 2 bits
 *  follows, in bits
 * </pre>
 */
final class AccessUnits {
  /** The longest payload that is looked at. */
  static final int MAX_BYTES = 16 * 1024;

  private final int sizeBits;
  private final int indexBits;
  private final int maxUnits;
  private final byte[] data = new byte[MAX_BYTES];
  private final BitReader reader = new BitReader(data);
  private final int[] starts;
  private final int[] sizes;

  /**
   * @param maxUnits the most units that one payload may have
   */
  AccessUnits(int sizeBits, int indexBits, int maxUnits) {
    this.sizeBits = sizeBits;
    this.indexBits = indexBits;
    this.maxUnits = maxUnits;
    starts = new int[maxUnits];
    sizes = new int[maxUnits];
  }

  /**
   * Reads the headers of a payload.
   *
   * @return whole units in it, or {@code BAD_INPUT}: also for an interleaved payload (§3.2.3.1) and
   *     for a fragment of a unit, of which there is no use without the others
   */
  int read(ByteBuffer payload) {
    int bytes = payload.remaining();
    if (bytes < 2 || bytes > MAX_BYTES) {
      return MediaStatus.BAD_INPUT;
    }
    payload.get(payload.position(), data, 0, bytes);
    int headerBits = reader.start(0, 16).bits(16);
    int unit = sizeBits + indexBits;
    int units = headerBits / unit;
    int at = 2 + (headerBits + 7) / 8;
    if (units == 0 || units > maxUnits || headerBits % unit != 0 || at > bytes) {
      return MediaStatus.BAD_INPUT;
    }
    reader.start(16, 16 + headerBits);
    for (int i = 0; i < units; i++) {
      sizes[i] = reader.bits(sizeBits);
      starts[i] = at;
      at += sizes[i];
      if (reader.bits(indexBits) != 0 || sizes[i] == 0) {
        return MediaStatus.BAD_INPUT;
      }
    }
    return at == bytes ? units : MediaStatus.BAD_INPUT;
  }

  /** Where the units of the payload read last lie. */
  byte[] data() {
    return data;
  }

  /** First byte of a unit. */
  int start(int index) {
    return starts[index];
  }

  /** Bytes of a unit. */
  int size(int index) {
    return sizes[index];
  }
}
