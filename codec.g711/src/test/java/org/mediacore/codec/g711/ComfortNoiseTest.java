package org.mediacore.codec.g711;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.EncoderTuning;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.dsp.companding.CompandingLaw;
import org.mediacore.tck.Allocation;

/** RFC 3389: payloads, the noise that is made of them, and what is said of a pause. */
class ComfortNoiseTest {
  private static final int FRAME = 160;

  @Test
  void payloadIsReadAsWritten() {
    byte[] payload = {45, 0, 1, 126, 127, (byte) 128, (byte) 254, 40, 90, (byte) 200, 7};
    NoiseDescription noise = new NoiseDescription();
    assertEquals(0, noise.read(ByteBuffer.wrap(payload)));
    assertEquals(45, noise.levelDb);
    assertEquals(10, noise.order);
    assertEquals(-127 * 258 / 32_768.0, noise.reflections[0], 1e-12);
    assertEquals(0, noise.reflections[3]);
    assertEquals(258 / 32_768.0, noise.reflections[4], 1e-12);
    ByteBuffer out = ByteBuffer.allocate(11);
    noise.write(out);
    assertArrayEquals(payload, out.array());
  }

  /** The reserved bits and values, more coefficients than we use, and none at all. */
  @Test
  void oddPayloadsAreTaken() {
    NoiseDescription noise = new NoiseDescription();
    assertEquals(MediaStatus.BAD_INPUT, noise.read(ByteBuffer.allocate(0)));
    assertEquals(0, noise.read(ByteBuffer.wrap(new byte[] {(byte) 0xFF})));
    assertEquals(127, noise.levelDb);
    assertEquals(0, noise.order);
    byte[] longest = new byte[1400];
    longest[1] = (byte) 0xFF;
    assertEquals(0, noise.read(ByteBuffer.wrap(longest)));
    assertEquals(NoiseDescription.MAX_ORDER, noise.order);
    assertEquals(127 * 258 / 32_768.0, noise.reflections[0], 1e-12);
  }

  /** 0 dBov is a square wave of the loudest code, +-8031 of 14 bits (§3.1). */
  @Test
  void levelIsMeasuredAgainstTheLoudestCode() {
    NoiseDescription noise = new NoiseDescription();
    noise.power(32_124.0 * 32_124.0);
    assertEquals(0, noise.levelDb);
    noise.power(321.24 * 321.24);
    assertEquals(40, noise.levelDb);
    assertEquals(321.24, noise.rms(), 0.01);
    noise.power(0);
    assertEquals(127, noise.levelDb);
  }

  @ParameterizedTest(name = "-{0} dBov, first reflection {1}")
  @CsvSource({"30, 127", "40, 20", "40, 127", "40, 220", "60, 60", "50, 0", "45, 250"})
  void noiseHasTheLevelThatWasDescribed(int level, int reflection) {
    ComfortNoise noise = described(new byte[] {(byte) level, (byte) reflection, 127});
    short[] pcm = new short[32_000];
    noise.fill(pcm, 0, pcm.length);
    NoiseDescription heard = new NoiseDescription();
    heard.power((double) PitchPeriod.energy(pcm, 16_000, 16_000) / 16_000);
    assertTrue(Math.abs(heard.levelDb - level) <= 1, "-" + heard.levelDb + " dBov");
  }

  /** A negative first coefficient is a low-pass: neighbours are alike. */
  @ParameterizedTest
  @CsvSource({"20, 0.84", "127, 0", "220, -0.73"})
  void noiseHasTheSpectrumThatWasDescribed(int reflection, double likeness) {
    ComfortNoise noise = described(new byte[] {30, (byte) reflection});
    short[] pcm = new short[16_000];
    noise.fill(pcm, 0, pcm.length);
    double product = 0;
    for (int i = 1; i < pcm.length; i++) {
      product += pcm[i] * pcm[i - 1];
    }
    assertEquals(likeness, product / PitchPeriod.energy(pcm, 0, pcm.length), 0.05);
  }

