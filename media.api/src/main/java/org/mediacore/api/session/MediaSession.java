package org.mediacore.api.session;

import org.mediacore.api.MediaSetupException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One call leg's media: what was negotiated with a peer, the ports, and what it is connected to. Safe
 * for use by several threads; its media runs on one loop. A session knows no signalling protocol.
 */
@ProviderType
public interface MediaSession extends MediaPeer, AutoCloseable {
  /** A name that is unique while the platform runs. */
  String id();

  /** Offer and answer. */
  Negotiation negotiation();

  /**
   * Connects this session to a peer, in both directions, in place of what it was connected to. May be
   * called before or after negotiation; media flows when both are done. Connecting to another session
   * connects that one to this; connecting to itself is an echo.
   *
   * @throws MediaSetupException where the peer is full or closed, or no codec instance could be made;
   *     the session then stays connected as it was
   */
  void connect(MediaPeer peer, ConnectOptions options) throws MediaSetupException;

  /** What is going on, as values. */
  SessionReport report();

  /**
   * Ends the session: media stops, RTCP BYE is sent, ports are free. Closing again does nothing. What
   * it was connected to hears {@link SessionEvent.PeerFinished}.
   */
  @Override
  void close();
}
