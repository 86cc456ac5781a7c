package org.mediacore.codec.g711;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.EncoderTuning;
import org.mediacore.dsp.companding.CompandingLaw;

/**
 * One byte per sample. Where discontinuous transmission was asked for, frames of a pause are left
 * out, and comfort noise (RFC 3389) describes it.
 */
final class G711Encoder implements AudioEncoder {
  private final CompandingLaw law;
  private final byte[] payload;
  private final PauseDescriber pauses = new PauseDescriber();
  private final boolean dtx;
  private boolean leavesPausesOut;
  private boolean closed;

  /**
   * @param dtx whether pauses may be left out at all
   */
  G711Encoder(CompandingLaw law, int samplesPerFrame, boolean dtx) {
    this.dtx = dtx;
    this.law = law;
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
    if (leavesPausesOut && pauses.pauses(pcm, offset, samples)) {
      return 0;
    }
    // From array to array, then one bulk copy: the compiler unrolls this, but not ByteBuffer.put.
    law.encode(pcm, offset, payload, 0, samples);
    out.put(payload, 0, samples);
    return samples;
  }

  @Override
  public int describePause(ByteBuffer out) {
    if (closed) {
      return MediaStatus.FAILED;
    }
    return leavesPausesOut ? pauses.describe(out) : 0;
  }

  /** G.711 has nothing to tune but whether pauses are left out, where that is configured. */
  @Override
  public boolean tune(EncoderTuning tuning) {
    if (closed || !dtx || tuning.dtx().isEmpty()) {
      return false;
    }
    leavesPausesOut = tuning.dtx().get();
    return true;
  }

  @Override
  public void close() {
    closed = true;
  }
}