  /** Any payload at all makes noise that neither rings for ever nor overflows. */
  @Test
  void anyPayloadIsStable() {
    Random random = new Random(3389);
    ComfortNoise noise = new ComfortNoise();
    NoiseDescription description = new NoiseDescription();
    short[] pcm = new short[FRAME];
    for (int i = 0; i < 5_000; i++) {
      byte[] payload = new byte[1 + random.nextInt(14)];
      random.nextBytes(payload);
      description.read(ByteBuffer.wrap(payload));
      noise.describe(description);
      noise.fill(pcm, 0, FRAME);
    }
    description.read(ByteBuffer.wrap(new byte[] {60}));
    noise.describe(description);
    for (int i = 0; i < 50; i++) {
      noise.fill(pcm, 0, FRAME);
    }
    NoiseDescription heard = new NoiseDescription();
    heard.power((double) PitchPeriod.energy(pcm, 0, FRAME) / FRAME);
    assertEquals(60, heard.levelDb, 2);
  }

  /** Background through encoder, payload and decoder: as loud and of the same colour. */
  @ParameterizedTest(name = "frames of {0} samples")
  @ValueSource(ints = {80, 160, 240, 480})
  void pauseArrivesAsItWas(int frame) {
    G711Encoder encoder = new G711Encoder(CompandingLaw.A_LAW, frame, true);
    G711Decoder decoder = new G711Decoder(CompandingLaw.A_LAW, 960);
    assertTrue(encoder.tune(EncoderTuning.builder().dtx(true).build()));
    short[] room = background(24_000, 60);
    short[] heard = new short[room.length];
    int left = 0;
    int described = 0;
    for (int at = 0; at + frame <= room.length; at += frame) {
      ByteBuffer out = ByteBuffer.allocate(1000);
      if (encoder.encode(room, at, frame, out) > 0) {
        decoder.decode(out.flip(), heard, at);
        assertFalse(decoder.pauses());
        continue;
      }
      left++;
      int bytes = encoder.describePause(out);
      if (bytes > 0) {
        described++;
        assertEquals(11, bytes);
        assertEquals(0, decoder.pause(out.flip()));
      }
      assertTrue(decoder.pauses());
      assertEquals(frame, decoder.conceal(frame, heard, at));
    }
    assertTrue(left * frame > 20_000, left + " frames left out");
    assertTrue(described >= 3 && described <= 15, described + " descriptions in 3 s");
    assertEquals(levelDb(room), levelDb(heard), 1.5);
    assertEquals(colour(room), colour(heard), 0.1);
  }

