package org.mediacore.signaling.sip;

import java.net.InetSocketAddress;

/** Sends datagrams from the listening socket. */
@FunctionalInterface
interface Wire {
  /**
   * Sends one encoded message; what the network does not take is lost, as any datagram may be.
   *
   * @param message the bytes of the datagram, not kept
   */
  void send(byte[] message, InetSocketAddress to);
}
