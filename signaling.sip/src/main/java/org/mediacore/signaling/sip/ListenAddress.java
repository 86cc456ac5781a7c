package org.mediacore.signaling.sip;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where SIP listens: a literal address of one interface and a UDP port.
 *
 * @param address an IPv4 or IPv6 address, never a wildcard: it stands in Contact and Via
 * @param port 1 to 65535
 */
record ListenAddress(InetAddress address, int port) {
  static final String ALLOWED =
      "ADDR:PORT with a literal address of one interface, such as 127.0.0.1:5060 or [::1]:5060";

  ListenAddress {
    if (port < 1 || port > 65535 || address.isAnyLocalAddress()) {
      throw new IllegalArgumentException("not a listening address: " + address + " port " + port);
    }
  }

  /** Reads {@code ADDR:PORT} or {@code [IPV6]:PORT}; empty where the text is anything else. */
  static Optional<ListenAddress> parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      return Optional.empty();
    }
    Optional<InetAddress> address = IpLiteral.parse(text.substring(0, colon).trim());
    String digits = text.substring(colon + 1).trim();
    if (address.isEmpty() || !digits.matches("[0-9]{1,5}")) {
      return Optional.empty();
    }
    int port = Integer.parseInt(digits);
    boolean usable = port >= 1 && port <= 65535 && !address.get().isAnyLocalAddress();
    return usable ? Optional.of(new ListenAddress(address.get(), port)) : Optional.empty();
  }

  /** Whether only this machine can reach it. */
  boolean isLoopback() {
    return address.isLoopbackAddress();
  }

  /** The address as it stands in a SIP URI: IPv6 in brackets, without a zone (RFC 3261 §25.1). */
  String uriHost() {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    String plain = zone < 0 ? text : text.substring(0, zone);
    return address instanceof Inet6Address ? "[" + plain + "]" : plain;
  }

  InetSocketAddress socketAddress() {
    return new InetSocketAddress(address, port);
  }

  @Override
  public String toString() {
    return uriHost() + ":" + port;
  }
}
