package org.mediacore.codec.g722;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioDecoder;

/**
 * Two samples of 16 kHz per octet; a payload of any length up to 120 ms is valid. Keeps what the
 * predictors and the filter remember, and the last 40 ms to make up lost audio from.
 *
 * <p>What is made up also goes through the two predictors as if it were to be encoded: they then
 * stand about where the sender's do, instead of where they stood before the loss.
 */
final class G722Decoder implements AudioDecoder {
  private final int maxSamples;
  private final LowerBand lowerBand;
  private final HigherBand higherBand = new HigherBand();
  private final BandConcealer concealer = new BandConcealer();
  private final BandJoiner joiner = new BandJoiner();
  private final int[] lower = new int[Qmf.BLOCK];
  private final int[] higher = new int[Qmf.BLOCK];
  private final byte[] octets = new byte[Qmf.BLOCK];
  private boolean closed;

  G722Decoder(Mode mode, int maxSamples) {
    this.maxSamples = maxSamples;
    lowerBand = new LowerBand(mode);
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
      concealer.good(lower, higher, count);
      joiner.join(lower, higher, count, pcm, offset + done);
    }
    return samples;
  }

  private void decodeBands(int count) {
    for (int i = 0; i < count; i++) {
      int octet = octets[i] & 0xFF;
      // Side by side: neither waits for the other, so that the processor overlaps them.
      lower[i] = lowerBand.decode(octet & 0x3F);
      higher[i] = higherBand.decode(octet >> 6);
    }
  }

  /** An odd number of samples, which G.722 does not have, ends with the last one repeated. */
  @Override
  public int conceal(int samples, short[] pcm, int offset) {
    if (closed) {
      return MediaStatus.FAILED;
    }
    if (samples < 1) {
      return MediaStatus.BAD_INPUT;
    }
    if (offset < 0 || offset > pcm.length - samples) {
      return MediaStatus.BUFFER_TOO_SMALL;
    }
    for (int done = 0; done < samples - 1; done += 2 * Qmf.BLOCK) {
      int count = Math.min(Qmf.BLOCK, (samples - done) / 2);
      concealer.conceal(lower, higher, count);
      for (int i = 0; i < count; i++) {
        lowerBand.encode(lower[i]);
        higherBand.encode(higher[i]);
      }
      joiner.join(lower, higher, count, pcm, offset + done);
    }
    if (samples % 2 == 1) {
      pcm[offset + samples - 1] = samples == 1 ? 0 : pcm[offset + samples - 2];
    }
    return samples;
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
