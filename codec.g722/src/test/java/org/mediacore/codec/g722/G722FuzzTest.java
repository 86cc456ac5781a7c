package org.mediacore.codec.g722;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.tck.DecoderFuzz;

/**
 * Rule: whatever is decoded, concealed or recovered gives a status or the right length, and a good
 * payload behind it decodes; nothing leaves its range. With JAZZER_FUZZ=1 the scripts are searched.
 */
class G722FuzzTest {
  private static final int FRAME = 160;
  private static final int SEED_FRAMES = 12;
  private static final G722CodecFactory FACTORY = new G722CodecFactory();
  private static final CodecParameters PARAMETERS =
      FACTORY.negotiate(FACTORY.descriptors().get(0), Fmtp.NONE, Fmtp.NONE).orElseThrow();

  /** Three pieces of the encoded test sequence, and codes that drive all steps to their largest. */
  static Stream<Arguments> seeds() throws IOException {
    String configured = System.getenv("MEDIACORE_VECTORS");
    Path file =
        Path.of(configured == null ? "../../shared/vectors" : configured, "g722", "codspw.cod");
    List<Arguments> seeds = new ArrayList<>();
    byte[] loud = new byte[4 + FRAME];
    loud[3] = (byte) FRAME;
    for (int i = 4; i < loud.length; i++) {
      loud[i] = (byte) (i % 3 == 0 ? 0x04 : 0xE0);
    }
    seeds.add(Arguments.of((Object) loud));
    if (Files.exists(file)) {
      byte[] words = Files.readAllBytes(file);
      for (int mode = 0; mode < 3; mode++) {
        seeds.add(Arguments.of((Object) seed(mode, words, mode * words.length / 3 & ~1)));
      }
    }
    return seeds.stream();
  }

  /** An octet in each word of two bytes. */
  private static byte[] seed(int mode, byte[] words, int from) {
    List<byte[]> payloads = new ArrayList<>();
    for (int frame = 0; frame < SEED_FRAMES; frame++) {
      byte[] payload = new byte[FRAME];
      for (int i = 0; i < FRAME; i++) {
        payload[i] = words[from + 2 * (frame * FRAME + i)];
      }
      payloads.add(payload);
    }
    byte[] script = DecoderFuzz.script(payloads, 2 * FRAME);
    byte[] seed = new byte[1 + script.length];
    seed[0] = (byte) mode;
    System.arraycopy(script, 0, seed, 1, script.length);
    return seed;
  }

  /** The first byte: the mode. */
  @MethodSource("seeds")
  @FuzzTest(maxDuration = "90s")
  void anyScript(byte[] data) {
    play(data);
  }

  /** The seeds are heard: the vectors are what is meant. */
  @Test
  void seedsAreDecoded() throws Exception {
    for (Arguments seed : seeds().skip(1).toList()) {
      assertTrue(play((byte[]) seed.get()[0]) >= SEED_FRAMES * 2 * FRAME);
    }
  }

  private static long play(byte[] data) {
    if (data.length == 0) {
      return 0;
    }
    Mode mode = Mode.values()[(data[0] & 0xFF) % Mode.values().length];
    int longest = PARAMETERS.receiveFormat().samplesIn(CodecParameters.MAX_PAYLOAD_DURATION_US);
    try (G722Decoder decoder = new G722Decoder(mode, longest)) {
      DecoderFuzz fuzz = new DecoderFuzz(decoder, PARAMETERS);
      long samples = fuzz.play(data, 1);
      fuzz.assertDecodes(new byte[FRAME], 2 * FRAME);
      assertSilenceSettles(decoder);
      return samples;
    }
  }

  /**
   * The codes of the smallest differences: what was before has leaked away within half a second.
   */
  private static void assertSilenceSettles(G722Decoder decoder) {
    byte[] quiet = new byte[FRAME];
    Arrays.fill(quiet, (byte) 0xFF);
    short[] pcm = new short[2 * FRAME];
    for (int i = 0; i < 25; i++) {
      decoder.decode(ByteBuffer.wrap(quiet), pcm, 0);
    }
    for (short sample : pcm) {
      assertTrue(Math.abs(sample) < 200, "still " + sample);
    }
  }
}
