package org.mediacore.runtime.codec;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.EncoderTuning;
import org.mediacore.api.payload.Depacketizer;

/** A decoder of bare frames, which a depacketizer takes out of payloads. */
final class FormattedDecoder implements AudioDecoder {
  /** Longer than any payload of a network is, and than the frames of the codecs there are. */
  private static final int MAX_FRAME_BYTES = 8 * 1024;

  private final AudioDecoder decoder;
  private final Depacketizer depacketizer;
  private final int channels;
  private final int mostSamples;
  private final ByteBuffer frame = frameBuffer();

  /** Of the payload that was read last. */
  private int frames;

  FormattedDecoder(AudioDecoder decoder, Depacketizer depacketizer, AudioFormat format) {
    this.decoder = decoder;
    this.depacketizer = depacketizer;
    channels = format.channels();
    mostSamples = format.samplesIn(CodecParameters.MAX_PAYLOAD_DURATION_US);
  }

  static ByteBuffer frameBuffer() {
    return ByteBuffer.allocate(MAX_FRAME_BYTES);
  }

  @Override
  public int decode(ByteBuffer payload, short[] pcm, int offset) {
    int expected = samplesIn(payload); // before the first frame: a bad payload leaves no trace
    if (expected < 0) {
      return expected;
    }
    int samples = 0;
    for (int i = 0; i < frames; i++) {
      int status = take(payload, i);
      int own = status < 0 ? status : decoder.decode(frame, pcm, offset + samples * channels);
      if (own < 0) {
        return own;
      }
      samples += own;
    }
    return samples;
  }

  /** Puts a frame of the payload read last into {@link #frame}. */
  private int take(ByteBuffer payload, int index) {
    frame.clear();
    int bytes = depacketizer.frame(payload, index, frame);
    frame.flip();
    return bytes == 0 ? MediaStatus.BAD_INPUT : bytes;
  }

  @Override
  public int samplesIn(ByteBuffer payload) {
    frames = depacketizer.read(payload);
    int samples = frames == 0 ? MediaStatus.BAD_INPUT : Math.min(frames, 0);
    for (int i = 0; i < frames; i++) {
      int status = take(payload, i);
      int own = status < 0 ? status : decoder.samplesIn(frame);
      if (own < 0) {
        return own;
      }
      samples += own;
      if (samples > mostSamples) {
        return MediaStatus.BAD_INPUT;
      }
    }
    return samples;
  }

  @Override
  public int conceal(int samples, short[] pcm, int offset) {
    return decoder.conceal(samples, pcm, offset);
  }

  @Override
  public int recover(ByteBuffer next, int samplesToNext, int samples, short[] pcm, int offset) {
    if (depacketizer.read(next) < 1 || take(next, 0) < 0) {
      return MediaStatus.UNSUPPORTED;
    }
    return decoder.recover(frame, samplesToNext, samples, pcm, offset);
  }

  @Override
  public void hurry(boolean hurried) {
    decoder.hurry(hurried);
  }

  @Override
  public EncoderTuning peerWish() {
    return decoder.peerWish();
  }

  @Override
  public boolean pauses() {
    return decoder.pauses();
  }

  @Override
  public int pause(ByteBuffer description) {
    return decoder.pause(description);
  }

  @Override
  public void close() {
    try (depacketizer) {
      decoder.close();
    }
  }
}
