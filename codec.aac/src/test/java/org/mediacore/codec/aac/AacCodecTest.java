package org.mediacore.codec.aac;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.tck.Allocation;

class AacCodecTest {
  private final AacCodecFactory factory = Aac.decoding();
  private final CodecDescriptor stereo48 = factory.descriptors().get(1);

  /** One second of a tone, as AAC-LC of 16 kHz mono. */
  private static List<byte[]> tone(Path folder) throws Exception {
    return Aac.unitsOfAdts(
        Aac.ffmpegProgram(
            folder.resolve("tone.aac"),
            "-f",
            "lavfi",
            "-i",
            "sine=frequency=440:sample_rate=16000:duration=2",
            "-c:a",
            "aac",
            "-b:a",
            "32k",
            "-f",
            "adts"));
  }

  private static byte[] config(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  @Test
  void saysThatItOnlyDecodes() {
    for (CodecDescriptor descriptor : factory.descriptors()) {
      assertFalse(factory.encodes(descriptor), descriptor.rtpmap());
      CodecParameters agreed =
          factory
              .negotiate(descriptor, descriptor.defaultFmtp(), descriptor.defaultFmtp())
              .orElseThrow();
      assertThrows(MediaSetupException.class, () -> factory.createEncoder(agreed));
      try (AacDecoder decoder = (AacDecoder) factory.createDecoder(agreed)) {
        assertEquals(MediaStatus.UNSUPPORTED, decoder.conceal(10, new short[100], 0));
      } catch (MediaSetupException refused) {
        throw new AssertionError(descriptor.rtpmap(), refused);
      }
    }
    assertEquals("AAC/48000/2", stereo48.rtpmap());
  }

  @ParameterizedTest
  @CsvSource({
    "1190, 2, 48000, 2, 1024",
    "1408, 2, 16000, 1, 1024",
    "1194, 2, 48000, 2, 960",
    "118856E500, 2, 48000, 1, 1024", // says behind it that there is no SBR
    "B98800, 23, 48000, 1, 512",
    "B98900, 23, 48000, 1, 512",
    "B99100, 23, 48000, 2, 512",
    "F8E85000, 39, 44100, 2, 480",
    "F8E64000, 39, 48000, 2, 512",
  })
  void readsConfigurations(String hex, int type, int rateHz, int channels, int samples) {
    assertEquals(
        Optional.of(new AacConfig(type, rateHz, channels, samples)), AacConfig.read(config(hex)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "11", // cut off
        "2B8A", // SBR
        "EB8A", // PS
        "11B0", // 5.1
        "1180", // channels described elsewhere
        "1690", // no such rate
        "F8E64100", // ELD with SBR
        "F8E6C000", // ELD, resilience of scale factors
        "F8E64010", // ELD with an extension
        "F8E64004", // ELD with error protection
        "B98D80", // LD, resilience of sections
        "B98D00", // LD, frames of 480
        "F8F03000", // ELD at 16 kHz
        "BC0900", // LD at 16 kHz
        "1192", // depends on a core coder
        "0990", // AAC main
        "0000",
      })
  void refusesConfigurations(String hex) {
    assertEquals(Optional.empty(), AacConfig.read(config(hex)));
    assertEquals(
        Optional.empty(), factory.negotiate(stereo48, Aac.fmtp(hex), stereo48.defaultFmtp()));
  }

  /** What is written is read again, whatever the length of the frames. */
  @Test
  void writesConfigurations() {
    for (int type : new int[] {2, 23, 39}) {
      for (int samples : type == 2 ? new int[] {960, 1_024} : new int[] {480, 512}) {
        for (CodecDescriptor descriptor : factory.descriptors()) {
          AacConfig config =
              new AacConfig(
                  type, descriptor.audio().sampleRateHz(), descriptor.audio().channels(), samples);
          Optional<AacConfig> read = AacConfig.of(config.toFmtp());
          assertEquals(Optional.of(config).filter(AacConfig::isDecoded), read, config.toHex());
        }
      }
    }
    assertEquals("F8E63000", new AacConfig(39, 48_000, 1, 480).toHex());
    assertEquals("B99500", new AacConfig(23, 48_000, 2, 480).toHex());
    assertEquals("1408", new AacConfig(2, 16_000, 1, 1_024).toHex());
  }

  @Test
  void answersWithTheStreamOfThePeer() {
    Fmtp offer = Aac.fmtp("F8E64000").with("x-unknown", "1");
    CodecParameters agreed =
        factory.negotiate(stereo48, offer, stereo48.defaultFmtp()).orElseThrow();
    assertEquals(Aac.fmtp("F8E64000"), agreed.local());
    assertEquals(stereo48.audio(), agreed.receiveFormat());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "config=", "config=119", "config=11x0", "config=1208", "config=1188"})
  void refusesParameters(String fmtp) {
    assertEquals(
        Optional.empty(), factory.negotiate(stereo48, Fmtp.parse(fmtp), stereo48.defaultFmtp()));
    assertEquals(
        Optional.empty(), factory.negotiate(stereo48, stereo48.defaultFmtp(), Fmtp.parse(fmtp)));
  }

  @Test
  void passesOnWhatTheOtherSideWasTold() {
    CodecParameters enhanced = Aac.agreed(factory, Aac.fmtp("F8E64000"));
    CodecParameters low = Aac.agreed(factory, Aac.fmtp("1190"));
    CodecParameters sameWithMore = Aac.agreed(factory, Aac.fmtp("119056E500"));
    assertTrue(factory.passesUnchanged(low, low));
    assertTrue(factory.passesUnchanged(low, sameWithMore));
    assertFalse(factory.passesUnchanged(low, enhanced));
    assertFalse(factory.passesUnchanged(enhanced, low));
    assertFalse(factory.passesUnchanged(low, Aac.agreed(factory, Aac.fmtp("1188"))));
  }

  @Test
  void lowComplexityIsHeard(@TempDir Path folder) throws Exception {
    List<byte[]> units = tone(folder);
    short[] pcm = new short[units.size() * 1_024];
    try (AacDecoder decoder = Aac.decoder(config("1408"))) {
      for (int i = 0; i < units.size(); i++) {
        ByteBuffer payload = ByteBuffer.wrap(units.get(i));
        assertEquals(1_024, decoder.samplesIn(payload));
        assertEquals(1_024, decoder.decode(payload, pcm, i * 1_024));
        assertEquals(0, payload.position());
      }
    }
    double share = toneShare(pcm, 8_192, 24_576);
    assertTrue(share > 0.98, "share of 440 Hz: " + share);
  }

  private static double toneShare(short[] pcm, int from, int to) {
    double re = 0;
    double im = 0;
    double sum = 0;
    for (int i = from; i < to; i++) {
      double angle = 2 * Math.PI * 440 * i / 16_000;
      re += pcm[i] * Math.cos(angle);
      im += pcm[i] * Math.sin(angle);
      sum += (double) pcm[i] * pcm[i];
    }
    return 2 * (re * re + im * im) / (to - from) / sum;
  }

  @Test
  void nothingThatArrivesThrowsAndGoodFramesDecodeAfterwards(@TempDir Path folder)
      throws Exception {
    List<byte[]> units = tone(folder);
    short[] expected = new short[4_096];
    short[] pcm = new short[4_096];
    SplittableRandom random = new SplittableRandom(14_496);
    try (AacDecoder fresh = Aac.decoder(config("1408"));
        AacDecoder decoder = Aac.decoder(config("1408"))) {
      for (int length : new int[] {0, 1, 2, 3, 4, 10, 100, 1_500, 20_000}) {
        for (int i = 0; i < 50; i++) {
          byte[] payload = new byte[length];
          random.nextBytes(payload);
          feed(decoder, payload);
        }
      }
      for (int round = 0; round < 400; round++) {
        byte[] good = units.get(round % units.size());
        byte[] bad = good.clone();
        bad[round < 200 ? random.nextInt(4) : random.nextInt(bad.length)] ^=
            (byte) (1 << random.nextInt(8));
        feed(decoder, bad);
        feed(decoder, Arrays.copyOf(good, random.nextInt(good.length)));
        feed(decoder, Arrays.copyOf(good, good.length + 1));
        byte[] noise = new byte[1 + random.nextInt(200)];
        random.nextBytes(noise);
        feed(decoder, noise);
      }
      for (int i = 5; i < 12; i++) {
        ByteBuffer payload = ByteBuffer.wrap(units.get(i));
        assertEquals(1_024, fresh.decode(payload, expected, 0));
        assertEquals(1_024, decoder.decode(payload, pcm, 0));
      }
      for (int i = 0; i < 1_024; i++) {
        assertTrue(Math.abs(expected[i] - pcm[i]) <= 1, "sample " + i);
      }
    }
  }

  private static void feed(AacDecoder decoder, byte[] payload) {
    ByteBuffer view = ByteBuffer.wrap(payload.clone());
    int told = decoder.samplesIn(view);
    int got = decoder.decode(view, new short[4_096], 0);
    assertTrue(got == told || got == MediaStatus.BAD_INPUT, told + " told, got " + got);
    assertArrayEquals(payload, view.array());
  }

  @Test
  void nothingIsAllocatedPerFrame(@TempDir Path folder) throws Exception {
    ByteBuffer payload = ByteBuffer.wrap(tone(folder).get(5));
    short[] pcm = new short[1_024];
    try (AacDecoder decoder = Aac.decoder(config("1408"))) {
      Allocation.assertAtMost(0, 3_000, 200, "decode", () -> decoder.decode(payload, pcm, 0));
      assertEquals(1_024, decoder.decode(payload, pcm, 0));
    }
  }

  @Test
  void closedDecoderFails() throws Exception {
    AacDecoder decoder = Aac.decoder(config("1408"));
    decoder.close();
    decoder.close();
    byte[] payload = new byte[10];
    assertEquals(MediaStatus.FAILED, decoder.decode(ByteBuffer.wrap(payload), new short[4_096], 0));
    assertEquals(MediaStatus.FAILED, decoder.conceal(1, new short[1], 0));
  }
}
