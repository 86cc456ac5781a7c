package org.mediacore.codec.g722;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioDecoder;

/**
 * Two samples of 16 kHz per octet; a payload of any length up to the given one is valid. Keeps what
 * the predictors and the filter remember, and leaves concealment to the platform: where audio is
 * lost they stand still, and leak back to where the sender's are once it returns.
 */
final class G722Decoder implements AudioDecoder {
  private final int maxSamples;
  private final InverseQuantizers quantizers;
  private final ZeroSection lowerZeros = new ZeroSection();
  private final ZeroSection higherZeros = new ZeroSection();
  private final PoleSections poles = new PoleSections();
  private final BandJoiner joiner = new BandJoiner();
  private final int[] fine = new int[Qmf.BLOCK];
  private final int[] lower = new int[Qmf.BLOCK];
  private final int[] higher = new int[Qmf.BLOCK];
  private final byte[] octets = new byte[Qmf.BLOCK];
  private boolean closed;

  G722Decoder(Mode mode, int maxSamples) {
    this.maxSamples = maxSamples;
    quantizers = new InverseQuantizers(mode);
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
    for (int done = 0; done < samples; done += 2 * Qmf.BLOCK) {
      int count = Math.min(Qmf.BLOCK, (samples - done) / 2);
      payload.get(payload.position() + done / 2, octets, 0, count);
      decodeBands(count);
      joiner.join(lower, higher, count, pcm, offset + done);
    }
    return samples;
  }

  /** What depends on codes alone comes first, in loops that are vectorized; then the signal. */
  private void decodeBands(int count) {
    quantizers.read(octets, count, lowerZeros, fine, higherZeros);
    lowerZeros.filter(count);
    higherZeros.filter(count);
    poles.reconstruct(lowerZeros, fine, higherZeros, count, lower, higher);
    limit(lower);
    limit(higher);
  }

  /** LIMIT of clauses 6.2.1.6 and 6.2.2.5: 15 bits. */
  private static void limit(int[] band) {
    for (int i = 0; i < Qmf.BLOCK; i++) {
      band[i] = Math.max(-16_384, Math.min(16_383, band[i]));
    }
  }

  @Override
  public int samplesIn(ByteBuffer payload) {
    int bytes = payload.remaining();
    return bytes == 0 || bytes > maxSamples / 2 ? MediaStatus.BAD_INPUT : 2 * bytes;
  }

  @Override
  public void close() {
    closed = true;
  }
}