  /** What is loud is sent, a steady tone too, and everything is when it was not asked for. */
  @Test
  void soundIsNeverLeftOut() {
    G711Encoder encoder = new G711Encoder(CompandingLaw.A_LAW, FRAME, true);
    short[] tone = new short[16_000];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (short) (1_000 * Math.sin(2 * Math.PI * 425 * i / 8_000));
    }
    short[] room = background(16_000, 60);
    for (int at = 0; at < room.length; at += FRAME) {
      assertEquals(FRAME, encoder.encode(room, at, FRAME, ByteBuffer.allocate(FRAME)));
      assertEquals(0, encoder.describePause(ByteBuffer.allocate(FRAME)));
    }
    encoder.tune(EncoderTuning.builder().dtx(true).build());
    for (int at = 0; at < tone.length; at += FRAME) {
      assertEquals(FRAME, encoder.encode(tone, at, FRAME, ByteBuffer.allocate(FRAME)));
    }
  }

  /** Behind the last sound, 200 ms are sent; at the first sound, sending goes on at once. */
  @Test
  void pauseBeginsLateAndEndsAtOnce() {
    G711Encoder encoder = new G711Encoder(CompandingLaw.MU_LAW, FRAME, true);
    encoder.tune(EncoderTuning.builder().dtx(true).build());
    short[] room = background(16_000, 60);
    for (int i = 8_000; i < 12_000; i++) {
      room[i] += (short) (3_000 * Math.sin(0.7 * i));
    }
    for (int at = 0; at < room.length; at += FRAME) {
      int bytes = encoder.encode(room, at, FRAME, ByteBuffer.allocate(FRAME));
      boolean sent = at <= 1_600 - FRAME || at >= 8_000 && at < 12_000 + 1_600;
      assertEquals(sent ? FRAME : 0, bytes, "frame at " + at);
    }
  }

  @Test
  void withoutConfigurationNothingIsLeftOut() {
    G711Encoder encoder = new G711Encoder(CompandingLaw.A_LAW, FRAME, false);
    assertFalse(encoder.tune(EncoderTuning.builder().dtx(true).build()));
    for (int i = 0; i < 100; i++) {
      assertEquals(FRAME, encoder.encode(new short[FRAME], 0, FRAME, ByteBuffer.allocate(FRAME)));
    }
    assertFalse(leavesOut(Map.of()));
    assertFalse(leavesOut(Map.of("dtx", "perhaps")));
    assertTrue(leavesOut(Map.of("dtx", true)));
    assertTrue(leavesOut(Map.of("dtx", "true")));
  }

  private static boolean leavesOut(Map<String, Object> properties) {
    G711CodecFactory factory = new G711CodecFactory(properties);
    CodecDescriptor descriptor = factory.descriptors().get(0);
    assertTrue(factory.describesPauses(descriptor));
    CodecParameters agreed = factory.negotiate(descriptor, Fmtp.NONE, Fmtp.NONE).orElseThrow();
    try (AudioEncoder encoder = factory.createEncoder(agreed)) {
      return encoder.tune(EncoderTuning.builder().dtx(true).build());
    } catch (MediaSetupException refused) {
      throw new AssertionError(refused);
    }
  }

  @Test
  void badDescriptionChangesNothing() {
    G711Decoder decoder = new G711Decoder(CompandingLaw.A_LAW, 960);
    assertEquals(MediaStatus.BAD_INPUT, decoder.pause(ByteBuffer.allocate(0)));
    assertFalse(decoder.pauses());
    ByteBuffer description = ByteBuffer.wrap(new byte[] {9, 50, 127}, 1, 2);
    assertEquals(0, decoder.pause(description));
    assertEquals(1, description.position());
    decoder.close();
    assertEquals(MediaStatus.FAILED, decoder.pause(description));
  }

  @Test
  void nothingIsAllocated() {
    G711Encoder encoder = new G711Encoder(CompandingLaw.A_LAW, FRAME, true);
    G711Decoder decoder = new G711Decoder(CompandingLaw.A_LAW, 960);
    encoder.tune(EncoderTuning.builder().dtx(true).build());
    short[] room = background(FRAME * 10, 60);
    short[] pcm = new short[FRAME];
    ByteBuffer out = ByteBuffer.allocate(1000);
    ByteBuffer fixed = ByteBuffer.wrap(new byte[] {50, 100, 120});
    Runnable once =
        () -> {
          encoder.encode(room, 0, FRAME, out.clear());
          encoder.describePause(out.clear());
          decoder.pause(fixed);
          decoder.conceal(FRAME, pcm, 0);
        };
    Allocation.assertAtMost(0, 3_000, 100, "a frame of a pause", once);
  }

  private static ComfortNoise described(byte[] payload) {
    NoiseDescription description = new NoiseDescription();
    description.read(ByteBuffer.wrap(payload));
    ComfortNoise noise = new ComfortNoise();
    noise.describe(description);
    return noise;
  }

  /** Low-passed noise. */
  private static short[] background(int samples, int amplitude) {
    Random random = new Random(9);
    short[] pcm = new short[samples];
    double value = 0;
    for (int i = 0; i < samples; i++) {
      value = 0.8 * value + amplitude * random.nextGaussian();
      pcm[i] = (short) Math.round(value);
    }
    return pcm;
  }

  private static double levelDb(short[] pcm) {
    return 10 * Math.log10((double) PitchPeriod.energy(pcm, 4_000, pcm.length - 4_000));
  }

  private static double colour(short[] pcm) {
    double product = 0;
    for (int i = 4_000; i < pcm.length; i++) {
      product += pcm[i] * pcm[i - 1];
    }
    return product / PitchPeriod.energy(pcm, 4_000, pcm.length - 4_000);
  }
}
