package org.mediacore.sdp;

import java.util.OptionalInt;
import java.util.OptionalLong;

/** Splitting and reading the space-separated fields of a line's value. */
final class Fields {
  private static final String[] NONE = {};

  private Fields() {}

  /** The fields of a value, separated by any number of spaces or tabs; none for a blank value. */
  static String[] split(String value) {
    String stripped = value.strip();
    return stripped.isEmpty() ? NONE : stripped.split("[ \t]+");
  }

  /** An unsigned decimal number of at most 18 digits. */
  static OptionalLong unsigned(String text) {
    if (text.length() > 18 || !isDigits(text)) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(text));
  }

  /** An unsigned decimal number in a range. */
  static OptionalInt unsigned(String text, int min, int max) {
    OptionalLong value = unsigned(text);
    return value.isPresent() && value.getAsLong() >= min && value.getAsLong() <= max
        ? OptionalInt.of((int) value.getAsLong())
        : OptionalInt.empty();
  }

  /** One or more ASCII digits. */
  static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** A value that will be one field of a line: not empty, without white space or controls. */
  static String requireToken(String text, String what) {
    boolean bad = text.isEmpty();
    for (int i = 0; i < text.length(); i++) {
      bad |= text.charAt(i) <= ' ';
    }
    if (bad) {
      throw new IllegalArgumentException(what + " must be one word: \"" + text + "\"");
    }
    return text;
  }
}
