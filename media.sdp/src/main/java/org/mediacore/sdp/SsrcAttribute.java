package org.mediacore.sdp;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * One fact about a synchronisation source ({@code a=ssrc}, RFC 5576 §4.1).
 *
 * @param ssrc 0 to 2^32-1
 * @param name attribute name, for instance {@code cname}; empty when only the number is given
 * @param value attribute value; empty when there is none
 */
public record SsrcAttribute(long ssrc, String name, String value) {

  /** Checks the number; throws IllegalArgumentException when it is no 32-bit value. */
  public SsrcAttribute {
    if (ssrc < 0 || ssrc > 0xffff_ffffL) {
      throw new IllegalArgumentException("SSRC outside 32 bits: " + ssrc);
    }
  }

  /** The value of the attribute: {@code 314159 cname:user@example.com}. */
  public String toValue() {
    if (name.isEmpty()) {
      return Long.toString(ssrc);
    }
    return ssrc + " " + name + (value.isEmpty() ? "" : ":" + value);
  }

  static Optional<SsrcAttribute> parse(String text) {
    String stripped = text.strip();
    int space = stripped.indexOf(' ');
    OptionalLong ssrc = Fields.unsigned(space < 0 ? stripped : stripped.substring(0, space));
    if (ssrc.isEmpty() || ssrc.getAsLong() > 0xffff_ffffL) {
      return Optional.empty();
    }
    String rest = space < 0 ? "" : stripped.substring(space + 1).strip();
    int colon = rest.indexOf(':');
    return Optional.of(
        new SsrcAttribute(
            ssrc.getAsLong(),
            colon < 0 ? rest : rest.substring(0, colon),
            colon < 0 ? "" : rest.substring(colon + 1)));
  }
}
