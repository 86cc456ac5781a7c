package org.mediacore.codec.ilbc;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.EncoderTuning;

/** One or more frames per payload, one behind the other (RFC 3952 §3.2). */
final class IlbcEncoder implements AudioEncoder {
  private final FrameMode mode;
  private final int frames;
  private final FrameEncoder encoder;
  private final byte[] payload;
  private boolean closed;

  IlbcEncoder(FrameMode mode, int frames) {
    this.mode = mode;
    this.frames = frames;
    encoder = new FrameEncoder(mode);
    payload = new byte[frames * mode.bytes];
  }

  @Override
  public int encode(short[] pcm, int offset, int samples, ByteBuffer out) {
    if (closed) {
      return MediaStatus.FAILED;
    }
    if (samples != frames * mode.samples || offset < 0 || offset > pcm.length - samples) {
      return MediaStatus.BAD_INPUT;
    }
    if (out.remaining() < payload.length) {
      return MediaStatus.BUFFER_TOO_SMALL;
    }
    for (int frame = 0; frame < frames; frame++) {
      encoder.encode(pcm, offset + frame * mode.samples, payload, frame * mode.bytes);
    }
    out.put(payload, 0, payload.length);
    return payload.length;
  }

  /** iLBC has nothing to tune. */
  @Override
  public boolean tune(EncoderTuning tuning) {
    return false;
  }

  @Override
  public void close() {
    closed = true;
  }
}
