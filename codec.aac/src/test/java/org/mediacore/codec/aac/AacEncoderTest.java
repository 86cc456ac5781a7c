package org.mediacore.codec.aac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.EncoderTuning;

/** Rule: what libfdk-aac sends is what we declared, and media.ffmpeg hears the tone in it. */
class AacEncoderTest {
  private static final double TONE_HZ = 1_000;
  private static final double PEAK = 0.5;

  private EncoderLibrary library;
  private AacCodecFactory factory;

  @BeforeEach
  void load() {
    library = Aac.fdk();
    factory = factory("eld");
  }

  private AacCodecFactory factory(String object) {
    AacSettings settings =
        AacSettings.read(Map.of("object", object), complaint -> assertEquals("", complaint));
    return new AacCodecFactory(Aac.ffmpeg(), settings, Optional.of(library));
  }

  /** AAC-LC is sent at 16 kHz where it is configured: there is nothing else at that rate. */
  private AacCodecFactory factoryFor(String config) {
    boolean low = AacConfig.read(Aac.hex(config)).orElseThrow().objectType() == 2;
    return low ? factory("lc") : factory;
  }

  @AfterEach
  void release() {
    if (library != null) {
      library.release();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "F8E63000, 10000, 240",
    "F8E65000, 10000, 240",
    "F8EA3000, 15000, 240",
    "F8EA2000, 16000, 256",
    "F8EC3000, 20000, 240",
    "F8EC5000, 20000, 240",
    "BA8900, 16000, 512",
    "BA8800, 16000, 512", // the same without a word on resilience
    "BA9100, 16000, 512",
    "1288, 32000, 1600",
    "1408, 64000, 1600",
    "1410, 64000, 1600",
  })
  void toneIsHeard(String config, int durationUs, int delaySamples) throws Exception {
    factory = factoryFor(config);
    CodecParameters agreed = Aac.agreed(factory, Aac.fmtp(config));
    assertEquals(Aac.fmtp(config), agreed.local());
    assertEquals(durationUs, agreed.frameDurationUs());
    try (FdkEncoder encoder = (FdkEncoder) factory.createEncoder(agreed)) {
      assertEquals(delaySamples, encoder.delaySamples());
      Heard heard = hear(encoder, agreed, 3_000_000 / durationUs, EncoderTuning.NONE);
      assertTrue(heard.share > 0.98, config + ": " + heard);
      assertEquals(64_000 * agreed.sendFormat().channels(), heard.bitrateBps, 2_500, config);
    }
  }

  /** What was heard of the later two thirds. */
  private record Heard(double share, double bitrateBps, int longestBytes) {}

  private Heard hear(FdkEncoder encoder, CodecParameters agreed, int frames, EncoderTuning tuning)
      throws MediaSetupException {
    int samples = agreed.samplesPerFrame();
    int channels = agreed.sendFormat().channels();
    int rateHz = agreed.sendFormat().sampleRateHz();
    short[] pcm = new short[samples * channels];
    short[] decoded = new short[frames * pcm.length];
    ByteBuffer frame = ByteBuffer.allocate(1_275);
    long bytes = 0;
    int longest = 0;
    try (AudioDecoder decoder = factory.createDecoder(agreed)) {
      for (int i = 0; i < frames; i++) {
        if (i == frames / 3) {
          encoder.tune(tuning);
          bytes = 0;
        }
        for (int n = 0; n < pcm.length; n++) {
          double angle = 2 * Math.PI * TONE_HZ * (i * samples + n / channels) / rateHz;
          pcm[n] = (short) Math.round(PEAK * 32_767 * Math.sin(angle));
        }
        int made = encoder.encode(pcm, 0, samples, frame.clear());
        assertTrue(made > 0, "frame " + i + ": " + made);
        bytes += made;
        longest = Math.max(longest, made);
        assertEquals(samples, decoder.decode(frame.flip(), decoded, i * pcm.length));
      }
    }
    int later = frames - frames / 3;
    double seconds = (double) later * samples / rateHz;
    return new Heard(
        share(decoded, frames / 3 * pcm.length, channels, rateHz), 8 * bytes / seconds, longest);
  }

