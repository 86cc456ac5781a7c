package org.mediacore.launcher;

/** Defaults of the container's SLF4J backend: one line per event on standard error. */
final class Logging {
  private static final String PREFIX = "org.slf4j.simpleLogger.";

  private Logging() {}

  static void configure() {
    setDefault("showDateTime", "true");
    setDefault("dateTimeFormat", "yyyy-MM-dd HH:mm:ss.SSS");
    setDefault("showThreadName", "false");
    setDefault("showShortLogName", "true");
    setDefault("defaultLogLevel", "info");
  }

  private static void setDefault(String key, String value) {
    if (System.getProperty(PREFIX + key) == null) {
      System.setProperty(PREFIX + key, value);
    }
  }
}
