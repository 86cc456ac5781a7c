package org.mediacore.codec.l16;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.EncoderTuning;

/** Two bytes per sample and channel, the high one first, channels interleaved. */
final class L16Encoder implements AudioEncoder {
  private final int samplesPerFrame;
  private final int elements;
  private final byte[] payload;
  private boolean closed;

  L16Encoder(AudioFormat format, int samplesPerFrame) {
    this.samplesPerFrame = samplesPerFrame;
    elements = samplesPerFrame * format.channels();
    payload = new byte[2 * elements];
  }

  @Override
  public int encode(short[] pcm, int offset, int samples, ByteBuffer out) {
    if (closed) {
      return MediaStatus.FAILED;
    }
    if (samples != samplesPerFrame || offset < 0 || offset > pcm.length - elements) {
      return MediaStatus.BAD_INPUT;
    }
    if (out.remaining() < payload.length) {
      return MediaStatus.BUFFER_TOO_SMALL;
    }
    byte[] to = payload;
    for (int i = 0; i < elements; i++) {
      int sample = pcm[offset + i];
      to[2 * i] = (byte) (sample >> 8);
      to[2 * i + 1] = (byte) sample;
    }
    out.put(to, 0, to.length);
    return to.length;
  }

  /** L16 has nothing to tune. */
  @Override
  public boolean tune(EncoderTuning tuning) {
    return false;
  }

  @Override
  public void close() {
    closed = true;
  }
}
