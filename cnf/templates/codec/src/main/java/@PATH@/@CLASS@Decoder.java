package @PACKAGE@;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioDecoder;

/** One sample per byte. A lost packet is concealed by the platform, since nothing is said here. */
final class @CLASS@Decoder implements AudioDecoder {
  private final int maxSamples;
  private boolean closed;

  @CLASS@Decoder(int maxSamples) {
    this.maxSamples = maxSamples;
  }

  /** Whatever arrives gives a count or a status; the payload stays as it is. */
  @Override
  public int decode(ByteBuffer payload, short[] pcm, int offset) {
    if (closed) {
      return MediaStatus.FAILED;
    }
    int samples = samplesIn(payload);
    if (samples < 0) {
      return samples;
    }
    if (offset < 0 || offset > pcm.length - samples) {
      return MediaStatus.BUFFER_TOO_SMALL;
    }
    int position = payload.position();
    for (int i = 0; i < samples; i++) {
      pcm[offset + i] = sampleOf(payload.get(position + i));
    }
    return samples;
  }

  /** Your decoding: the square of the code twice, with the code's sign. */
  private static short sampleOf(byte code) {
    return (short) Math.max(Short.MIN_VALUE, 2 * code * Math.abs(code));
  }

  @Override
  public int samplesIn(ByteBuffer payload) {
    int bytes = payload.remaining();
    return bytes == 0 || bytes > maxSamples ? MediaStatus.BAD_INPUT : bytes;
  }

  @Override
  public void close() {
    closed = true;
  }
}
