package org.mediacore.dsp.companding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CompandingLawTest {

  private static byte[] allOctets() {
    byte[] all = new byte[256];
    for (int i = 0; i < 256; i++) {
      all[i] = (byte) i;
    }
    return all;
  }

  private static short[] allSamples() {
    short[] all = new short[65536];
    for (int i = 0; i < all.length; i++) {
      all[i] = (short) i;
    }
    return all;
  }

  /** Quantised values of G.711 tables 1a to 2b, times 8 (A-law) and 4 (µ-law). */
  @ParameterizedTest
  @CsvSource({
    "A_LAW,0xD5,8", "A_LAW,0x55,-8", "A_LAW,0xAA,32256", "A_LAW,0x2A,-32256", "A_LAW,0x80,5504",
    "A_LAW,0xC5,264", "A_LAW,0xF5,528", "MU_LAW,0xFF,0", "MU_LAW,0x7F,0", "MU_LAW,0x80,32124",
    "MU_LAW,0x00,-32124", "MU_LAW,0xFE,8", "MU_LAW,0xEF,132", "MU_LAW,0x8F,16764"
  })
  void valuesOfTheRecommendation(CompandingLaw law, String octet, short sample) {
    assertEquals(sample, law.decode((byte) (int) Integer.decode(octet)));
  }

  @ParameterizedTest
  @EnumSource
  void everyOctetIsEncodedToItself(CompandingLaw law) {
    byte[] octets = allOctets();
    short[] samples = new short[256];
    byte[] again = new byte[256];
    law.decode(octets, 0, samples, 0, 256);
    law.encode(samples, 0, again, 0, 256);
    if (law == CompandingLaw.MU_LAW) {
      assertEquals((byte) 0xFF, again[0x7F]); // the negative zero
      again[0x7F] = 0x7F;
    }
    assertArrayEquals(octets, again);
  }

  @ParameterizedTest
  @EnumSource
  void everySampleTakesAStepNextToIt(CompandingLaw law) {
    short[] samples = allSamples();
    byte[] octets = new byte[samples.length];
    short[] decoded = new short[samples.length];
    law.encode(samples, 0, octets, 0, samples.length);
    law.decode(octets, 0, decoded, 0, samples.length);
    int last = Integer.MIN_VALUE;
    for (int sample = -32768; sample <= 32767; sample++) {
      int value = decoded[sample & 0xFFFF];
      assertTrue(value >= last, "monotone at " + sample);
      last = value;
      // Half a step of the segment: 1/32 of the magnitude, 16 at the finest of A-law; clipping.
      double allowed =
          Math.max(16, Math.abs(sample) / 32.0 + 8) + (Math.abs(sample) > 32124 ? 644 : 0);
      assertEquals(sample, value, allowed);
    }
  }
}
