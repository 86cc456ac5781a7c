package org.mediacore.payload.mpeg4;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.payload.Packetizer;

/** Puts its length before an access unit; see {@link LatmDepacketizer}. */
final class LatmPacketizer implements Packetizer {
  private boolean closed;

  @Override
  public int packetize(ByteBuffer frame, ByteBuffer payload) {
    if (closed) {
      return MediaStatus.FAILED;
    }
    int size = frame.remaining();
    if (size == 0) {
      return MediaStatus.BAD_INPUT;
    }
    int head = size / 255 + 1;
    if (payload.remaining() < head + size) {
      return MediaStatus.BUFFER_TOO_SMALL;
    }
    for (int i = 1; i < head; i++) {
      payload.put((byte) 255);
    }
    payload.put((byte) (size % 255));
    payload.put(payload.position(), frame, frame.position(), size);
    payload.position(payload.position() + size);
    return head + size;
  }

  @Override
  public void close() {
    closed = true;
  }
}
