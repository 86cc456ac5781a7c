package org.mediacore.transport.udp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where one component's packets come from and go to. Inside, an absent address is {@code null}:
 * this is the media path.
 */
final class PeerPath {
  private final InetSocketAddress signalled;
  private InetSocketAddress latched;

  PeerPath(Optional<InetSocketAddress> signalled, Optional<InetSocketAddress> latched) {
    // 0.0.0.0 and :: are how RFC 2543 puts a call on hold (RFC 3264 §8.4): nowhere to send to.
    this.signalled = signalled.filter(at -> !at.getAddress().isAnyLocalAddress()).orElse(null);
    this.latched = latched.orElse(null);
  }

  /** Whether the peer's address is known for good. */
  boolean isLatched() {
    return latched != null;
  }

  /** Whether a packet comes from the latched address. */
  boolean isLatchedTo(InetSocketAddress from) {
    if (from == latched) {
      return true;
    }
    if (!from.equals(latched)) {
      return false;
    }
    latched = from; // a DatagramChannel hands out one instance per source: next time it is the same
    return true;
  }

  /** Whether an address has the IP address that was signalled. */
  boolean isSignalledIp(InetAddress ip) {
    return signalled != null && ip.equals(signalled.getAddress());
  }

  /** Whether an address has the IP address that is latched. */
  boolean isLatchedIp(InetAddress ip) {
    return latched != null && ip.equals(latched.getAddress());
  }

  void latch(InetSocketAddress from) {
    latched = from;
  }

  /** Where packets go, or null: nowhere, as the peer has said that it wants none. */
  InetSocketAddress target() {
    return signalled == null ? null : latched != null ? latched : signalled;
  }

  Optional<InetSocketAddress> latched() {
    return Optional.ofNullable(latched);
  }
}
