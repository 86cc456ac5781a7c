package org.mediacore.runtime.codec;

import java.nio.ByteBuffer;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.EncoderTuning;
import org.mediacore.api.payload.Packetizer;

/** An encoder of bare frames, whose frames a packetizer lays into payloads. */
final class FormattedEncoder implements AudioEncoder {
  private final AudioEncoder encoder;
  private final Packetizer packetizer;
  private final ByteBuffer frame = FormattedDecoder.frameBuffer();

  FormattedEncoder(AudioEncoder encoder, Packetizer packetizer) {
    this.encoder = encoder;
    this.packetizer = packetizer;
  }

  @Override
  public int encode(short[] pcm, int offset, int samples, ByteBuffer out) {
    frame.clear();
    int bytes = encoder.encode(pcm, offset, samples, frame);
    if (bytes <= 0) {
      return bytes;
    }
    return packetizer.packetize(frame.flip(), out);
  }

  @Override
  public boolean tune(EncoderTuning tuning) {
    return encoder.tune(tuning);
  }

  @Override
  public int describePause(ByteBuffer out) {
    return encoder.describePause(out);
  }

  @Override
  public void close() {
    try (packetizer) {
      encoder.close();
    }
  }
}
