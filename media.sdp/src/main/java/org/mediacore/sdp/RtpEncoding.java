package org.mediacore.sdp;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The name of a payload encoding as {@code a=rtpmap} gives it. Equality ignores the case of the
 * name (RFC 4855 §3).
 *
 * @param name encoding name as written, for instance {@code opus} or {@code telephone-event}
 * @param clockRateHz rate of the RTP timestamp, which need not be the sampling rate (G.722: 8000)
 * @param channels audio channels; 1 where nothing is said, and for video
 */
public record RtpEncoding(String name, int clockRateHz, int channels) {

  /** Checks the fields; throws IllegalArgumentException naming the one that is wrong. */
  public RtpEncoding {
    Fields.requireToken(name, "encoding name");
    if (name.indexOf('/') >= 0 || clockRateHz < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "not an encoding: " + name + "/" + clockRateHz + "/" + channels);
    }
  }

  /** A mono encoding. */
  public RtpEncoding(String name, int clockRateHz) {
    this(name, clockRateHz, 1);
  }

  /** Reads {@code name/clockRateHz[/channels]}; empty when it is not of that form. */
  public static Optional<RtpEncoding> parse(String text) {
    String[] parts = text.strip().split("/", -1);
    if (parts.length < 2 || parts.length > 3 || parts[0].isEmpty()) {
      return Optional.empty();
    }
    if (parts[0].chars().anyMatch(c -> c <= ' ')) {
      return Optional.empty();
    }
    OptionalInt clock = Fields.unsigned(parts[1], 1, Integer.MAX_VALUE);
    OptionalInt channels = parts.length < 3 ? OptionalInt.of(1) : Fields.unsigned(parts[2], 1, 255);
    return clock.isPresent() && channels.isPresent()
        ? Optional.of(new RtpEncoding(parts[0], clock.getAsInt(), channels.getAsInt()))
        : Optional.empty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RtpEncoding o
        && name.equalsIgnoreCase(o.name)
        && clockRateHz == o.clockRateHz
        && channels == o.channels;
  }

  @Override
  public int hashCode() {
    return (name.toLowerCase(Locale.ROOT).hashCode() * 31 + clockRateHz) * 31 + channels;
  }

  /** The form of the rtpmap attribute: {@code PCMU/8000}, {@code opus/48000/2}. */
  @Override
  public String toString() {
    return name + "/" + clockRateHz + (channels == 1 ? "" : "/" + channels);
  }
}
