package org.mediacore.payload.mpeg4;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.payload.Depacketizer;

/**
 * Finds the access units in a payload (RFC 3640 §3.2):
 *
 * <pre>
 * |AU-headers-length|AU-size|AU-Index      |AU-size|AU-Index-delta|..| unit 1 | unit 2 | ...
 *  16 bits: of what  13 or 6 3 or 2 bits
 *  follows, in bits
 * </pre>
 *
 * <p>Refused are an interleaved payload (§3.2.3.1: an index that is not 0) and a fragment of a
 * unit, of which there is no use without the others.
 */
final class GenericDepacketizer implements Depacketizer {
  private static final int LENGTH_BYTES = 2;

  private final GenericMode mode;
  private final UnitIndex units = new UnitIndex();
  private boolean closed;

  GenericDepacketizer(GenericMode mode) {
    this.mode = mode;
  }

  @Override
  public int read(ByteBuffer payload) {
    if (closed) {
      return MediaStatus.FAILED;
    }
    units.clear();
    int from = payload.position();
    int bytes = payload.remaining();
    if (bytes < LENGTH_BYTES) {
      return MediaStatus.BAD_INPUT;
    }
    int headerBits = octet(payload, from) << 8 | octet(payload, from + 1);
    int count = headerBits / 8 / mode.headerBytes();
    int at = LENGTH_BYTES + headerBits / 8;
    if (headerBits % (8 * mode.headerBytes()) != 0 || at > bytes || count > UnitIndex.MAX_UNITS) {
      return MediaStatus.BAD_INPUT;
    }
    for (int i = 0; i < count; i++) {
      int header = header(payload, from + LENGTH_BYTES + i * mode.headerBytes());
      int size = header >> mode.indexBits();
      boolean delayed = (header & (1 << mode.indexBits()) - 1) != 0;
      if (delayed || size == 0 || size > bytes - at) {
        units.clear();
        return MediaStatus.BAD_INPUT;
      }
      units.add(at, size);
      at += size;
    }
    return units.countIfWhole(at, bytes);
  }

  private int header(ByteBuffer payload, int at) {
    int first = octet(payload, at);
    return mode.headerBytes() == 1 ? first : first << 8 | octet(payload, at + 1);
  }

  private static int octet(ByteBuffer payload, int at) {
    return payload.get(at) & 0xFF;
  }

  @Override
  public int frame(ByteBuffer payload, int index, ByteBuffer frame) {
    return closed ? MediaStatus.FAILED : units.copy(payload, index, frame);
  }

  @Override
  public void close() {
    closed = true;
  }
}
