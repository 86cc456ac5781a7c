package org.mediacore.payload.mpeg4;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaStatus;

/** Where the access units of a payload lie. */
final class UnitIndex {
  /** The most units of a payload: as many as an AudioMuxElement can have. */
  static final int MAX_UNITS = 64;

  private final int[] starts = new int[MAX_UNITS];
  private final int[] sizes = new int[MAX_UNITS];
  private int count;

  void clear() {
    count = 0;
  }

  /**
   * @param start bytes of the payload before the unit
   */
  void add(int start, int size) {
    starts[count] = start;
    sizes[count] = size;
    count++;
  }

  /** How many there are; {@code BAD_INPUT} for none, or where they are not all of the payload. */
  int countIfWhole(int end, int bytes) {
    if (end != bytes) {
      count = 0;
    }
    return count == 0 ? MediaStatus.BAD_INPUT : count;
  }

  /** As {@link org.mediacore.api.payload.Depacketizer#frame}. */
  int copy(ByteBuffer payload, int index, ByteBuffer frame) {
    if (index < 0 || index >= count || starts[index] + sizes[index] > payload.remaining()) {
      return MediaStatus.BAD_INPUT;
    }
    int size = sizes[index];
    if (frame.remaining() < size) {
      return MediaStatus.BUFFER_TOO_SMALL;
    }
    frame.put(frame.position(), payload, payload.position() + starts[index], size);
    frame.position(frame.position() + size);
    return size;
  }
}
