package org.mediacore.codec.l16;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecParameters;

/**
 * A payload of whole samples of all channels, up to {@link
 * CodecParameters#MAX_PAYLOAD_DURATION_US}, is valid. Keeps nothing from frame to frame, and leaves
 * concealment to the platform.
 */
final class L16Decoder implements AudioDecoder {
  /** What is copied out of a payload at a time. */
  private static final int BLOCK_US = 20_000;

  private final int bytesPerSample;
  private final int maxBytes;
  private final byte[] block;
  private boolean closed;

  L16Decoder(AudioFormat format) {
    bytesPerSample = 2 * format.channels();
    maxBytes = 2 * format.elementsIn(CodecParameters.MAX_PAYLOAD_DURATION_US);
    block = new byte[2 * format.elementsIn(BLOCK_US)];
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
    for (int done = 0; done < length; done += block.length) {
      int count = Math.min(block.length, length - done);
      payload.get(payload.position() + done, block, 0, count);
      unpack(block, count / 2, pcm, offset + done / 2);
    }
    return samples;
  }

  private static void unpack(byte[] from, int elements, short[] pcm, int offset) {
    for (int i = 0; i < elements; i++) {
      pcm[offset + i] = (short) (from[2 * i] << 8 | from[2 * i + 1] & 0xFF);
    }
  }

  @Override
  public int samplesIn(ByteBuffer payload) {
    int length = payload.remaining();
    if (length == 0 || length > maxBytes || length % bytesPerSample != 0) {
      return MediaStatus.BAD_INPUT;
    }
    return length / bytesPerSample;
  }

  @Override
  public void close() {
    closed = true;
  }
}
