package org.mediacore.codec.opus;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.tck.DecoderFuzz;

/**
 * Rule: whatever is decoded, concealed or recovered, with deep redundancy or without, gives a
 * status or the right length, and a good payload behind it decodes. A fault in libopus ends the
 * machine and so fails the run. With JAZZER_FUZZ=1 the scripts are searched.
 */
class OpusFuzzTest {
  private static final int[] RATES_HZ = {8_000, 12_000, 16_000, 24_000, 48_000};
  private static final int[] COMPLEXITIES = {0, 5, 6, 7};
  private static final int SEED_BYTES = 3_500;
  private static final OpusEngine LIBRARY = library();

  private static OpusEngine library() {
    try {
      Path directory = Files.createTempDirectory("opus-fuzz");
      directory.toFile().deleteOnExit();
      return new EngineChoice(
              System.getProperty("os.name"), System.getProperty("os.arch"), directory)
          .engine(Optional.empty());
    } catch (IOException broken) {
      throw new java.io.UncheckedIOException(broken);
    }
  }

  /** The beginnings of the test vectors, and speech with both kinds of redundancy. */
  static Stream<Arguments> seeds() throws Exception {
    List<Arguments> seeds = new ArrayList<>();
    String configured = System.getenv("MEDIACORE_VECTORS");
    Path vectors = Path.of(configured == null ? "../../shared/vectors" : configured);
    for (int i = 1; i <= 12; i++) {
      String name = String.format("opus/short/tv%02d.bit", i);
      if (Files.exists(vectors.resolve(name))) {
        List<byte[]> payloads = new ArrayList<>();
        Vectors.packets(name).forEach(packet -> payloads.add(packet.payload()));
        seeds.add(seed(4 + 8 * (i % 2) + 16 * (i % 4), payloads));
      }
    }
    seeds.add(seed(0b01_1_1_100, redundant(Map.of("dred", 500, "fec", false, "loss", 20))));
    seeds.add(seed(0b01_1_0_100, redundant(Map.of("dred", 100, "loss", 20, "bitrate", 64_000))));
    return seeds.stream();
  }

  private static Arguments seed(int setup, List<byte[]> payloads) {
    int bytes = 0;
    int count = 0;
    while (count < payloads.size() && bytes + payloads.get(count).length < SEED_BYTES) {
      bytes += payloads.get(count++).length;
    }
    byte[] script = DecoderFuzz.script(payloads.subList(0, count), 960);
    byte[] seed = new byte[1 + script.length];
    seed[0] = (byte) setup;
    System.arraycopy(script, 0, seed, 1, script.length);
    return Arguments.of((Object) seed);
  }

  private static List<byte[]> redundant(Map<String, ?> keys) throws Exception {
    OpusSettings settings = OpusSettings.read(keys, OpusSettings.DEFAULT, AssertionError::new);
    List<byte[]> payloads = new ArrayList<>();
    CodecParameters parameters = parameters(48_000, 1, Fmtp.parse("useinbandfec=1"));
    try (AudioEncoder encoder = new OpusCodecFactory(LIBRARY, settings).createEncoder(parameters)) {
      for (int frame = 0; frame < 90; frame++) {
        short[] pcm = new short[960];
        for (int i = 0; i < pcm.length; i++) {
          double t = (frame * 960 + i) / 48_000.0;
          double pitch = 2 * Math.PI * (140 * t + 8 * Math.sin(7 * t));
          pcm[i] = (short) (4_000 * (Math.sin(pitch) + Math.sin(5 * pitch) + Math.sin(17 * pitch)));
        }
        ByteBuffer out = ByteBuffer.allocate(1275);
        int bytes = encoder.encode(pcm, 0, 960, out);
        payloads.add(Arrays.copyOf(out.array(), bytes));
      }
    }
    return payloads.subList(50, 90);
  }

  private static CodecParameters parameters(int rateHz, int channels, Fmtp remote) {
    return Engines.parameters(new AudioFormat(rateHz, channels), 20_000, remote);
  }

  /** The first byte: 3 bits rate, stereo, deep redundancy, 2 bits complexity. */
  @MethodSource("seeds")
  @FuzzTest(maxDuration = "90s")
  void anyScript(byte[] data) throws Exception {
    play(data);
  }

  /** The seeds are heard: the vectors are what is meant. */
  @Test
  void seedsAreDecoded() throws Exception {
    for (Arguments seed : seeds().toList()) {
      assertTrue(play((byte[]) seed.get()[0]) > 2 * 960);
    }
  }

  private static long play(byte[] data) throws Exception {
    if (data.length == 0) {
      return 0;
    }
    int rateHz = RATES_HZ[(data[0] & 7) % RATES_HZ.length];
    Map<String, Object> keys =
        Map.of(
            "dred",
            (data[0] & 16) == 0 ? 0 : 100,
            "decoder.complexity",
            COMPLEXITIES[data[0] >> 5 & 3]);
    OpusSettings settings = OpusSettings.read(keys, OpusSettings.DEFAULT, AssertionError::new);
    CodecParameters parameters = parameters(rateHz, (data[0] & 8) == 0 ? 1 : 2, Fmtp.NONE);
    try (AudioDecoder decoder = new OpusCodecFactory(LIBRARY, settings).createDecoder(parameters)) {
      DecoderFuzz fuzz = new DecoderFuzz(decoder, parameters);
      long samples = fuzz.play(data, 1);
      byte[] silence = {(byte) 0xF8, (byte) 0xFF, (byte) 0xFE}; // 20 ms of CELT, full band
      fuzz.assertDecodes(silence, rateHz / 50);
      return samples;
    }
  }
}
