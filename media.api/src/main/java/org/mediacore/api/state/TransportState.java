package org.mediacore.api.state;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * All that a transport must know to continue where another one stopped. Owned by the session;
 * immutable, so a changed remote address is a new state and a new transport.
 *
 * @param version version of this record's meaning; {@link #VERSION} for values made by this API
 * @param profile the SDP transport protocol, such as {@code RTP/AVP}
 * @param rtcpMux whether RTP and RTCP share one port (RFC 5761)
 * @param signalledRtp where the peer wants RTP; empty while it wants none
 * @param signalledRtcp where the peer wants RTCP; empty while it wants none; equal to {@code
 *     signalledRtp} with rtcp-mux
 * @param latchedRtp where the peer's RTP was seen to come from; final for this state
 * @param latchedRtcp where the peer's RTCP was seen to come from
 * @param latchPolicy whose packets may latch
 */
public record TransportState(
    int version,
    String profile,
    boolean rtcpMux,
    Optional<InetSocketAddress> signalledRtp,
    Optional<InetSocketAddress> signalledRtcp,
    Optional<InetSocketAddress> latchedRtp,
    Optional<InetSocketAddress> latchedRtcp,
    LatchPolicy latchPolicy) {

  /** The version this API writes. */
  public static final int VERSION = 1;

  public TransportState {
    if (version != VERSION) {
      throw new IllegalArgumentException("version must be " + VERSION + ": " + version);
    }
    if (profile.isBlank()) {
      throw new IllegalArgumentException("profile must be named");
    }
  }

  /** A state before any packet was seen. */
  public static TransportState initial(
      String profile,
      boolean rtcpMux,
      Optional<InetSocketAddress> signalledRtp,
      Optional<InetSocketAddress> signalledRtcp,
      LatchPolicy latchPolicy) {
    return new TransportState(
        VERSION,
        profile,
        rtcpMux,
        signalledRtp,
        signalledRtcp,
        Optional.empty(),
        Optional.empty(),
        latchPolicy);
  }
}
