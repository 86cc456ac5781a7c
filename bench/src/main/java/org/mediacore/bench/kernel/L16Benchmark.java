package org.mediacore.bench.kernel;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.bench.material.Codecs;
import org.mediacore.bench.material.Voice;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A frame of 20 ms at 16 kHz, 320 samples. */
@State(Scope.Thread)
public class L16Benchmark {
  private static final int SAMPLES = 320;
  private static final String RTPMAP = "L16/16000";

  private final short[] voice = Voice.make(16_000, SAMPLES);
  private final short[] pcm = new short[1_920];
  private final ByteBuffer payload = ByteBuffer.allocateDirect(2 * SAMPLES);
  private final ByteBuffer encoded = ByteBuffer.allocateDirect(2 * SAMPLES);
  private AudioEncoder encoder;
  private AudioDecoder decoder;

  /** Makes codecs and a payload. */
  @Setup
  public void setup() throws MediaSetupException {
    encoder = Codecs.encoder(RTPMAP);
    decoder = Codecs.decoder(RTPMAP);
    encoder.encode(voice, 0, SAMPLES, encoded);
    encoded.flip();
  }

  /** Samples to bytes. */
  @Benchmark
  public int encode() {
    payload.clear();
    return encoder.encode(voice, 0, SAMPLES, payload);
  }

  /** Bytes to samples. */
  @Benchmark
  public int decode() {
    return decoder.decode(encoded, pcm, 0);
  }
}
