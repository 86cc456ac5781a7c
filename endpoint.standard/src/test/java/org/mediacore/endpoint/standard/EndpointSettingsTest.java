package org.mediacore.endpoint.standard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointSettingsTest {
  @TempDir Path home;
  private final List<String> complaints = new ArrayList<>();

  @Test
  void absentValuesAreTheDefaults() {
    assertEquals(new EndpointSettings(home.resolve("data"), 16_000, 64, 500), read(Map.of()));
    assertEquals(List.of(), complaints);
  }

  @ParameterizedTest
  @CsvSource({
    "${org.mediacore.home}/data, data",
    "${org.mediacore.home}/a/b, a/b",
    "recordings, recordings",
  })
  void dataDirectoryIsRelativeToTheHome(String value, String expected) {
    assertEquals(home.resolve(expected), read(Map.of("data.dir", value)).dataDir());
  }

  @Test
  void absoluteDataDirectoryStays() {
    Path elsewhere = home.resolve("elsewhere").toAbsolutePath();
    assertEquals(elsewhere, read(Map.of("data.dir", elsewhere.toString())).dataDir());
  }

  @Test
  void rightValuesAreTaken() {
    EndpointSettings settings =
        read(Map.of("record.rate.hz", "48000", "conf.max.members", "2", "files.max", " 9 "));
    assertEquals(new EndpointSettings(home.resolve("data"), 48_000, 2, 9), settings);
    assertEquals(List.of(), complaints);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "record.rate.hz   | 44100        | one of [8000, 16000, 24000, 32000, 48000]",
        "record.rate.hz   | fast         | one of [8000, 16000, 24000, 32000, 48000]",
        "conf.max.members | 1            | 2 to 10000",
        "conf.max.members | -5           | 2 to 10000",
        "files.max        | 0            | 1 to 100000",
        "files.max        | 99999999999  | 1 to 100000",
        "data.dir         | taken        | a directory",
      })
  void wrongValueIsNamedAndThePreviousStays(String key, String value, String allowed)
      throws Exception {
    Files.writeString(home.resolve("taken"), "");
    String given = key.equals("data.dir") ? home.resolve(value).toString() : value;
    EndpointSettings previous = new EndpointSettings(home.resolve("p"), 8_000, 3, 4);
    EndpointSettings settings =
        EndpointSettings.read(
            Map.of(
                "data.dir", home.resolve("p").toString(),
                "record.rate.hz", "8000",
                "conf.max.members", "3",
                "files.max", "4"),
            home,
            previous,
            complaints::add);
    assertEquals(previous, settings);
    assertEquals(List.of(), complaints);

    Map<String, String> wrong =
        new HashMap<>(
            Map.of(
                "data.dir", home.resolve("p").toString(),
                "record.rate.hz", "8000",
                "conf.max.members", "3",
                "files.max", "4"));
    wrong.put(key, given);
    assertEquals(previous, EndpointSettings.read(wrong, home, previous, complaints::add));
    assertEquals(1, complaints.size());
    String line = complaints.get(0);
    assertTrue(line.startsWith("org.mediacore.endpoint.standard.cfg: " + key + "=" + given), line);
    assertTrue(line.contains("must be " + allowed), line);
  }

  private EndpointSettings read(Map<String, String> values) {
    return EndpointSettings.read(values, home, EndpointSettings.defaults(home), complaints::add);
  }
}
