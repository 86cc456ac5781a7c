package org.mediacore.codec.ilbc;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioDecoder;

/**
 * A payload of one or more whole frames of the agreed mode, up to 120 ms, is valid. A frame in it
 * that is marked empty or cannot be is concealed (RFC 3951 §3.8).
 */
final class IlbcDecoder implements AudioDecoder {
  private static final int LONGEST_MS = 120;

  private final FrameMode mode;
  private final FrameDecoder decoder;
  private final byte[] data;

  /**
   * A concealed frame, of which {@link #concealedLeft} samples at the end were not asked for yet.
   */
  private final short[] concealed;

  private int concealedLeft;
  private boolean closed;

  IlbcDecoder(FrameMode mode) {
    this.mode = mode;
    decoder = new FrameDecoder(mode);
    data = new byte[LONGEST_MS / mode.frameMs * mode.bytes];
    concealed = new short[mode.samples];
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
    int frames = samples / mode.samples;
    payload.get(payload.position(), data, 0, frames * mode.bytes);
    for (int frame = 0; frame < frames; frame++) {
      decoder.decode(data, frame * mode.bytes, pcm, offset + frame * mode.samples);
    }
    concealedLeft = 0;
    return samples;
  }

  @Override
  public int samplesIn(ByteBuffer payload) {
    int bytes = payload.remaining();
    if (bytes == 0 || bytes > data.length || bytes % mode.bytes != 0) {
      return MediaStatus.BAD_INPUT;
    }
    return bytes / mode.bytes * mode.samples;
  }

  /**
   * Conceals by whole frames; what is left of one when fewer samples are asked for comes first the
   * next time.
   */
  @Override
  public int conceal(int samples, short[] pcm, int offset) {
    if (closed) {
      return MediaStatus.FAILED;
    }
    if (samples < 0 || offset < 0 || offset > pcm.length - samples) {
      return MediaStatus.BUFFER_TOO_SMALL;
    }
    int done = 0;
    while (done < samples) {
      if (concealedLeft == 0) {
        decoder.conceal(concealed, 0);
        concealedLeft = mode.samples;
      }
      int count = Math.min(concealedLeft, samples - done);
      System.arraycopy(concealed, mode.samples - concealedLeft, pcm, offset + done, count);
      concealedLeft -= count;
      done += count;
    }
    return samples;
  }

  @Override
  public void close() {
    closed = true;
  }
}