  private static double share(short[] pcm, int from, int channels, int rateHz) {
    double re = 0;
    double im = 0;
    double sum = 0;
    for (int i = from; i < pcm.length; i += channels) {
      double angle = 2 * Math.PI * TONE_HZ * (i / channels) / rateHz;
      re += pcm[i] * Math.cos(angle);
      im += pcm[i] * Math.sin(angle);
      sum += (double) pcm[i] * pcm[i];
    }
    return 2 * (re * re + im * im) / ((pcm.length - from) / channels) / sum;
  }

  @ParameterizedTest
  @CsvSource({
    "F8E63000, 32000",
    "F8E63000, 128000",
    "F8EC3000, 32000",
    "BA8900, 24000",
    "1408, 20000"
  })
  void bitRateIsTunedInTheStream(String config, int bitrateBps) throws Exception {
    factory = factoryFor(config);
    CodecParameters agreed = Aac.agreed(factory, Aac.fmtp(config));
    try (FdkEncoder encoder = (FdkEncoder) factory.createEncoder(agreed)) {
      EncoderTuning tuning = EncoderTuning.builder().bitrateBps(bitrateBps).build();
      Heard heard = hear(encoder, agreed, 3_000_000 / agreed.frameDurationUs(), tuning);
      assertEquals(bitrateBps, heard.bitrateBps, bitrateBps * 0.05, config);
      assertTrue(heard.share > 0.97, heard.toString());
      assertTrue(heard.longestBytes < 768, heard.toString());
      assertFalse(encoder.tune(EncoderTuning.builder().dtx(true).complexity(3).build()));
    }
  }

  /** LC of 48 kHz has frames of 21.3 ms: heard, and answered with what we can send. */
  @Test
  void whatCannotBeSentIsAnsweredWithOurs() throws Exception {
    CodecDescriptor mono48 = factory.descriptors().get(0);
    CodecParameters agreed =
        factory.negotiate(mono48, Aac.fmtp("1188"), mono48.defaultFmtp()).orElseThrow();
    assertEquals(Aac.fmtp("F8E63000"), agreed.local());
    assertEquals(Aac.fmtp("1188"), agreed.remote());
    factory.createDecoder(agreed).close();
    factory.createEncoder(agreed).close();
    CodecParameters enhanced = Aac.agreed(factory, Aac.fmtp("F8E63000"));
    assertFalse(factory.passesUnchanged(agreed, enhanced));
    assertTrue(factory.passesUnchanged(enhanced, agreed));
  }

  @ParameterizedTest
  @CsvSource({
    "eld, AAC/48000 AAC/48000/2 AAC/32000 AAC/32000/2 AAC/24000 AAC/24000/2",
    "ld, AAC/32000 AAC/32000/2",
    "lc, AAC/32000 AAC/32000/2 AAC/16000 AAC/16000/2",
  })
  void offersWhatItCanSend(String object, String rtpmaps) {
    AacCodecFactory configured = factory(object);
    assertEquals(
        rtpmaps,
        String.join(
            " ",
            configured.descriptors().stream()
                .filter(configured::encodes)
                .map(CodecDescriptor::rtpmap)
                .toList()));
    for (CodecDescriptor descriptor : configured.descriptors()) {
      String offered = descriptor.defaultFmtp().get("config", "");
      String kind = AacConfig.read(Aac.hex(offered)).orElseThrow().kind();
      boolean low = object.equals("lc") || !configured.encodes(descriptor);
      assertEquals(
          low ? "AAC-LC" : "AAC-" + object.toUpperCase(Locale.ROOT), kind, descriptor.rtpmap());
    }
  }

  @Test
  void releasedLibraryMakesNoMoreButItsEncodersGoOn() throws Exception {
    CodecParameters agreed = Aac.agreed(factory, Aac.fmtp("F8E63000"));
    try (FdkEncoder encoder = (FdkEncoder) factory.createEncoder(agreed)) {
      library.release();
      library = null;
      assertTrue(hear(encoder, agreed, 100, EncoderTuning.NONE).share > 0.98);
    }
    assertThrows(MediaSetupException.class, () -> factory.createEncoder(agreed));
  }
}
