package org.mediacore.sdp;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where RTCP is received when it is not the port above RTP ({@code a=rtcp}, RFC 3605).
 *
 * @param port UDP port, 1 to 65535 (0 is accepted: a refused stream may carry it)
 * @param connection the address, when it differs from the media's
 */
public record RtcpAttribute(int port, Optional<Connection> connection) {

  /** Checks the port; throws IllegalArgumentException outside 0 to 65535. */
  public RtcpAttribute {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("RTCP port outside 0-65535: " + port);
    }
  }

  /** The media's own address with this port. */
  public RtcpAttribute(int port) {
    this(port, Optional.empty());
  }

  /** The value of the attribute. */
  public String toValue() {
    return port + connection.map(c -> " " + c.toValue()).orElse("");
  }

  static Optional<RtcpAttribute> parse(String value) {
    String[] f = Fields.split(value);
    OptionalInt port = f.length == 0 ? OptionalInt.empty() : Fields.unsigned(f[0], 0, 65_535);
    if (port.isEmpty()) {
      return Optional.empty();
    }
    if (f.length == 1) {
      return Optional.of(new RtcpAttribute(port.getAsInt()));
    }
    boolean address = f.length == 4 && (f[2].equals("IP4") || f[2].equals("IP6"));
    return address
        ? Connection.parse(f[1] + " " + f[2] + " " + f[3])
            .map(c -> new RtcpAttribute(port.getAsInt(), Optional.of(c)))
        : Optional.empty();
  }
}
