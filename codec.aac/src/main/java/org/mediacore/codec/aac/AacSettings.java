package org.mediacore.codec.aac;

import java.util.Map;
import java.util.function.Consumer;

/**
 * The configuration {@link #PID}, checked.
 *
 * @param library the file of libfdk-aac; empty for the system's
 * @param objectType what is offered: one of the object types of {@link AacConfig}
 * @param bitrateBps bit rate of a mono stream; a stereo stream gets twice as much
 */
record AacSettings(String library, int objectType, int bitrateBps) {
  /** The configuration's name; its file is {@code conf/org.mediacore.codec.aac.cfg}. */
  static final String PID = "org.mediacore.codec.aac";

  /** Bit rates of a mono stream. */
  static final int MIN_BITRATE_BPS = 16_000;

  static final int MAX_BITRATE_BPS = 128_000;

  static final AacSettings DEFAULT = new AacSettings("", AacConfig.ENHANCED_LOW_DELAY, 64_000);

  /**
   * Reads a configuration; a wrong value counts as absent.
   *
   * @param properties keys and values, as numbers or text
   * @param complaints takes one sentence for each wrong value
   */
  static AacSettings read(Map<String, ?> properties, Consumer<String> complaints) {
    return new AacSettings(
        text(properties, "library"),
        objectType(text(properties, "object"), complaints),
        bitrateBps(text(properties, "bitrate"), complaints));
  }

  /** The same with another library where none is configured. */
  AacSettings orLibrary(String other) {
    return library.isEmpty() ? new AacSettings(other, objectType, bitrateBps) : this;
  }

  /** Samples of a frame that is offered. */
  int samplesPerFrame() {
    return switch (objectType) {
      case AacConfig.LOW_COMPLEXITY -> 1_024;
      case AacConfig.LOW_DELAY -> 512;
      default -> 480;
    };
  }

  private static int objectType(String key, Consumer<String> complaints) {
    switch (key) {
      case "", "eld":
        return AacConfig.ENHANCED_LOW_DELAY;
      case "ld":
        return AacConfig.LOW_DELAY;
      case "lc":
        return AacConfig.LOW_COMPLEXITY;
      default:
        complaints.accept(complaint("object", key, "eld, ld or lc", "eld"));
        return DEFAULT.objectType;
    }
  }

  private static int bitrateBps(String text, Consumer<String> complaints) {
    if (text.isEmpty()) {
      return DEFAULT.bitrateBps;
    }
    if (text.matches("[0-9]{1,9}")) {
      int value = Integer.parseInt(text);
      if (value >= MIN_BITRATE_BPS && value <= MAX_BITRATE_BPS) {
        return value;
      }
    }
    String allowed = "a whole number from " + MIN_BITRATE_BPS + " to " + MAX_BITRATE_BPS;
    complaints.accept(complaint("bitrate", text, allowed, DEFAULT.bitrateBps));
    return DEFAULT.bitrateBps;
  }

  private static String text(Map<String, ?> properties, String key) {
    Object value = properties.get(key);
    return value == null ? "" : value.toString().trim();
  }

  private static String complaint(String key, String value, String allowed, Object used) {
    return PID + ": " + key + " = " + value + " is not " + allowed + "; used is " + used;
  }
}
