package org.mediacore.codec.opus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
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
        new OpusSettings(24_000, 10, Application.LOWDELAY, false, true, true, 3, false);
    assertEquals(
        expected,
        read(
            Map.of(
                "bitrate",
                "24000",
                "complexity",
                10,
                "application",
                " lowdelay",
                "fec",
                "false",
                "dtx",
                true,
                "stereo",
                "true",
                "loss",
                "3",
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
        "fec         | yes     | true or false; stays false",
        "loss        | 101     | a whole number from 0 to 100; stays 9",
        "native      | 1       | true or false; stays true"
      })
  void aWrongValueIsNamedAndThePreviousStays(String key, String value, String rest) {
    OpusSettings previous =
        new OpusSettings(24_000, 7, Application.AUDIO, false, false, false, 9, true);
    java.util.Map<String, String> others =
        new java.util.HashMap<>(
            Map.of(
                "bitrate",
                "24000",
                "complexity",
                "7",
                "application",
                "audio",
                "fec",
                "false",
                "loss",
                "9"));
    others.put(key, value);
    assertEquals(previous, read(others, previous));
    assertEquals(
        List.of("org.mediacore.codec.opus: " + key + " = " + value + " is not " + rest),
        complaints);
  }

  private OpusSettings read(Map<String, ?> properties, OpusSettings previous) {
    return OpusSettings.read(properties, previous, complaints::add);
  }
}
