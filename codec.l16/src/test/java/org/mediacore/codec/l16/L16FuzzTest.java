package org.mediacore.codec.l16;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
 * Rule: whatever is decoded, concealed or recovered gives a status or the right length, and a good
 * payload behind it decodes. With JAZZER_FUZZ=1 the scripts are searched.
 */
class L16FuzzTest {
  private static final L16CodecFactory FACTORY = new L16CodecFactory();

  /** Half a payload of two samples; and where there is speech, eight payloads of each format. */
  static Stream<Arguments> seeds() throws IOException {
    String configured = System.getenv("MEDIACORE_VECTORS");
    Path file =
        Path.of(
            configured == null ? "../../shared/vectors" : configured,
            "speech/alsa-48k/Front_Center.wav");
    List<Arguments> seeds = new ArrayList<>();
    seeds.add(Arguments.of((Object) new byte[] {7, 0, 0, 4, 1, 2, 3, 4, 2, 0, 9, 0, 0, 2, 5, 6}));
    if (Files.exists(file)) {
      byte[] wav = Files.readAllBytes(file);
      for (int i = 0; i < FACTORY.descriptors().size(); i++) {
        seeds.add(Arguments.of((Object) seed(i, wav)));
      }
    }
    return seeds.stream();
  }

  private static byte[] seed(int descriptor, byte[] wav) {
    CodecParameters parameters = parameters(descriptor);
    int bytes = 2 * parameters.receiveFormat().elementsIn(parameters.frameDurationUs());
    List<byte[]> payloads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      payloads.add(Arrays.copyOfRange(wav, 40_000 + i * bytes, 40_000 + (i + 1) * bytes));
    }
    byte[] script = DecoderFuzz.script(payloads, parameters.samplesPerFrame());
    byte[] seed = new byte[1 + script.length];
    seed[0] = (byte) descriptor;
    System.arraycopy(script, 0, seed, 1, script.length);
    return seed;
  }

  private static CodecParameters parameters(int descriptor) {
    return FACTORY
        .negotiate(FACTORY.descriptors().get(descriptor), Fmtp.NONE, Fmtp.NONE)
        .orElseThrow();
  }

  /** The first byte: rate and channels. */
  @MethodSource("seeds")
  @FuzzTest(maxDuration = "90s")
  void anyScript(byte[] data) throws Exception {
    play(data);
  }

  /** The seeds are heard. */
  @Test
  void seedsAreDecoded() throws Exception {
    assertEquals(1, play((byte[]) seeds().toList().get(0).get()[0]));
    for (Arguments seed : seeds().skip(1).toList()) {
      byte[] data = (byte[]) seed.get()[0];
      assertTrue(play(data) >= 8 * parameters(data[0]).samplesPerFrame());
    }
  }

  private static long play(byte[] data) throws Exception {
    if (data.length == 0) {
      return 0;
    }
    CodecParameters parameters = parameters((data[0] & 0xFF) % FACTORY.descriptors().size());
    try (AudioDecoder decoder = FACTORY.createDecoder(parameters)) {
      DecoderFuzz fuzz = new DecoderFuzz(decoder, parameters);
      long samples = fuzz.play(data, 1);
      int channels = parameters.receiveFormat().channels();
      fuzz.assertDecodes(new byte[2 * channels], 1);
      return samples;
    }
  }
}
