package org.mediacore.sdp;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a payload type number stands for ({@code a=rtpmap}, RFC 8866 §6.6).
 *
 * @param payloadType 0 to 127
 * @param encoding name, clock rate and channels
 */
public record RtpMap(int payloadType, RtpEncoding encoding) {

  /** Checks the number; throws IllegalArgumentException outside 0 to 127. */
  public RtpMap {
    if (payloadType < 0 || payloadType > 127) {
      throw new IllegalArgumentException("payload type outside 0-127: " + payloadType);
    }
  }

  /** The value of the attribute: {@code 111 opus/48000/2}. */
  public String toValue() {
    return payloadType + " " + encoding;
  }

  static Optional<RtpMap> parse(String value) {
    String[] f = Fields.split(value);
    if (f.length != 2) {
      return Optional.empty();
    }
    OptionalInt payloadType = Fields.unsigned(f[0], 0, 127);
    return payloadType.isEmpty()
        ? Optional.empty()
        : RtpEncoding.parse(f[1]).map(e -> new RtpMap(payloadType.getAsInt(), e));
  }
}
