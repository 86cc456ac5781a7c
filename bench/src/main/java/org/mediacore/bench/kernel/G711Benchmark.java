package org.mediacore.bench.kernel;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.bench.material.Codecs;
import org.mediacore.bench.material.Voice;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A frame of 20 ms, 160 samples, through both laws. */
@State(Scope.Thread)
public class G711Benchmark {
  private static final int SAMPLES = 160;
  private static final int FRAMES = 50;

  /** The law. */
  @Param({"PCMU/8000", "PCMA/8000"})
  public String law;

  private final short[] voice = Voice.make(8_000, SAMPLES * FRAMES);
  private final short[] pcm = new short[960];
  private final ByteBuffer payload = ByteBuffer.allocateDirect(SAMPLES);
  private final ByteBuffer[] payloads = new ByteBuffer[FRAMES];
  private AudioEncoder encoder;
  private AudioDecoder decoder;
  private int frame;

  /** Makes codecs and payloads. */
  @Setup
  public void setup() throws MediaSetupException {
    encoder = Codecs.encoder(law);
    decoder = Codecs.decoder(law);
    for (int i = 0; i < FRAMES; i++) {
      payloads[i] = ByteBuffer.allocateDirect(SAMPLES);
      encoder.encode(voice, i * SAMPLES, SAMPLES, payloads[i]);
      payloads[i].flip();
    }
  }

  /** Samples to bytes. */
  @Benchmark
  public int encode() {
    frame = (frame + 1) % FRAMES;
    payload.clear();
    return encoder.encode(voice, frame * SAMPLES, SAMPLES, payload);
  }

  /** Bytes to samples. */
  @Benchmark
  public int decode() {
    frame = (frame + 1) % FRAMES;
    return decoder.decode(payloads[frame], pcm, 0);
  }
}
