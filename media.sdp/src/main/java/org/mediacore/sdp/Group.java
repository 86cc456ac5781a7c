package org.mediacore.sdp;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A group of media descriptions ({@code a=group}, RFC 5888).
 *
 * @param semantics "BUNDLE" (RFC 9143), "LS", ...
 * @param mids the identification tags of the members, in order; may be empty
 */
public record Group(String semantics, List<String> mids) {

  /**
   * Copies the list and checks that all are single words; throws IllegalArgumentException
   * otherwise.
   */
  public Group {
    Fields.requireToken(semantics, "group semantics");
    mids = List.copyOf(mids);
    mids.forEach(mid -> Fields.requireToken(mid, "mid"));
  }

  /** The value of the attribute. */
  public String toValue() {
    return mids.isEmpty() ? semantics : semantics + " " + String.join(" ", mids);
  }

  static Optional<Group> parse(String value) {
    String[] f = Fields.split(value);
    return f.length == 0
        ? Optional.empty()
        : Optional.of(new Group(f[0], Arrays.asList(f).subList(1, f.length)));
  }
}
