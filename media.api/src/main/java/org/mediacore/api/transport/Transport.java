package org.mediacore.api.transport;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.mediacore.api.state.TransportState;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One session's path to its peer: address checks, latching and, in secure transports, protection.
 * Used on one thread, the session's loop; nothing is allocated per packet.
 */
@ConsumerType
public interface Transport extends AutoCloseable {
  /**
   * A datagram arrived.
   *
   * @param component the local port it came to, {@link PacketChannel#RTP} or {@link
   *     PacketChannel#RTCP}
   * @param packet from position to limit; owned by the loop, valid during the call; a transport may
   *     change it in place
   * @param from the sender
   * @param nowNs the loop's clock
   */
  void receive(int component, ByteBuffer packet, InetSocketAddress from, long nowNs);

  /**
   * Sends an RTP or RTCP packet to the peer, or drops it while there is no address to send to.
   *
   * @param component {@link PacketChannel#RTP} for RTP, {@link PacketChannel#RTCP} for RTCP,
   *     whether or not they share a port
   * @param packet from position to limit; with {@link #HEADROOM_BYTES} writable bytes behind the
   *     limit; content and position are unspecified afterwards
   * @return whether it was sent
   */
  boolean send(int component, ByteBuffer packet);

  /** Bytes that a transport may append to a packet, such as an authentication tag. */
  int HEADROOM_BYTES = 64;

  /** What a successor needs to continue here; called on the loop's thread, or after closing. */
  TransportState snapshot();

  /** Lets go of the channel. Closing again does nothing. */
  @Override
  void close();
}
