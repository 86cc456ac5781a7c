package org.mediacore.codec.amr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mediacore.api.MediaStatus;

/**
 * Rule: any payload gives a status or as many samples as {@code samplesIn} told, and good frames
 * behind it decode. With JAZZER_FUZZ=1 the inputs are searched.
 */
class AmrFuzzTest {
  private static final int LONGEST_SAMPLES = 1_920;

  /** The first byte: which codec and layout, and how many of the others make a payload. */
  @FuzzTest(maxDuration = "90s")
  void anyPayloads(byte[] data) throws Exception {
    if (data.length == 0) {
      return;
    }
    AmrVariant variant = AmrVariant.values()[data[0] & 1];
    boolean octetAligned = (data[0] & 2) != 0;
    int length = 1 + ((data[0] & 0xFF) >> 2);
    try (AmrDecoder decoder = Amr.decoder(variant, octetAligned ? "octet-align=1" : "")) {
      for (int at = 1; at < data.length; at += length) {
        feed(decoder, Arrays.copyOfRange(data, at, Math.min(data.length, at + length)));
      }
      assertDecodes(variant, decoder, octetAligned);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NARROWBAND, nb/4.75k.amr, false",
    "NARROWBAND, nb/12.2k.amr, true",
    "NARROWBAND, nb/7.4k.amr, false",
    "WIDEBAND, wb/seed-12k65.awb, true",
    "WIDEBAND, wb/seed-23k85.awb, false",
  })
  void flippedBitsOfVectors(AmrVariant variant, String file, boolean octetAligned)
      throws Exception {
    List<byte[]> frames = Amr.frames(variant, Amr.vector(file));
    SplittableRandom random = new SplittableRandom(48_67);
    int refused = 0;
    try (AmrDecoder decoder = Amr.decoder(variant, octetAligned ? "octet-align=1" : "")) {
      for (int flips = 1; flips <= 64; flips *= 4) {
        for (byte[] frame : frames.subList(0, 100)) {
          byte[] payload = Amr.payload(variant, octetAligned, random.nextInt(16), frame);
          for (int i = 0; i < flips; i++) {
            payload[random.nextInt(payload.length)] ^= (byte) (1 << random.nextInt(8));
          }
          int cut = random.nextInt(10) == 0 ? random.nextInt(payload.length) : payload.length;
          refused += feed(decoder, Arrays.copyOf(payload, cut)) < 0 ? 1 : 0;
        }
        assertDecodes(variant, decoder, octetAligned);
      }
    }
    assertTrue(refused > 50, "headers were hit, too: " + refused);
  }

  @ParameterizedTest
  @CsvSource({"NARROWBAND, false", "NARROWBAND, true", "WIDEBAND, false", "WIDEBAND, true"})
  void allFirstBytes(AmrVariant variant, boolean octetAligned) throws Exception {
    SplittableRandom random = new SplittableRandom(26_101);
    try (AmrDecoder decoder = Amr.decoder(variant, octetAligned ? "octet-align=1" : "")) {
      for (int header = 0; header < 0x1_0000; header += 13) {
        byte[] payload = new byte[2 + random.nextInt(64)];
        random.nextBytes(payload);
        payload[0] = (byte) (header >> 8);
        payload[1] = (byte) header;
        feed(decoder, payload);
      }
      for (int length : new int[] {0, 1, 368, 1_500, 9_000, 65_000}) {
        assertEquals(MediaStatus.BAD_INPUT, feed(decoder, new byte[length]), length + " bytes");
      }
      assertDecodes(variant, decoder, octetAligned);
    }
  }

  private static int feed(AmrDecoder decoder, byte[] payload) {
    short[] pcm = new short[LONGEST_SAMPLES];
    ByteBuffer view = ByteBuffer.wrap(payload);
    int told = decoder.samplesIn(view);
    int got = decoder.decode(view, pcm, 0);
    assertEquals(told, got);
    assertTrue(got > 0 || got == MediaStatus.BAD_INPUT, MediaStatus.nameOf(got));
    assertEquals(0, view.position());
    return got;
  }

  /** Good frames are heard again: within 20 of them, at the level they were spoken. */
  private static void assertDecodes(AmrVariant variant, AmrDecoder decoder, boolean octetAligned)
      throws Exception {
    int frame = variant.samplesPerFrame;
    short[] speech = Amr.speech(variant, frame * 40);
    short[] heard = new short[speech.length];
    try (AmrEncoder encoder = Amr.encoder(variant, octetAligned ? "octet-align=1" : "")) {
      for (int at = 0; at < speech.length; at += frame) {
        byte[] payload = Amr.encode(encoder, speech, at, frame);
        assertEquals(frame, decoder.decode(ByteBuffer.wrap(payload), heard, at));
      }
    }
    double ratio =
        Amr.energy(heard, frame * 20, frame * 40) / Amr.energy(speech, frame * 20, frame * 40);
    assertTrue(ratio > 0.3 && ratio < 3, "energy " + ratio);
  }
}
