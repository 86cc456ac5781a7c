package org.mediacore.api.session;

/** What a session tells its listener. */
public sealed interface SessionEvent {
  /**
   * What the session was connected to has ended: a file was played, the other caller left. The
   * session stays open until its owner closes it.
   *
   * @param peer the description of what has ended
   */
  record PeerFinished(String peer) implements SessionEvent {}

  /**
   * No packet came from the far end for the configured time.
   *
   * @param silentMs for how long, in milliseconds
   */
  record MediaInactive(long silentMs) implements SessionEvent {}

  /**
   * A codec in use has no provider left. The session goes on with the instances it has, but cannot
   * make new ones: its owner should offer the peer another codec. Told once per provider that has
   * gone, and only where there is another codec to offer.
   *
   * @param why what has gone
   */
  record RenegotiationNeeded(String why) implements SessionEvent {}

  /** The session was closed; the last event. */
  record Closed() implements SessionEvent {}
}
