package org.mediacore.api.payload;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Takes frames of a codec out of RTP payloads. Used by one thread at a time, closed once. Nothing
 * is allocated, locked or logged after it was created. Each payload is read without regard to the
 * ones before it, so that a lost one costs its own frames only.
 */
@ConsumerType
public interface Depacketizer extends AutoCloseable {
  /**
   * Finds the frames of a payload.
   *
   * @param payload read from position to limit; owned by the caller, who keeps it unchanged until
   *     the last {@link #frame} of it; position and content unchanged afterwards
   * @return how many frames it has, at least 1; or a negative {@link
   *     org.mediacore.api.MediaStatus}: {@code BAD_INPUT} for a payload that is not valid
   */
  int read(ByteBuffer payload);

  /**
   * Copies a frame of the payload that was read last.
   *
   * @param payload the same as in {@link #read}
   * @param index which frame, in the order of their time, from 0
   * @param frame where it goes, from position on; owned by the caller; its position is advanced
   *     behind the frame, its limit kept
   * @return bytes written, at least 1; or a negative {@link org.mediacore.api.MediaStatus}, with
   *     {@code frame} unchanged: {@code BUFFER_TOO_SMALL} where there is no room, {@code BAD_INPUT}
   *     where there is no such frame
   */
  int frame(ByteBuffer payload, int index, ByteBuffer frame);

  /** Frees what it holds. Closing again does nothing; {@link #read} then fails. */
  @Override
  void close();
}
