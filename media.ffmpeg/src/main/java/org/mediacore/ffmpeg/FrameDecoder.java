package org.mediacore.ffmpeg;

import org.osgi.annotation.versioning.ProviderType;

/**
 * An open audio decoder. Used by one thread at a time, closed once. Nothing is allocated on the
 * Java heap, locked or logged after it was opened.
 */
@ProviderType
public interface FrameDecoder extends AutoCloseable {
  /** The most bytes that one packet may have. */
  int MAX_PACKET_BYTES = 64 * 1024;

  /**
   * Decodes one packet.
   *
   * @param packet holds the bytes; the caller's, not changed
   * @param offset the first byte
   * @param length bytes, 1 to {@link #MAX_PACKET_BYTES}
   * @param pcm where interleaved 16-bit samples go; FFmpeg's floating-point samples are rounded and
   *     limited
   * @param pcmOffset first array element
   * @return samples per channel, 0 where the decoder gave nothing for this packet; {@code
   *     BAD_INPUT} for a packet that the codec does not take, {@code BUFFER_TOO_SMALL} where {@code
   *     pcm} has no room for what came out, which is then dropped, or {@code FAILED} ({@link
   *     org.mediacore.api.MediaStatus})
   */
  int decode(byte[] packet, int offset, int length, short[] pcm, int pcmOffset);

  /** Sampling rate of what was decoded last; what was set up before the first frame. */
  int sampleRateHz();

  /** Channels of what was decoded last; what was set up before the first frame. */
  int channels();

  /** Frees what the decoder holds. Closing again does nothing; {@link #decode} then fails. */
  @Override
  void close();
}
