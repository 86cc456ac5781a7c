package org.mediacore.ffmpeg;

import org.osgi.annotation.versioning.ProviderType;

/**
 * An open audio encoder. Used by one thread at a time, closed once. Nothing is allocated on the
 * Java heap, locked or logged after it was opened.
 */
@ProviderType
public interface FrameEncoder extends AutoCloseable {
  /** Samples per channel that {@link #encode} takes. */
  int samplesPerFrame();

  /**
   * Encodes one frame.
   *
   * @param pcm {@link #samplesPerFrame()} interleaved 16-bit samples per channel; not changed
   * @param offset first array element
   * @param packet where the bytes go; the caller's
   * @param packetOffset the first byte
   * @return bytes written, 0 where the encoder gave nothing for this frame; {@code BAD_INPUT} where
   *     {@code pcm} has too few elements, {@code BUFFER_TOO_SMALL} where {@code packet} has no room
   *     for what came out, which is then dropped, or {@code FAILED} ({@link
   *     org.mediacore.api.MediaStatus})
   */
  int encode(short[] pcm, int offset, byte[] packet, int packetOffset);

  /**
   * Sets the bit rate from the next frame on. Whether a running encoder follows is the codec's
   * matter; those of AMR do, with the next frame.
   *
   * @param bitrateBps bits per second
   */
  void bitrateBps(int bitrateBps);

  /** Frees what the encoder holds. Closing again does nothing; {@link #encode} then fails. */
  @Override
  void close();
}
