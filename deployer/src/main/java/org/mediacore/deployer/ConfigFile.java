package org.mediacore.deployer;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * One file of home/conf: Java properties in UTF-8, named {@code PID.cfg} or {@code
 * FACTORY-PID~NAME.cfg}.
 *
 * @param fileName for messages
 * @param pid the configuration it is of
 * @param values what it says, untyped
 */
record ConfigFile(String fileName, String pid, Map<String, String> values) {
  static final String ENDING = ".cfg";

  ConfigFile {
    values = Map.copyOf(values);
  }

  static String pid(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - ENDING.length());
  }

  /**
   * Reads a file.
   *
   * @throws IOException when it cannot be read or is not in the format; the message says why
   */
  static ConfigFile read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
    Map<String, String> values = new TreeMap<>();
    properties.forEach((key, value) -> values.put("" + key, ("" + value).trim()));
    return new ConfigFile(file.getFileName().toString(), pid(file), values);
  }
}
