package org.mediacore.codec.g711;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The corners of G.711 tables 1 and 2, and what the tables owe each other. */
class CompandingLawTest {
  @ParameterizedTest(name = "{0} {1} -> {2} -> {3}")
  @CsvSource({
    "A_LAW, 0, 0xD5, 8",
    "A_LAW, -1, 0x55, -8",
    "A_LAW, 15, 0xD5, 8",
    "A_LAW, 16, 0xD4, 24",
    "A_LAW, 32767, 0xAA, 32256",
    "A_LAW, -32768, 0x2A, -32256",
    "MU_LAW, 0, 0xFF, 0",
    "MU_LAW, -1, 0x7F, 0",
    "MU_LAW, 3, 0xFF, 0",
    "MU_LAW, 4, 0xFE, 8",
    "MU_LAW, 32767, 0x80, 32124",
    "MU_LAW, -32768, 0x00, -32124",
  })
  void cornersAreThoseOfTheTables(CompandingLaw law, int sample, String code, int decoded) {
    int wire = encode(law, sample);
    assertEquals(Integer.decode(code), wire);
    assertEquals(decoded, law.samples[wire]);
  }

  @ParameterizedTest
  @EnumSource
  void decodingAndEncodingKeepsEveryCode(CompandingLaw law) {
    for (int wire = 0; wire < 256; wire++) {
      boolean negativeZero = law == CompandingLaw.MU_LAW && wire == 0x7F;
      assertEquals(negativeZero ? 0xFF : wire, encode(law, law.samples[wire]), "code " + wire);
    }
  }

  @ParameterizedTest
  @EnumSource
  void decodedSamplesAscendWithTheInput(CompandingLaw law) {
    int previous = law.samples[encode(law, Short.MIN_VALUE)];
    for (int sample = Short.MIN_VALUE + 1; sample <= Short.MAX_VALUE; sample++) {
      int decoded = law.samples[encode(law, sample)];
      assertEquals(Math.max(previous, decoded), decoded, "sample " + sample);
      previous = decoded;
    }
  }

  @Test
  void tablesFitTheFirstLevelCache() {
    assertEquals(4_096, CompandingLaw.A_LAW.codes.length);
    assertEquals(16_384, CompandingLaw.MU_LAW.codes.length);
  }

  private static int encode(CompandingLaw law, int sample) {
    return law.codes[(sample >> law.shift) & (law.codes.length - 1)] & 0xFF;
  }
}
