package org.mediacore.signaling.sip;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Networks whose hosts may call, in CIDR notation (RFC 4632, RFC 4291 §2.3). Immutable. */
final class AllowList {
  static final String ALLOWED =
      "a comma-separated list of networks, such as 192.0.2.0/24,2001:db8::/32 or a single address";

  /** No network: everybody may call who can reach a loopback address, nobody else. */
  static final AllowList EMPTY = new AllowList(List.of());

  private record Network(byte[] prefix, int bits, String text) {
    boolean contains(byte[] address) {
      if (address.length != prefix.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit += 8) {
        int mask = bits - bit >= 8 ? 0xff : 0xff << (8 - (bits - bit)) & 0xff;
        if (((address[bit / 8] ^ prefix[bit / 8]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  private final List<Network> networks;

  private AllowList(List<Network> networks) {
    this.networks = List.copyOf(networks);
  }

  /** Reads a comma-separated list; empty where an entry is not a network. */
  static Optional<AllowList> parse(String text) {
    List<Network> networks = new ArrayList<>();
    for (String entry : text.split(",")) {
      if (entry.isBlank()) {
        continue;
      }
      Optional<Network> network = parseNetwork(entry.trim());
      if (network.isEmpty()) {
        return Optional.empty();
      }
      networks.add(network.get());
    }
    return Optional.of(new AllowList(networks));
  }

  private static Optional<Network> parseNetwork(String text) {
    int slash = text.indexOf('/');
    String literal = slash < 0 ? text : text.substring(0, slash);
    Optional<InetAddress> address = IpLiteral.parse(literal);
    if (address.isEmpty()) {
      return Optional.empty();
    }
    byte[] prefix = address.get().getAddress();
    if (slash < 0) {
      return Optional.of(new Network(prefix, prefix.length * 8, text));
    }
    String digits = text.substring(slash + 1);
    if (!digits.matches("[0-9]{1,3}") || Integer.parseInt(digits) > prefix.length * 8) {
      return Optional.empty();
    }
    return Optional.of(new Network(prefix, Integer.parseInt(digits), text));
  }

  boolean isEmpty() {
    return networks.isEmpty();
  }

  /**
   * Whether a caller may call.
   *
   * @param source the address that the datagram came from
   */
  boolean permits(InetAddress source) {
    if (networks.isEmpty()) {
      return source.isLoopbackAddress();
    }
    byte[] address = source.getAddress();
    return networks.stream().anyMatch(network -> network.contains(address));
  }

  @Override
  public String toString() {
    return String.join(",", networks.stream().map(Network::text).toList());
  }
}
