package org.mediacore.launcher;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks the address arguments of the command line by their text; no name is ever looked up. */
final class Addresses {
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:]*(?:[0-9.]*)");
  private static final Pattern HOST_AND_REST = Pattern.compile("(\\[[^\\]]+]|[^:\\[\\]]+):(.+)");
  private static final int FIRST_MEDIA_PORT = 1024;
  private static final int MAX_PORT = 65_535;

  private Addresses() {}

  static void requireAddressPort(String option, String value) throws UsageException {
    Matcher parts = HOST_AND_REST.matcher(value);
    boolean valid =
        parts.matches()
            && isAddress(parts.group(1))
            && !isWildcard(parts.group(1))
            && port(parts.group(2)) > 0;
    if (!valid) {
      throw new UsageException(
          option
              + " '"
              + value
              + "': ADDR:PORT with the address of one interface, such as 127.0.0.1:5060 or"
              + " [::1]:5060");
    }
  }

  /** Whether ADDR:PORT can be reached from this machine alone. */
  static boolean isLoopback(String addressPort) {
    return addressPort.startsWith("127.") || addressPort.matches("\\[[0:]*:0*1]:.*");
  }

  private static boolean isWildcard(String host) {
    return host.matches("0\\.0\\.0\\.0|\\[[0:]+]");
  }

  static void requireAddressRange(String option, String value) throws UsageException {
    Matcher parts = HOST_AND_REST.matcher(value);
    String expected =
        ": ADDR:FIRST-LAST with the address of one interface and ports from 1024, such as"
            + " 127.0.0.1:20000-29999";
    if (!parts.matches() || !isAddress(parts.group(1)) || isWildcard(parts.group(1))) {
      throw new UsageException(option + " '" + value + "'" + expected);
    }
    int dash = parts.group(2).indexOf('-');
    int first = dash < 0 ? -1 : port(parts.group(2).substring(0, dash));
    int last = dash < 0 ? -1 : port(parts.group(2).substring(dash + 1));
    if (first < FIRST_MEDIA_PORT || last < 1) {
      throw new UsageException(option + " '" + value + "'" + expected);
    }
    if (last <= first) {
      throw new UsageException(option + " '" + value + "': the last port is above the first");
    }
  }

  static void requireNetworks(String option, String value) throws UsageException {
    for (String network : value.split(",", -1)) {
      int slash = network.indexOf('/');
      String address = slash < 0 ? network : network.substring(0, slash);
      boolean four = IPV4.matcher(address).matches();
      boolean six = isIpv6(address);
      int bits = four ? 32 : 128;
      String prefix = slash < 0 ? Integer.toString(bits) : network.substring(slash + 1);
      if ((!four && !six) || !prefix.matches("\\d{1,3}") || Integer.parseInt(prefix) > bits) {
        throw new UsageException(
            option
                + " '"
                + network
                + "': networks such as 192.0.2.0/24 or 2001:db8::/32,"
                + " separated by commas");
      }
    }
  }

  private static boolean isAddress(String host) {
    if (host.startsWith("[")) {
      return isIpv6(host.substring(1, host.length() - 1));
    }
    return IPV4.matcher(host).matches();
  }

  /** With a colon in it, the JDK takes a text as a literal or refuses it, and asks nobody. */
  private static boolean isIpv6(String text) {
    try {
      return IPV6.matcher(text).matches() && InetAddress.getByName(text) != null;
    } catch (UnknownHostException notAnAddress) {
      return false;
    }
  }

  /** A port from 1, or -1 for text that is none. */
  private static int port(String text) {
    if (!text.matches("\\d{1,5}")) {
      return -1;
    }
    int port = Integer.parseInt(text);
    return port <= MAX_PORT ? port : -1;
  }
}
