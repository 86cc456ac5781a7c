package org.mediacore.sdp;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where media is to be sent (c=, RFC 8866 §5.7).
 *
 * @param networkType "IN"
 * @param addressType "IP4" or "IP6"
 * @param address an address or host name as written, without the suffix; never resolved here
 * @param ttl time to live of an IPv4 multicast address
 * @param addressCount number of consecutive multicast addresses
 */
public record Connection(
    String networkType,
    String addressType,
    String address,
    OptionalInt ttl,
    OptionalInt addressCount) {

  /** Checks that the fields are single words; throws IllegalArgumentException otherwise. */
  public Connection {
    Fields.requireToken(networkType, "network type");
    Fields.requireToken(addressType, "address type");
    Fields.requireToken(address, "address");
  }

  /** The connection of an IPv4 or IPv6 address literal (unicast; a host name counts as IP4). */
  public static Connection of(String address) {
    return new Connection(
        "IN", addressTypeOf(address), address, OptionalInt.empty(), OptionalInt.empty());
  }

  /**
   * Whether this is 0.0.0.0 or the IPv6 unspecified address: the old way to hold (RFC 3264 §8.4).
   */
  public boolean isUnspecified() {
    return address.equals("0.0.0.0") || address.equals("::") || address.equals("0:0:0:0:0:0:0:0");
  }

  /** The value of the c= line. */
  public String toValue() {
    StringBuilder out = new StringBuilder();
    out.append(networkType).append(' ').append(addressType).append(' ').append(address);
    ttl.ifPresent(n -> out.append('/').append(n));
    addressCount.ifPresent(n -> out.append('/').append(n));
    return out.toString();
  }

  static String addressTypeOf(String address) {
    return address.indexOf(':') >= 0 ? "IP6" : "IP4";
  }

  static Optional<Connection> parse(String value) {
    String[] f = Fields.split(value);
    if (f.length != 3) {
      return Optional.empty();
    }
    String[] parts = f[2].split("/", -1);
    if (parts[0].isEmpty()) {
      return Optional.empty();
    }
    OptionalInt ttl = OptionalInt.empty();
    OptionalInt count = OptionalInt.empty();
    boolean v6 = f[1].equals("IP6");
    if (parts.length > (v6 ? 2 : 3)) {
      return Optional.empty();
    }
    for (int i = 1; i < parts.length; i++) {
      boolean isTtl = i == 1 && !v6;
      OptionalInt n = Fields.unsigned(parts[i], isTtl ? 0 : 1, isTtl ? 255 : Integer.MAX_VALUE);
      if (n.isEmpty()) {
        return Optional.empty();
      }
      if (isTtl) {
        ttl = n;
      } else {
        count = n;
      }
    }
    return Optional.of(new Connection(f[0], f[1], parts[0], ttl, count));
  }
}
