package org.mediacore.api.transport;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The way to the network, owned by the media loop. A transport holds it for as long as it is open
 * and uses it only on the loop's thread.
 */
@ProviderType
public interface PacketChannel {
  /** The component of RTP packets, and of RTCP with rtcp-mux. */
  int RTP = 0;

  /** The component of RTCP packets on a port of their own. */
  int RTCP = 1;

  /**
   * Sends one datagram without blocking.
   *
   * @param component {@link #RTP} or {@link #RTCP}: the local port it leaves from
   * @param packet from position to limit; the position is unspecified afterwards
   * @param to the receiver
   * @return whether the network took it; a datagram that it did not take is lost
   */
  boolean send(int component, ByteBuffer packet, InetSocketAddress to);
}
