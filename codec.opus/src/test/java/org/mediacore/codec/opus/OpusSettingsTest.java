package org.mediacore.codec.opus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpusSettingsTest {
  private final List<String> complaints = new ArrayList<>();

  @Test
  void nothingConfiguredIsTheDefault() {
    assertEquals(OpusSettings.DEFAULT, read(Map.of(), OpusSettings.DEFAULT));
    assertTrue(complaints.isEmpty());
  }

  @Test
  void takesTextAndTypedValues() {
    OpusSettings expected =
        new OpusSettings(
            24_000,
            10,
            Application.LOWDELAY,
            Bandwidth.SUPER_WIDE,
            true,
            false,
            true,
            true,
            3,
            7,
            200,
            false);
    assertEquals(
        expected,
        read(
            keys(
                "bitrate",
                "24000",
                "complexity",
                10,
                "application",
                " lowdelay",
                "bandwidth",
                "super-wide",
                "cbr",
                "true",
                "fec",
                "false",
                "dtx",
                true,
                "stereo",
                "true",
                "loss",
                "3",
                "decoder.complexity",
                "7",
                "dred",
                200,
                "native",
                false),
            OpusSettings.DEFAULT));
    assertTrue(complaints.isEmpty());
  }

  @Test
  void aKeyThatIsTakenOutIsTheDefaultAgain() {
    OpusSettings previous = read(Map.of("bitrate", "24000"), OpusSettings.DEFAULT);
    assertEquals(OpusSettings.DEFAULT, read(Map.of(), previous));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bitrate     | 5999    | a whole number from 6000 to 255000; stays 24000",
        "bitrate     | 255001  | a whole number from 6000 to 255000; stays 24000",
        "bitrate     | 24k     | a whole number from 6000 to 255000; stays 24000",
        "bitrate     | -24000  | a whole number from 6000 to 255000; stays 24000",
        "bitrate     | 99999999999999 | a whole number from 6000 to 255000; stays 24000",
        "complexity  | 11      | a whole number from 0 to 10; stays 7",
        "application | music   | one of voip, audio, lowdelay; stays audio",
        "bandwidth   | 16000   | one of narrow, medium, wide, super-wide, full; stays wide",
        "cbr         | 1       | true or false; stays true",
        "decoder.complexity | 11 | a whole number from 0 to 10; stays 0",
        "dred        | 1041    | a whole number from 0 to 1040; stays 100",
        "fec         | yes     | true or false; stays false",
        "loss        | 101     | a whole number from 0 to 100; stays 9",
        "native      | 1       | true or false; stays true"
      })
  void aWrongValueIsNamedAndThePreviousStays(String key, String value, String rest) {
    OpusSettings previous =
        new OpusSettings(
            24_000,
            7,
            Application.AUDIO,
            Bandwidth.WIDE,
            true,
            false,
            false,
            false,
            9,
            0,
            100,
            true);
    Map<String, Object> others =
        new HashMap<>(
            keys(
                "bitrate",
                "24000",
                "complexity",
                "7",
                "application",
                "audio",
                "bandwidth",
                "wide",
                "cbr",
                "true",
                "fec",
                "false",
                "loss",
                "9",
                "decoder.complexity",
                "0",
                "dred",
                "100"));
    others.put(key, value);
    assertEquals(previous, read(others, previous));
    assertEquals(
        List.of("org.mediacore.codec.opus: " + key + " = " + value + " is not " + rest),
        complaints);
  }

  /** What another library cannot do is said once, by key. */
  @Test
  void whatTheLibraryLacksIsNamed() {
    OpusEngine java = new JavaEngine();
    assertEquals(List.of(), OpusSettings.DEFAULT.missingIn(java));
    OpusSettings wishes = read(Map.of("dred", 200, "decoder.complexity", 7), OpusSettings.DEFAULT);
    assertEquals(
        List.of(
            "org.mediacore.codec.opus: dred = 200 has no effect: not in pure Java (Concentus)",
            "org.mediacore.codec.opus: decoder.complexity = 7 has no effect: not in pure Java"
                + " (Concentus)"),
        wishes.missingIn(java));
  }

  private static Map<String, Object> keys(Object... keysAndValues) {
    Map<String, Object> keys = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      keys.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return keys;
  }

  private OpusSettings read(Map<String, ?> properties, OpusSettings previous) {
    return OpusSettings.read(properties, previous, complaints::add);
  }
}
