package org.mediacore.payload.mpeg4;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.payload.Packetizer;

/** Puts the header of RFC 3640 before an access unit; see {@link GenericDepacketizer}. */
final class GenericPacketizer implements Packetizer {
  private final GenericMode mode;
  private boolean closed;

  GenericPacketizer(GenericMode mode) {
    this.mode = mode;
  }

  @Override
  public int packetize(ByteBuffer frame, ByteBuffer payload) {
    if (closed) {
      return MediaStatus.FAILED;
    }
    int size = frame.remaining();
    if (size == 0 || size > mode.maxUnitBytes()) {
      return MediaStatus.BAD_INPUT;
    }
    int head = 2 + mode.headerBytes();
    if (payload.remaining() < head + size) {
      return MediaStatus.BUFFER_TOO_SMALL;
    }
    int header = size << mode.indexBits();
    payload.put((byte) 0).put((byte) (8 * mode.headerBytes()));
    if (mode.headerBytes() == 2) {
      payload.put((byte) (header >> 8));
    }
    payload.put((byte) header);
    payload.put(payload.position(), frame, frame.position(), size);
    payload.position(payload.position() + size);
    return head + size;
  }

  @Override
  public void close() {
    closed = true;
  }
}
