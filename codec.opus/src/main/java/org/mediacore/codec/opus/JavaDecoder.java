package org.mediacore.codec.opus;

import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.nio.ByteBuffer;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioFormat;

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
    made = new short[format.elementsIn(OpusPacket.MAX_DURATION_US)];
  }

  @Override
  public int decode(ByteBuffer payload, int samples, short[] pcm, int offset) {
    int bytes = take(payload);
    return deliver(run(packet, bytes, samples, false), 0, samples, pcm, offset);
  }

  @Override
  public int rebuild(ByteBuffer next, int frameSamples, int wanted, short[] pcm, int offset) {
    int made = run(packet, take(next), frameSamples, true);
    return deliver(made, frameSamples - wanted, wanted, pcm, offset);
  }

  @Override
  public int conceal(int samples, int wanted, short[] pcm, int offset) {
    return deliver(run(null, 0, samples, false), 0, wanted, pcm, offset);
  }

  private int take(ByteBuffer payload) {
    int bytes = payload.remaining();
    if (bytes > packet.length) {
      packet = new byte[MAX_PACKET_BYTES];
    }
    payload.get(payload.position(), packet, 0, bytes);
    return bytes;
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
  private int run(byte[] payload, int bytes, int samples, boolean redundancy) {
    try {
      return decoder.decode(payload, 0, bytes, made, 0, samples, redundancy);
    } catch (OpusException | RuntimeException | AssertionError broken) {
      decoder.resetState();
      return MediaStatus.BAD_INPUT;
    }
  }

  private int deliver(int count, int skipped, int wanted, short[] pcm, int offset) {
    if (count < 0) {
      return count;
    }
    int delivered = Math.min(count - skipped, wanted);
    System.arraycopy(made, skipped * channels, pcm, offset, delivered * channels);
    return delivered;
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
