package org.mediacore.codec.amr;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.EncoderTuning;
import org.mediacore.ffmpeg.FrameDecoder;

/**
 * Decodes payloads of one or more frames. Frames that were lost, are damaged or carry nothing are
 * given to the codec as such: it then conceals, or goes on with the comfort noise of a pause.
 */
final class AmrDecoder implements AudioDecoder {
  private final AmrVariant variant;
  private final FrameDecoder decoder;
  private final PayloadReader reader;
  private final byte[] frame = new byte[1 + AmrVariant.MAX_FRAME_BYTES];
  private final byte[] noData = {AmrVariant.NO_DATA << 3 | 0x04};

  /**
   * A concealed frame, of which {@link #concealedLeft} samples at the end were not asked for yet.
   */
  private final short[] concealed;

  private int concealedLeft;
  private EncoderTuning peerWish = EncoderTuning.NONE;
  private boolean paused;
  private boolean closed;

  /**
   * @param decoder the codec; closed with this
   */
  AmrDecoder(AmrVariant variant, FrameDecoder decoder, boolean octetAligned) {
    this.variant = variant;
    this.decoder = decoder;
    reader = new PayloadReader(variant, octetAligned);
    concealed = new short[variant.samplesPerFrame];
  }

  @Override
  public int decode(ByteBuffer payload, short[] pcm, int offset) {
    if (closed) {
      return MediaStatus.FAILED;
    }
    int frames = reader.read(payload);
    if (frames < 0) {
      return frames;
    }
    int samples = frames * variant.samplesPerFrame;
    if (offset < 0 || offset > pcm.length - samples) {
      return MediaStatus.BUFFER_TOO_SMALL;
    }
    heed(reader.request());
    concealedLeft = 0;
    for (int i = 0; i < frames; i++) {
      int decoded = decode(i, pcm, offset + i * variant.samplesPerFrame);
      if (decoded != variant.samplesPerFrame) {
        return MediaStatus.FAILED;
      }
    }
    return samples;
  }

  private int decode(int index, short[] pcm, int offset) {
    int type = reader.type(index);
    boolean carries = variant.frameBits(type) > 0 && !reader.damaged(index);
    if (!carries) {
      return decoder.decode(noData, 0, noData.length, pcm, offset);
    }
    paused = variant.isSilence(type);
    return decoder.decode(frame, 0, reader.copy(index, frame), pcm, offset);
  }

  /**
   * Takes a mode request; it holds until the next one. One that names no mode is ignored, and "no
   * preference" lifts an earlier one (RFC 4867 §4.3.1).
   */
  private void heed(int request) {
    if (variant.isSpeech(request)) {
      peerWish = variant.request(request);
    } else if (request == AmrVariant.NO_DATA && peerWish != EncoderTuning.NONE) {
      peerWish = variant.request(variant.modes - 1);
    }
  }

  /** The bit rate of the mode that the peer requested last. */
  @Override
  public EncoderTuning peerWish() {
    return peerWish;
  }

  @Override
  public boolean pauses() {
    return paused;
  }

  @Override
  public int samplesIn(ByteBuffer payload) {
    int frames = reader.read(payload);
    return frames < 0 ? frames : frames * variant.samplesPerFrame;
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
        if (decoder.decode(noData, 0, noData.length, concealed, 0) != concealed.length) {
          return MediaStatus.FAILED;
        }
        concealedLeft = concealed.length;
      }
      int count = Math.min(concealedLeft, samples - done);
      System.arraycopy(concealed, concealed.length - concealedLeft, pcm, offset + done, count);
      concealedLeft -= count;
      done += count;
    }
    return samples;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      decoder.close();
    }
  }
}
