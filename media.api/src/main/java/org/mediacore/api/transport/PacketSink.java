package org.mediacore.api.transport;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/** Where a transport delivers the packets that it accepted, on the loop's thread. */
@ProviderType
public interface PacketSink {
  /**
   * Takes a packet in the clear.
   *
   * @param packet RTP or RTCP from position to limit, told apart as RFC 5761 §4 says; owned by the
   *     caller and valid during the call
   * @param nowNs the loop's clock
   * @return whether the packet is one that this session expects (well formed and, for RTP, of a
   *     negotiated payload type): only then may its source be latched
   */
  boolean packet(ByteBuffer packet, long nowNs);

  /** Counts a datagram that the transport refused: a stranger's, or one that failed its checks. */
  void refused();
}
