package org.mediacore.payload.mpeg4;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.payload.Depacketizer;

/**
 * Finds the access units in a payload that is one AudioMuxElement without a configuration (ISO/IEC
 * 14496-3 §1.7.3; RFC 6416 §6.2):
 *
 * <pre>
 * |255|..|255|0..254| unit 1 |255|..|0..254| unit 2 | ... as many as the configuration says
 *  its length: the sum
 * </pre>
 *
 * <p>A fragment of one (§6.3) is refused: there is no use of it without the others.
 */
final class LatmDepacketizer implements Depacketizer {
  private static final int CONTINUED = 255;

  private final int subframes;
  private final UnitIndex units = new UnitIndex();
  private boolean closed;

  /**
   * @param subframes access units in each payload, 1 to 64
   */
  LatmDepacketizer(int subframes) {
    this.subframes = subframes;
  }

  @Override
  public int read(ByteBuffer payload) {
    if (closed) {
      return MediaStatus.FAILED;
    }
    units.clear();
    int bytes = payload.remaining();
    int at = 0;
    for (int i = 0; i < subframes; i++) {
      int size = 0;
      int octet = CONTINUED;
      while (octet == CONTINUED && at < bytes) {
        octet = payload.get(payload.position() + at) & 0xFF;
        size += octet;
        at++;
      }
      if (octet == CONTINUED || size == 0 || size > bytes - at) {
        units.clear();
        return MediaStatus.BAD_INPUT;
      }
      units.add(at, size);
      at += size;
    }
    return units.countIfWhole(at, bytes);
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
