package org.mediacore.codec.amr;

import java.util.Map;
import java.util.function.Consumer;

/**
 * The configuration {@link #PID}, checked.
 *
 * @param octetAligned whether our offers ask for octet-aligned payloads; answers follow the offer
 * @param dtx whether encoders send silence as such: a short frame every 160 ms, else nothing
 * @param narrowbandMode the highest mode that encoders of AMR use, 0 to 7
 * @param widebandMode the highest mode that encoders of AMR-WB use, 0 to 8
 */
record AmrSettings(boolean octetAligned, boolean dtx, int narrowbandMode, int widebandMode) {
  /** The configuration's name; its file is {@code conf/org.mediacore.codec.amr.cfg}. */
  static final String PID = "org.mediacore.codec.amr";

  static final AmrSettings DEFAULT = new AmrSettings(false, false, 7, 8);

  /**
   * Reads a configuration; a wrong value counts as absent.
   *
   * @param properties keys and values, as numbers, booleans or text
   * @param complaints takes one sentence for each wrong value
   */
  static AmrSettings read(Map<String, ?> properties, Consumer<String> complaints) {
    return new AmrSettings(
        flag(properties, "octet-align", DEFAULT.octetAligned, complaints),
        flag(properties, "dtx", DEFAULT.dtx, complaints),
        mode(properties, "mode", AmrVariant.NARROWBAND, DEFAULT.narrowbandMode, complaints),
        mode(properties, "wb-mode", AmrVariant.WIDEBAND, DEFAULT.widebandMode, complaints));
  }

  int highestMode(AmrVariant variant) {
    return variant == AmrVariant.NARROWBAND ? narrowbandMode : widebandMode;
  }

  private static boolean flag(
      Map<String, ?> properties, String key, boolean absent, Consumer<String> complaints) {
    String text = text(properties, key);
    if (text.isEmpty() || text.equals("true") || text.equals("false")) {
      return text.isEmpty() ? absent : text.equals("true");
    }
    complaints.accept(complaint(key, text, "true or false", absent));
    return absent;
  }

  private static int mode(
      Map<String, ?> properties,
      String key,
      AmrVariant variant,
      int absent,
      Consumer<String> complaints) {
    String text = text(properties, key);
    int highest = variant.modes - 1;
    if (text.isEmpty()) {
      return absent;
    }
    if (text.matches("[0-9]") && Integer.parseInt(text) <= highest) {
      return Integer.parseInt(text);
    }
    complaints.accept(complaint(key, text, "a mode from 0 to " + highest, absent));
    return absent;
  }

  private static String text(Map<String, ?> properties, String key) {
    Object value = properties.get(key);
    return value == null ? "" : value.toString().trim();
  }

  private static String complaint(String key, String value, String allowed, Object used) {
    return PID + ": " + key + " = " + value + " is not " + allowed + "; used is " + used;
  }
}
