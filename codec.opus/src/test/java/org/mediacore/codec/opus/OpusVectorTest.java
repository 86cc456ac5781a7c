package org.mediacore.codec.opus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mediacore.api.codec.AudioFormat;

/**
 * The test vectors of RFC 6716: with each packet the range coder must end in the state that is
 * written there, and the audio must be of the quality that §6.1 asks for.
 */
class OpusVectorTest {
  @TempDir static Path directory;
  private static OpusEngine libopus;

  @BeforeAll
  static void load() {
    libopus = Engines.libopus(directory);
  }

  @AfterAll
  static void unload() {
    libopus.release();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "full/testvector02",
        "full/testvector03",
        "full/testvector08",
        "full/testvector12",
        "short/tv01",
        "short/tv02",
        "short/tv03",
        "short/tv04",
        "short/tv05",
        "short/tv06",
        "short/tv07",
        "short/tv08",
        "short/tv09",
        "short/tv10",
        "short/tv11",
        "short/tv12"
      })
  void everyFinalRangeIsEqual(String name) throws Exception {
    List<Vectors.Packet> packets = Vectors.packets("opus/" + name + ".bit");
    decode(libopus, packets, 48_000, 1, true);
    decode(libopus, packets, 48_000, 2, true);
    if (name.startsWith("short/")) {
      decode(new JavaEngine(), packets, 48_000, 2, true);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void audioConforms(int number) throws Exception {
    String name = String.format("opus/short/tv%02d", number);
    check(name, Vectors.pcm(name + ".dec.xz"), 48_000, 2, libopus);
  }

  /**
   * Without 8 and 9, where channels are coded in opposite phase: a mono decoder leaves that out
   * (RFC 8251 §10), so the mean of the stereo reference, in which they cancel out, is not what it
   * gives.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 10, 11, 12})
  void audioConformsInMono(int number) throws Exception {
    String name = String.format("opus/short/tv%02d", number);
    check(name, Vectors.pcm(name + ".dec.xz"), 48_000, 1, libopus);
  }

  /**
   * Without 5 and 6: Concentus folds the spectrum of hybrid frames as RFC 6716 says, the reference
   * is made as RFC 8251 §9 corrects it. The README says so.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 8, 9, 10, 11, 12})
  void audioOfPureJavaConforms(int number) throws Exception {
    String name = String.format("opus/short/tv%02d", number);
    check(name, Vectors.pcm(name + ".dec.xz"), 48_000, 2, new JavaEngine());
  }

  @ParameterizedTest
  @CsvSource({"8000, 2", "12000, 1", "16000, 1", "24000, 2"})
  void audioConformsAtLowerRates(int rateHz, int channels) throws Exception {
    for (String name : List.of("opus/short/tv05", "opus/short/tv11")) {
      check(name, Vectors.pcm(name + ".dec.xz"), rateHz, channels, libopus);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = "opus/full/testvector03")
  void audioOfAWholeVectorConforms(String name) throws Exception {
    check(name, Vectors.pcm(name + ".dec.gz"), 48_000, 2, libopus);
  }

  private static void check(
      String name, short[] reference, int rateHz, int channels, OpusEngine engine)
      throws Exception {
    List<Vectors.Packet> packets = Vectors.packets(name + ".bit");
    short[] decoded = decode(engine, packets, rateHz, channels, false);
    double quality = OpusQuality.of(reference, decoded, rateHz, channels);
    assertTrue(
        quality >= 0,
        () ->
            String.format(
                "%s at %d Hz, %d channels, %s: quality %.1f",
                name, rateHz, channels, engine.description(), quality));
  }

  private static short[] decode(
      OpusEngine engine,
      List<Vectors.Packet> packets,
      int rateHz,
      int channels,
      boolean compareRanges)
      throws Exception {
    AudioFormat format = new AudioFormat(rateHz, channels);
    short[] pcm = new short[packets.size() * format.elementsIn(120_000)];
    int elements = 0;
    try (OpusAudioDecoder decoder =
        new OpusAudioDecoder(
            engine.newDecoder(DecoderPlan.of(format, OpusSettings.DEFAULT)), format)) {
      for (int i = 0; i < packets.size(); i++) {
        ByteBuffer payload = ByteBuffer.wrap(packets.get(i).payload());
        int told = decoder.samplesIn(payload);
        int samples = decoder.decode(payload, pcm, elements);
        String what = "packet " + i + ", " + engine.description();
        assertTrue(samples > 0, what + " gave " + samples);
        assertEquals(told, samples, what);
        if (compareRanges) {
          assertEquals(packets.get(i).finalRange(), decoder.finalRange(), what);
        }
        elements += samples * channels;
      }
    }
    return Arrays.copyOf(pcm, elements);
  }
}
