package org.mediacore.sdp;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * When the session is active (t=, RFC 8866 §5.9), in seconds since 1900-01-01; 0 0 is unbounded.
 *
 * @param startSeconds start in NTP seconds, 0 or more
 * @param stopSeconds stop in NTP seconds, 0 or more
 */
public record Timing(long startSeconds, long stopSeconds) {
  /** The unbounded, permanent session every call uses: {@code t=0 0}. */
  public static final Timing PERMANENT = new Timing(0, 0);

  /** Checks that neither time is negative; throws IllegalArgumentException otherwise. */
  public Timing {
    if (startSeconds < 0 || stopSeconds < 0) {
      throw new IllegalArgumentException("negative time: " + startSeconds + " " + stopSeconds);
    }
  }

  /** The value of the t= line. */
  public String toValue() {
    return startSeconds + " " + stopSeconds;
  }

  static Optional<Timing> parse(String value) {
    String[] f = Fields.split(value);
    if (f.length != 2) {
      return Optional.empty();
    }
    OptionalLong start = Fields.unsigned(f[0]);
    OptionalLong stop = Fields.unsigned(f[1]);
    return start.isPresent() && stop.isPresent()
        ? Optional.of(new Timing(start.getAsLong(), stop.getAsLong()))
        : Optional.empty();
  }
}
