package org.mediacore.api.session;

import org.mediacore.api.MediaSetupException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One call leg's media: what was negotiated with a peer, the ports, and what it is connected to.
 * Safe for use by several threads; its media runs on one loop. A session knows no signalling
 * protocol.
 */
@ProviderType
public interface MediaSession extends MediaPeer, AutoCloseable {
  /** A name that is unique while the platform runs. */
  String id();

  /** Offer and answer. */
  Negotiation negotiation();

  /**
   * Connects this session to a peer, in both directions, in place of what it was connected to. May
   * be called before or after negotiation; media flows when both are done. Connecting to another
   * session connects that one to this; connecting to itself is an echo.
   *
   * <p>An {@link AudioPort} is the session's from here on, which closes it when it is done with it;
   * where this throws, the port stays the caller's to close.
   *
   * @throws MediaSetupException where the peer is full or closed, or no codec instance could be
   *     made; the session then stays connected as it was
   */
  void connect(MediaPeer peer, ConnectOptions options) throws MediaSetupException;

  /**
   * What is going on, as values.
   *
   * @throws IllegalStateException where the session's loop does not answer within five seconds
   */
  SessionReport report();

  /**
   * Ends the session. On its loop, soon after this returns, media stops, an RTCP BYE is sent and
   * the ports are free. Closing again does nothing. A session it was connected to, directly or by a
   * bridge, hears {@link SessionEvent.PeerFinished}.
   */
  @Override
  void close();
}
