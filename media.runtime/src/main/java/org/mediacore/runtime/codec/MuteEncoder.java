package org.mediacore.runtime.codec;

import java.nio.ByteBuffer;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.EncoderTuning;

/** Stands in for the encoder of a codec that only decodes here: there is never anything to send. */
final class MuteEncoder implements AudioEncoder {
  @Override
  public int encode(short[] pcm, int offset, int samples, ByteBuffer out) {
    return 0;
  }

  @Override
  public boolean tune(EncoderTuning tuning) {
    return false;
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
