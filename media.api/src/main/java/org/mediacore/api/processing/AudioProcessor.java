package org.mediacore.api.processing;

import org.mediacore.api.MediaStatus;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Changes audio in place, such as a gain, a filter or a noise suppressor. Used by one thread at a
 * time, closed once. Nothing is allocated, locked or logged after it was created. As many samples
 * come out as go in; what it needs to hold back it replaces by silence at first and tells as {@link
 * #delaySamples}.
 */
@ConsumerType
public interface AudioProcessor extends AutoCloseable {
  /**
   * Works on a block.
   *
   * @param pcm interleaved samples in the format it was created for, owned by the caller, changed
   *     in place; nothing outside the block is read or written
   * @param offset first array element
   * @param samples samples per channel, 1 or more, up to 120 ms ({@link
   *     org.mediacore.api.codec.CodecParameters#MAX_FRAME_DURATION_US}); the length may differ from
   *     block to block
   * @return {@code samples}; or a negative {@link MediaStatus}: the caller then uses the audio as
   *     it was before
   */
  int process(short[] pcm, int offset, int samples);

  /** How much later audio comes out than it went in, in samples per channel; constant. */
  default int delaySamples() {
    return 0;
  }

  /** Frees what it holds. Closing again does nothing; {@link #process} then fails. */
  @Override
  void close();
}
