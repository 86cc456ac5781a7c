package org.mediacore.codec.opus;

import java.nio.ByteBuffer;

/** An encoder of a library, without checks: {@link OpusAudioEncoder} has made them. */
interface EncoderCore {
  /**
   * Encodes one frame of a duration that Opus has.
   *
   * @param out where the payload goes; its position stays
   * @param maxBytes most bytes that may be written, at most {@link OpusPacket#MAX_FRAME_BYTES}
   * @return bytes, or a negative status
   */
  int encode(short[] pcm, int offset, int samples, ByteBuffer out, int maxBytes);

  /** Sets a control; returns whether the library took the value. */
  boolean set(EncoderControl control, int value);

  /** State of the range coder behind the last frame, for conformance tests. */
  int finalRange();

  /** Frees everything; called once, and nothing is called afterwards. */
  void close();
}
