package org.mediacore.codec.l16;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecParameters;

/**
 * A payload of any length up to 120 ms that holds whole samples of all channels is valid. Keeps
 * nothing from frame to frame, and leaves concealment to the platform.
 */
final class L16Decoder implements AudioDecoder {
  private final int bytesPerSample;
  private final byte[] bytes;
  private boolean closed;

  L16Decoder(AudioFormat format) {
    bytesPerSample = 2 * format.channels();
    bytes = new byte[2 * format.elementsIn(CodecParameters.MAX_PAYLOAD_DURATION_US)];
  }

  @Override
  public int decode(ByteBuffer payload, short[] pcm, int offset) {
    if (closed) {
      return MediaStatus.FAILED;
    }
    int samples = samplesIn(payload);
    if (samples < 0) {
      return samples;
    }
    int length = samples * bytesPerSample;
    int elements = length / 2;
    if (offset < 0 || offset > pcm.length - elements) {
      return MediaStatus.BUFFER_TOO_SMALL;
    }
    byte[] from = bytes;
    payload.get(payload.position(), from, 0, length);
    for (int i = 0; i < elements; i++) {
      pcm[offset + i] = (short) (from[2 * i] << 8 | from[2 * i + 1] & 0xFF);
    }
    return samples;
  }

  @Override
  public int samplesIn(ByteBuffer payload) {
    int length = payload.remaining();
    if (length == 0 || length > bytes.length || length % bytesPerSample != 0) {
      return MediaStatus.BAD_INPUT;
    }
    return length / bytesPerSample;
  }

  @Override
  public void close() {
    closed = true;
  }
}
