package org.mediacore.payload.mpeg4;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** Octets as session parameters have them: hexadecimal digits, the highest bits first. */
final class Hex {
  /** Longest configuration that is looked at; those of AAC have two to ten bytes. */
  private static final int MAX_BYTES = 64;

  private Hex() {}

  /** The octets; empty where the text is not one to 64 of them. Quotes around it are let pass. */
  static Optional<byte[]> read(String text) {
    String digits = text.replace("\"", "").trim();
    boolean valid =
        !digits.isEmpty()
            && digits.length() % 2 == 0
            && digits.length() <= 2 * MAX_BYTES
            && digits.matches("[0-9A-Fa-f]*");
    return valid ? Optional.of(HexFormat.of().parseHex(digits)) : Optional.empty();
  }

  static String write(byte[] octets) {
    return HexFormat.of().formatHex(octets).toUpperCase(Locale.ROOT);
  }
}
