package org.mediacore.codec.g711;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.EncoderTuning;

/** One byte per sample. Keeps nothing from frame to frame but the room it works in. */
final class G711Encoder implements AudioEncoder {
  private final byte[] codes;
  private final int shift;
  private final byte[] payload;
  private boolean closed;

  G711Encoder(CompandingLaw law, int samplesPerFrame) {
    codes = law.codes;
    shift = law.shift;
    payload = new byte[samplesPerFrame];
  }

  @Override
  public int encode(short[] pcm, int offset, int samples, ByteBuffer out) {
    if (closed) {
      return MediaStatus.FAILED;
    }
    if (samples != payload.length || offset < 0 || offset > pcm.length - samples) {
      return MediaStatus.BAD_INPUT;
    }
    if (out.remaining() < samples) {
      return MediaStatus.BUFFER_TOO_SMALL;
    }
    // From array to array, then one bulk copy: the compiler unrolls this, but not ByteBuffer.put.
    byte[] table = codes;
    byte[] to = payload;
    int mask = table.length - 1;
    for (int i = 0; i < to.length; i++) {
      to[i] = table[(pcm[offset + i] >> shift) & mask];
    }
    out.put(to, 0, samples);
    return samples;
  }

  /** G.711 has nothing to tune. */
  @Override
  public boolean tune(EncoderTuning tuning) {
    return false;
  }

  @Override
  public void close() {
    closed = true;
  }
}
