package org.mediacore.codec.g722;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.EncoderTuning;

/**
 * Two samples of 16 kHz per octet: 2 bits of the higher band, then 6 of the lower (G.722 clause
 * 1.4.4). Keeps what the filter and the two predictors remember.
 */
final class G722Encoder implements AudioEncoder {
  private final int samplesPerFrame;
  private final BandSplitter splitter = new BandSplitter();
  private final LowerBand lowerBand = new LowerBand();
  private final HigherBand higherBand = new HigherBand();
  private final int[] lower = new int[Qmf.BLOCK];
  private final int[] higher = new int[Qmf.BLOCK];
  private final byte[] octets = new byte[Qmf.BLOCK];
  private boolean closed;

  G722Encoder(int samplesPerFrame) {
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
    if (out.remaining() < samples / 2) {
      return MediaStatus.BUFFER_TOO_SMALL;
    }
    for (int done = 0; done < samples; done += 2 * Qmf.BLOCK) {
      int count = Math.min(Qmf.BLOCK, (samples - done) / 2);
      splitter.split(pcm, offset + done, count, lower, higher);
      encodeBands(count);
      out.put(octets, 0, count);
    }
    return samples / 2;
  }

  private void encodeBands(int count) {
    // One after the other: each loop then fits the processor's registers.
    for (int i = 0; i < count; i++) {
      octets[i] = (byte) lowerBand.encode(lower[i]);
    }
    for (int i = 0; i < count; i++) {
      octets[i] |= (byte) (higherBand.encode(higher[i]) << 6);
    }
  }

  /** G.722 has nothing to tune. */
  @Override
  public boolean tune(EncoderTuning tuning) {
    return false;
  }

  @Override
  public void close() {
    closed = true;
  }
}
