package org.mediacore.api.payload;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Lays frames of a codec into RTP payloads, one frame into one. Used by one thread at a time,
 * closed once. Nothing is allocated, locked or logged after it was created. Each payload can be
 * read without the ones before it.
 */
@ConsumerType
public interface Packetizer extends AutoCloseable {
  /**
   * Lays a frame into a payload.
   *
   * @param frame what the encoder made, read from position to limit; owned by the caller; position
   *     and content unchanged afterwards; not empty
   * @param payload where it goes, from position on; owned by the caller, direct or on the heap; its
   *     position is advanced behind the payload, its limit kept
   * @return bytes written, at least 1; or a negative {@link org.mediacore.api.MediaStatus}, with
   *     {@code payload}'s position unchanged: {@code BUFFER_TOO_SMALL} where there is no room,
   *     {@code BAD_INPUT} for a frame that the format cannot carry
   */
  int packetize(ByteBuffer frame, ByteBuffer payload);

  /** Frees what it holds. Closing again does nothing; {@link #packetize} then fails. */
  @Override
  void close();
}
