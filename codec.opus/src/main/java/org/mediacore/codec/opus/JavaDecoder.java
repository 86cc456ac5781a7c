package org.mediacore.codec.opus;

import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.nio.ByteBuffer;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecParameters;

/** A decoder of Concentus. */
final class JavaDecoder implements DecoderCore {
  /** Enough for an Ethernet packet; a longer one makes it grow, once. */
  private static final int USUAL_PACKET_BYTES = 1500;

  private final OpusDecoder decoder;
  private final int channels;
  private final short[] made;
  private byte[] packet = new byte[USUAL_PACKET_BYTES];

  JavaDecoder(OpusDecoder decoder, AudioFormat format) {
    this.decoder = decoder;
    channels = format.channels();
    made = new short[format.elementsIn(CodecParameters.MAX_PAYLOAD_DURATION_US)];
  }

  @Override
  public int decode(ByteBuffer payload, int samples, short[] pcm, int offset, boolean redundancy) {
    int bytes = payload.remaining();
    if (bytes > packet.length) {
      packet = new byte[MAX_PACKET_BYTES];
    }
    payload.get(payload.position(), packet, 0, bytes);
    return run(packet, bytes, samples, samples, pcm, offset, redundancy);
  }

  @Override
  public int conceal(int samples, int wanted, short[] pcm, int offset) {
    return run(null, 0, samples, wanted, pcm, offset, false);
  }

  @Override
  public int readRedundancy(ByteBuffer next) {
    return 0;
  }

  @Override
  public int restore(int samplesBefore, int samples, short[] pcm, int offset) {
    return MediaStatus.UNSUPPORTED;
  }

  /** Decodes into an array of its own first: Concentus may write before it fails. */
  private int run(
      byte[] payload,
      int bytes,
      int samples,
      int wanted,
      short[] pcm,
      int offset,
      boolean redundancy) {
    try {
      int count = decoder.decode(payload, 0, bytes, made, 0, samples, redundancy);
      int delivered = Math.min(count, wanted);
      System.arraycopy(made, 0, pcm, offset, delivered * channels);
      return delivered;
    } catch (OpusException | RuntimeException | AssertionError broken) {
      decoder.resetState();
      return MediaStatus.BAD_INPUT;
    }
  }

  @Override
  public int finalRange() {
    return decoder.getFinalRange();
  }

  @Override
  public void close() {
    // The garbage collector has it.
  }
}
