package org.mediacore.codec.amr;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.EncoderTuning;
import org.mediacore.ffmpeg.FrameEncoder;

/**
 * One or more frames of 20 ms per payload, in the mode that the peer and the platform want. Asks
 * the peer for no mode (CMR 15).
 */
final class AmrEncoder implements AudioEncoder {
  private final AmrVariant variant;
  private final int highestMode;
  private final FrameEncoder encoder;
  private final ModeControl control;
  private final PayloadWriter writer;
  private final int frames;
  private final byte[] frame = new byte[AmrVariant.MAX_FRAME_BYTES];
  private int mode = -1;
  private boolean closed;

  /**
   * @param highestMode what no wish gets beyond
   * @param encoder the codec; closed with this
   * @param frames per payload
   */
  AmrEncoder(
      AmrVariant variant,
      int highestMode,
      FrameEncoder encoder,
      ModeControl control,
      boolean octetAligned,
      int frames) {
    this.variant = variant;
    this.highestMode = highestMode;
    this.encoder = encoder;
    this.control = control;
    this.frames = frames;
    writer = new PayloadWriter(variant, octetAligned, frames);
  }

  @Override
  public int encode(short[] pcm, int offset, int samples, ByteBuffer out) {
    if (closed) {
      return MediaStatus.FAILED;
    }
    if (samples != frames * variant.samplesPerFrame
        || offset < 0
        || offset > pcm.length - samples) {
      return MediaStatus.BAD_INPUT;
    }
    if (out.remaining() < writer.maxBytes()) {
      return MediaStatus.BUFFER_TOO_SMALL;
    }
    writer.clear();
    for (int i = 0; i < frames; i++) {
      switchMode(control.next());
      int bytes = encoder.encode(pcm, offset + i * variant.samplesPerFrame, frame, 0);
      if (!writer.add(frame, bytes)) {
        return MediaStatus.FAILED;
      }
    }
    if (writer.isEmpty()) {
      return 0;
    }
    int bytes = writer.write(AmrVariant.NO_DATA);
    out.put(writer.bytes(), 0, bytes);
    return bytes;
  }

  private void switchMode(int next) {
    if (next != mode) {
      mode = next;
      encoder.bitrateBps(variant.bitrateBps(next));
    }
  }

  /** Follows a bit rate: with the highest mode within it that may be used, or the lowest. */
  @Override
  public boolean tune(EncoderTuning tuning) {
    if (closed || tuning.bitrateBps().isEmpty()) {
      return false;
    }
    int mode = variant.modeWithin(tuning.bitrateBps().getAsInt());
    control.want(Math.min(mode, highestMode));
    return true;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      encoder.close();
    }
  }
}
