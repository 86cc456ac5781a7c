package org.mediacore.runtime.loop;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Takes the datagrams of one port, on the loop's thread. */
public interface DatagramHandler {
  /**
   * A datagram arrived.
   *
   * @param packet from position to limit, with writable room behind the limit; owned by the loop,
   *     valid during the call
   * @param from the sender
   * @param nowNs the loop's clock
   */
  void datagram(ByteBuffer packet, InetSocketAddress from, long nowNs);
}
