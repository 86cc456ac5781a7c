package org.mediacore.example.g726;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.EncoderTuning;

/**
 * Two samples per byte, the first one in the low half (RFC 3551 §4.5.4):
 *
 * <pre>
 *   7   6   5   4   3   2   1   0
 * +---------------+---------------+
 * | sample 2n + 1 |   sample 2n   |
 * +---------------+---------------+
 * </pre>
 */
final class G726Encoder implements AudioEncoder {
  private final G726Adpcm adpcm = new G726Adpcm();
  private final int samplesPerFrame;
  private boolean closed;

  G726Encoder(int samplesPerFrame) {
    this.samplesPerFrame = samplesPerFrame;
  }

  @Override
  public int encode(short[] pcm, int offset, int samples, ByteBuffer out) {
    if (closed) {
      return MediaStatus.FAILED;
    }
    if (samples != samplesPerFrame || offset < 0 || offset > pcm.length - samples) {
      return MediaStatus.BAD_INPUT;
    }
    int bytes = samples / 2;
    if (out.remaining() < bytes) {
      return MediaStatus.BUFFER_TOO_SMALL;
    }
    for (int i = 0; i < samples; i += 2) {
      int first = adpcm.encode(pcm[offset + i]);
      int second = adpcm.encode(pcm[offset + i + 1]);
      out.put((byte) (second << G726Adpcm.CODE_BITS | first));
    }
    return bytes;
  }

  /**
   * There is nothing to tune. A frame cannot stand for itself, either: a decoder that missed some
   * finds back by the leaks in all of its coefficients.
   */
  @Override
  public boolean tune(EncoderTuning tuning) {
    return false;
  }

  @Override
  public void close() {
    closed = true;
  }
}
