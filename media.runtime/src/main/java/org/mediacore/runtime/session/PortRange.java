package org.mediacore.runtime.session;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where RTP ports are taken from.
 *
 * @param address the local address; not a wildcard, since descriptions must name it
 * @param first the first port, even
 * @param last the last port
 */
public record PortRange(InetAddress address, int first, int last) {
  private static final Pattern TEXT = Pattern.compile("\\[?([0-9A-Fa-f:.]+?)]?:(\\d+)-(\\d+)");

  public PortRange {
    if (address.isAnyLocalAddress()) {
      throw new IllegalArgumentException("the address must be one that callers can reach");
    }
    if (first < 1024 || last > 65_535 || last - first < 1) {
      throw new IllegalArgumentException(
          "ports must be within 1024-65535 and at least two: " + first + "-" + last);
    }
    first += first % 2;
  }

  /**
   * Reads {@code ADDR:FIRST-LAST}; an IPv6 address stands in brackets.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  public static PortRange parse(String text) {
    Matcher matcher = TEXT.matcher(text.trim());
    if (!matcher.matches() || matcher.group(2).length() > 5 || matcher.group(3).length() > 5) {
      throw new IllegalArgumentException("must be ADDR:FIRST-LAST: " + text);
    }
    try {
      return new PortRange(
          InetAddress.getByName(matcher.group(1)),
          Integer.parseInt(matcher.group(2)),
          Integer.parseInt(matcher.group(3)));
    } catch (UnknownHostException notAnAddress) {
      throw new IllegalArgumentException("not an IP address: " + matcher.group(1), notAnAddress);
    }
  }

  @Override
  public String toString() {
    String host = address.getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + first + "-" + last;
  }
}
