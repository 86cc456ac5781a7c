package org.mediacore.api.codec;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Turns frames of audio into payloads. Used by one thread at a time, closed once. Nothing is
 * allocated, locked or logged in {@link #encode}.
 */
@ConsumerType
public interface AudioEncoder extends AutoCloseable {
  /**
   * Encodes one frame.
   *
   * @param pcm interleaved samples in the send format, owned by the caller, not changed
   * @param offset first array element
   * @param samples samples per channel: exactly {@link CodecParameters#samplesPerFrame()}
   * @param out where the payload goes, from position on; owned by the caller, direct or on the
   *     heap; its position is advanced behind the payload, its limit kept. 1,275 bytes suffice for
   *     compressed codecs, two bytes per sample and channel for any
   * @return bytes written; 0 when there is nothing to send (discontinuous transmission); or a
   *     negative {@link org.mediacore.api.MediaStatus}, with {@code out} unchanged
   */
  int encode(short[] pcm, int offset, int samples, ByteBuffer out);

  /**
   * Changes what can be changed in a running encoder, from the next frame on. What a codec does not
   * have is ignored.
   *
   * @return whether anything that the tuning names was applied
   */
  boolean tune(EncoderTuning tuning);

  /**
   * What to send in place of a frame that {@link #encode} left out: a comfort noise payload (RFC
   * 3389), which goes out with a payload type of its own. Asked after {@code encode} gave 0, where
   * the peer takes such packets.
   *
   * @param out as in {@link #encode}
   * @return bytes written; 0 when there is nothing new to say
   */
  default int describePause(ByteBuffer out) {
    return 0;
  }

  /** Frees what the encoder holds. Closing again does nothing; {@link #encode} then fails. */
  @Override
  void close();
}
