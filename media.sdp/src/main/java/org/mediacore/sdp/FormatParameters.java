package org.mediacore.sdp;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The text of {@code a=fmtp} as parameters (RFC 8866 §6.15, the form of RFC 4855 §3). */
public final class FormatParameters {
  private FormatParameters() {}

  /**
   * Splits {@code name=value;name=value}. A part without an equals sign, such as the {@code 0-15}
   * of telephone-event, becomes a name with an empty value; of two parts with the same name the
   * first counts.
   *
   * @param fmtp the raw text after the format number; may be empty
   * @return an unmodifiable map that finds its names in any case, and keeps them as written
   */
  public static Map<String, String> parse(String fmtp) {
    Map<String, String> out = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String part : fmtp.split(";")) {
      int equals = part.indexOf('=');
      String name = (equals < 0 ? part : part.substring(0, equals)).strip();
      if (!name.isEmpty()) {
        out.putIfAbsent(name, equals < 0 ? "" : part.substring(equals + 1).strip());
      }
    }
    return Collections.unmodifiableMap(out);
  }

  /**
   * Writes {@code name=value;name=value} in the map's order; an empty value gives the bare name.
   */
  public static String format(Map<String, String> parameters) {
    StringBuilder out = new StringBuilder();
    parameters.forEach(
        (name, value) -> {
          out.append(out.isEmpty() ? "" : ";").append(name);
          if (!value.isEmpty()) {
            out.append('=').append(value);
          }
        });
    return out.toString();
  }
}
