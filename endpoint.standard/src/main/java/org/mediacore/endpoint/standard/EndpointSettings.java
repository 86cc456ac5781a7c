package org.mediacore.endpoint.standard;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What can be configured under {@value #PID}.
 *
 * @param dataDir where files are played from and recorded to
 * @param recordRateHz the sampling rate of recordings
 * @param maxMembers callers in one room
 * @param maxFiles files open at a time
 */
record EndpointSettings(Path dataDir, int recordRateHz, int maxMembers, int maxFiles) {
  static final String PID = "org.mediacore.endpoint.standard";
  static final String DATA_DIR = "data.dir";
  static final String RECORD_RATE_HZ = "record.rate.hz";
  static final String CONF_MAX_MEMBERS = "conf.max.members";
  static final String FILES_MAX = "files.max";

  private static final String HOME = "${org.mediacore.home}";
  private static final List<Integer> RATES_HZ = List.of(8_000, 16_000, 24_000, 32_000, 48_000);

  static EndpointSettings defaults(Path home) {
    return new EndpointSettings(home.resolve("data"), 16_000, 64, 500);
  }

  /**
   * Reads what is configured; a value that is wrong is reported and stays as it was.
   *
   * @param values key to text; absent keys have their default
   * @param complaints takes one line for each wrong value
   */
  static EndpointSettings read(
      Map<String, String> values,
      Path home,
      EndpointSettings previous,
      Consumer<String> complaints) {
    EndpointSettings defaults = defaults(home);
    return new EndpointSettings(
        path(values, home, defaults.dataDir, previous.dataDir, complaints),
        number(
            values,
            RECORD_RATE_HZ,
            RATES_HZ,
            0,
            0,
            defaults.recordRateHz,
            previous.recordRateHz,
            complaints),
        number(
            values,
            CONF_MAX_MEMBERS,
            List.of(),
            2,
            10_000,
            defaults.maxMembers,
            previous.maxMembers,
            complaints),
        number(
            values,
            FILES_MAX,
            List.of(),
            1,
            100_000,
            defaults.maxFiles,
            previous.maxFiles,
            complaints));
  }

  private static Path path(
      Map<String, String> values,
      Path home,
      Path absent,
      Path previous,
      Consumer<String> complaints) {
    String text = values.getOrDefault(DATA_DIR, "").trim();
    if (text.isEmpty()) {
      return absent;
    }
    try {
      Path path = Path.of(text.replace(HOME, home.toString()));
      if (!Files.exists(path) || Files.isDirectory(path)) {
        return home.resolve(path);
      }
    } catch (InvalidPathException e) {
      complaints.accept(complaint(DATA_DIR, text, "a directory", previous.toString()));
      return previous;
    }
    complaints.accept(complaint(DATA_DIR, text, "a directory", previous.toString()));
    return previous;
  }

  private static int number(
      Map<String, String> values,
      String key,
      List<Integer> choices,
      int min,
      int max,
      int absent,
      int previous,
      Consumer<String> complaints) {
    String text = values.getOrDefault(key, "").trim();
    if (text.isEmpty()) {
      return absent;
    }
    if (text.matches("[0-9]{1,9}")) {
      int value = Integer.parseInt(text);
      if (choices.isEmpty() ? value >= min && value <= max : choices.contains(value)) {
        return value;
      }
    }
    String allowed = choices.isEmpty() ? min + " to " + max : "one of " + choices;
    complaints.accept(complaint(key, text, allowed, Integer.toString(previous)));
    return previous;
  }

  private static String complaint(String key, String value, String allowed, String kept) {
    return PID
        + ".cfg: "
        + key
        + "="
        + value
        + " is not allowed, it must be "
        + allowed
        + "; it stays "
        + kept;
  }
}
