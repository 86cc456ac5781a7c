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
import org.openjdk.jmh.annotations.TearDown;

/** A frame of 20 ms, 48 kHz mono, complexity 5, 32 kbit/s, through the embedded libopus. */
@State(Scope.Thread)
public class OpusBenchmark {
  private static final int SAMPLES = 960;
  private static final int FRAMES = 100;
  private static final int MAX_BYTES = 1_275;
  private static final String RTPMAP = "opus/48000/2";

  private final short[] voice = Voice.make(48_000, SAMPLES * FRAMES);
  private final short[] pcm = new short[5_760];
  private final ByteBuffer payload = ByteBuffer.allocateDirect(MAX_BYTES);
  private final ByteBuffer[] payloads = new ByteBuffer[FRAMES];
  private AudioEncoder encoder;
  private AudioDecoder decoder;
  private int frame;

  /** Makes codecs and payloads. */
  @Setup
  public void setup() throws MediaSetupException {
    encoder = Codecs.encoder(RTPMAP);
    decoder = Codecs.decoder(RTPMAP);
    for (int i = 0; i < FRAMES; i++) {
      payloads[i] = ByteBuffer.allocateDirect(MAX_BYTES);
      encoder.encode(voice, i * SAMPLES, SAMPLES, payloads[i]);
      payloads[i].flip();
    }
  }

  /** Frees the codecs. */
  @TearDown
  public void close() {
    encoder.close();
    decoder.close();
  }

  /** Samples to a payload. */
  @Benchmark
  public int encode() {
    frame = (frame + 1) % FRAMES;
    payload.clear();
    return encoder.encode(voice, frame * SAMPLES, SAMPLES, payload);
  }

  /** A payload to samples. */
  @Benchmark
  public int decode() {
    frame = (frame + 1) % FRAMES;
    return decoder.decode(payloads[frame], pcm, 0);
  }
}
