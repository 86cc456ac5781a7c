package org.mediacore.api.session;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A place where sessions meet: a mixing room or a bridge of two. Sessions enter with {@link
 * MediaSession#connect}, which fails with {@code LIMIT_REACHED} when the room is full and with
 * {@code WRONG_STATE} when it is closed. Safe for use by several threads.
 */
@ProviderType
public interface Room extends MediaPeer, AutoCloseable {
  /** How many sessions are in the room. */
  int size();

  /** Whether the room was closed, or closed itself. */
  boolean isClosed();

  /** Disconnects all members, whose sessions stay open, and frees the room. */
  @Override
  void close();
}
