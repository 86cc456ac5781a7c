package org.mediacore.signaling.sip;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Reads literal IP addresses; never asks a name server. */
final class IpLiteral {
  private static final String IPV4 =
      "(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}";

  private IpLiteral() {}

  /** Reads {@code 192.0.2.1}, {@code 2001:db8::1} or {@code [2001:db8::1]}; empty for all else. */
  static Optional<InetAddress> parse(String text) {
    boolean bracketed = text.startsWith("[") && text.endsWith("]");
    String plain = bracketed ? text.substring(1, text.length() - 1) : text;
    boolean ipv6 = plain.contains(":") && plain.matches("[0-9A-Fa-f:.]+(%[0-9A-Za-z._-]+)?");
    boolean ipv4 = !bracketed && plain.matches(IPV4);
    if (!ipv6 && !ipv4) {
      return Optional.empty();
    }
    try {
      // With a colon or four numbers in it the JDK takes the text as a literal.
      return Optional.of(InetAddress.getByName(plain));
    } catch (UnknownHostException notAnAddress) {
      return Optional.empty();
    }
  }
}
