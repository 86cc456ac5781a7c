package org.mediacore.sdp;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A bandwidth limit (b=, RFC 8866 §5.8).
 *
 * @param type "AS" and "CT" count kbit/s, "TIAS" (RFC 3890), "RS" and "RR" (RFC 3556) count bit/s
 * @param value the number, in the type's unit
 */
public record Bandwidth(String type, long value) {

  /** Checks both fields; throws IllegalArgumentException otherwise. */
  public Bandwidth {
    Fields.requireToken(type, "bandwidth type");
    if (value < 0) {
      throw new IllegalArgumentException("negative bandwidth: " + value);
    }
  }

  /** The value of the b= line. */
  public String toValue() {
    return type + ":" + value;
  }

  static Optional<Bandwidth> parse(String value) {
    String text = value.strip();
    int colon = text.indexOf(':');
    if (colon < 1 || text.substring(0, colon).chars().anyMatch(c -> c <= ' ')) {
      return Optional.empty();
    }
    OptionalLong number = Fields.unsigned(text.substring(colon + 1).strip());
    return number.isPresent()
        ? Optional.of(new Bandwidth(text.substring(0, colon), number.getAsLong()))
        : Optional.empty();
  }
}
