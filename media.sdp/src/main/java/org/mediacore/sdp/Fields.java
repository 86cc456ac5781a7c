package org.mediacore.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Splitting and reading the space-separated fields of a line's value. */
final class Fields {
  private static final String[] NONE = {};

  private Fields() {}

  /**
   * The fields of a value, separated by any number of spaces or tabs. There are none in a blank
   * value, nor in one with another control character: such a value is readable for nobody.
   */
  static String[] split(String value) {
    List<String> fields = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= value.length(); i++) {
      char c = i < value.length() ? value.charAt(i) : ' ';
      if (c == ' ' || c == '\t') {
        if (i > start) {
          fields.add(value.substring(start, i));
        }
        start = i + 1;
      } else if (c < ' ') {
        return NONE;
      }
    }
    return fields.toArray(NONE);
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
