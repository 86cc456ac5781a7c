package org.mediacore.example.g726;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioDecoder;

/** Two samples per byte, as {@link G726Encoder} has them. Losses are concealed by the platform. */
final class G726Decoder implements AudioDecoder {
  private final G726Adpcm adpcm = new G726Adpcm();
  private final int maxSamples;
  private boolean closed;

  G726Decoder(int maxSamples) {
    this.maxSamples = maxSamples;
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
    if (offset < 0 || offset > pcm.length - samples) {
      return MediaStatus.BUFFER_TOO_SMALL;
    }
    int position = payload.position();
    for (int i = 0; i < samples; i += 2) {
      int codes = payload.get(position + i / 2);
      pcm[offset + i] = adpcm.decode(codes & 15);
      pcm[offset + i + 1] = adpcm.decode(codes >> G726Adpcm.CODE_BITS & 15);
    }
    return samples;
  }

  @Override
  public int samplesIn(ByteBuffer payload) {
    int samples = 2 * payload.remaining();
    return samples == 0 || samples > maxSamples ? MediaStatus.BAD_INPUT : samples;
  }

  @Override
  public void close() {
    closed = true;
  }
}
