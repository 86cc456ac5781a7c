package org.mediacore.codec.g711;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.dsp.companding.CompandingLaw;

/**
 * One sample per byte; a payload of any length up to the given one is valid. Keeps what was played
 * last, to conceal what is lost.
 */
final class G711Decoder implements AudioDecoder {
  private final CompandingLaw law;

  /** Codes copied out of a payload at a time; hardly any payload has more. */
  private static final int BLOCK = 960;

  private final int maxSamples;
  private final byte[] codes = new byte[BLOCK];
  private final LossConcealer concealer = new LossConcealer();
  private final NoiseDescription described = new NoiseDescription();
  private final ComfortNoise noise = new ComfortNoise();
  private boolean pausing;
  private boolean closed;

  G711Decoder(CompandingLaw law, int maxSamples) {
    this.law = law;
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
    for (int done = 0; done < samples; done += BLOCK) {
      int count = Math.min(BLOCK, samples - done);
      payload.get(payload.position() + done, codes, 0, count);
      law.decode(codes, 0, pcm, offset + done, count);
    }
    concealer.good(pcm, offset, samples);
    pausing = false;
    return samples;
  }

  @Override
  public int conceal(int samples, short[] pcm, int offset) {
    if (closed) {
      return MediaStatus.FAILED;
    }
    if (samples < 0) {
      return MediaStatus.BAD_INPUT;
    }
    if (offset < 0 || offset > pcm.length - samples) {
      return MediaStatus.BUFFER_TOO_SMALL;
    }
    if (pausing) {
      noise.fill(pcm, offset, samples);
      concealer.good(pcm, offset, samples);
    } else {
      concealer.conceal(pcm, offset, samples);
    }
    return samples;
  }

  @Override
  public int pause(ByteBuffer description) {
    if (closed) {
      return MediaStatus.FAILED;
    }
    int status = described.read(description);
    if (status < 0) {
      return status;
    }
    if (!pausing) {
      noise.restart();
    }
    pausing = true;
    noise.describe(described);
    return 0;
  }

  @Override
  public boolean pauses() {
    return pausing;
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
