package org.mediacore.codec.g711;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.tck.DecoderFuzz;

/**
 * Rule: whatever is decoded, concealed, recovered or said about pauses gives a status or the right
 * length, and a good payload behind it decodes. With JAZZER_FUZZ=1 the scripts are searched.
 */
class G711FuzzTest {
  private static final int FRAME = 160;
  private static final G711CodecFactory FACTORY = new G711CodecFactory();

  /** The codes of the vectors, 20 ms a payload, and pauses between; one of each law. */
  static Stream<Arguments> seeds() throws IOException {
    String configured = System.getenv("MEDIACORE_VECTORS");
    Path folder = Path.of(configured == null ? "../../shared/vectors" : configured, "g711");
    List<Arguments> seeds = new ArrayList<>();
    seeds.add(Arguments.of((Object) new byte[] {0, 3, 0, 3, 40, 127, 0, 2, 0, 80, 0, 0, 1, 0x55}));
    for (String name : List.of("sweep-r.u", "sweep-r.a")) {
      if (Files.exists(folder.resolve(name))) {
        seeds.add(Arguments.of((Object) seed(Files.readAllBytes(folder.resolve(name)))));
      }
    }
    return seeds.stream();
  }

  /** A code in each word of two bytes, of which every 40th is taken: the sweep is long. */
  private static byte[] seed(byte[] words) {
    List<byte[]> payloads = new ArrayList<>();
    for (int at = 0; at + 80 * FRAME <= words.length; at += 80 * FRAME) {
      byte[] payload = new byte[FRAME];
      for (int i = 0; i < FRAME; i++) {
        payload[i] = words[at + 80 * i];
      }
      payloads.add(payload);
    }
    byte[] script = DecoderFuzz.script(payloads, FRAME);
    byte[] seed = new byte[1 + script.length];
    System.arraycopy(script, 0, seed, 1, script.length);
    return seed;
  }

  /** The first byte: the law. */
  @MethodSource("seeds")
  @FuzzTest(maxDuration = "90s")
  void anyScript(byte[] data) throws Exception {
    play(data);
  }

  /** The seeds are heard: the vectors are what is meant. */
  @Test
  void seedsAreDecoded() throws Exception {
    for (Arguments seed : seeds().skip(1).toList()) {
      assertTrue(play((byte[]) seed.get()[0]) > 10 * FRAME);
    }
    assertEquals(80 + 1, play((byte[]) seeds().toList().get(0).get()[0]));
  }

  private static long play(byte[] data) throws Exception {
    if (data.length == 0) {
      return 0;
    }
    CodecParameters parameters =
        FACTORY
            .negotiate(FACTORY.descriptors().get(data[0] & 1), Fmtp.NONE, Fmtp.NONE)
            .orElseThrow();
    try (AudioDecoder decoder = FACTORY.createDecoder(parameters)) {
      DecoderFuzz fuzz = new DecoderFuzz(decoder, parameters);
      long samples = fuzz.play(data, 1);
      fuzz.assertDecodes(new byte[FRAME], FRAME);
      return samples;
    }
  }
}
