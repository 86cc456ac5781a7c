package org.mediacore.api.codec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.StringJoiner;

/**
 * Format parameters of a codec, the part of {@code a=fmtp} after the payload type (RFC 8866 §6.15).
 * Names are compared without regard to case and kept in lower case; order is kept. A parameter
 * without {@code =}, such as {@code 0-15} of telephone-event, has an empty value.
 *
 * @param parameters name to value, in order; unmodifiable
 */
public record Fmtp(Map<String, String> parameters) {
  /** No parameters: no fmtp line. */
  public static final Fmtp NONE = new Fmtp(Map.of());

  public Fmtp {
    Map<String, String> copy = new LinkedHashMap<>();
    parameters.forEach((name, value) -> copy.put(name.toLowerCase(Locale.ROOT), value));
    parameters = Collections.unmodifiableMap(copy);
  }

  /** Reads {@code name=value;name=value}; empty pieces are skipped, so any text has a meaning. */
  public static Fmtp parse(String text) {
    Map<String, String> found = new LinkedHashMap<>();
    for (String piece : text.split(";")) {
      String trimmed = piece.trim();
      if (!trimmed.isEmpty()) {
        int equals = trimmed.indexOf('=');
        String name = equals < 0 ? trimmed : trimmed.substring(0, equals).trim();
        found.put(name, equals < 0 ? "" : trimmed.substring(equals + 1).trim());
      }
    }
    return new Fmtp(found);
  }

  /** Whether there is nothing to write. */
  public boolean isEmpty() {
    return parameters.isEmpty();
  }

  /** The value of a parameter, or {@code absent} where it is not given. */
  public String get(String name, String absent) {
    return parameters.getOrDefault(name.toLowerCase(Locale.ROOT), absent);
  }

  /** The value of a decimal parameter; empty where it is absent or not a decimal int. */
  public OptionalInt getInt(String name) {
    String value = get(name, "");
    if (value.isEmpty() || value.length() > 10) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(Integer.parseInt(value));
    } catch (NumberFormatException notANumber) {
      return OptionalInt.empty();
    }
  }

  /** Whether a 0/1 parameter is 1. */
  public boolean isSet(String name) {
    return get(name, "0").equals("1");
  }

  /** A copy with one parameter set. */
  public Fmtp with(String name, String value) {
    Map<String, String> copy = new LinkedHashMap<>(parameters);
    copy.put(name.toLowerCase(Locale.ROOT), value);
    return new Fmtp(copy);
  }

  /** The text after the payload type, {@code name=value;name=value}. */
  public String toText() {
    StringJoiner text = new StringJoiner(";");
    parameters.forEach((name, value) -> text.add(value.isEmpty() ? name : name + "=" + value));
    return text.toString();
  }

  @Override
  public String toString() {
    return toText();
  }
}
