package org.mediacore.api.session;

import org.osgi.annotation.versioning.ProviderType;

/** A mixing room: each member hears the others. Safe for use by several threads. */
@ProviderType
public interface Room extends MediaPeer, AutoCloseable {
  /** How many sessions are in the room. */
  int size();

  /** Disconnects all members, whose sessions stay open, and frees the room. */
  @Override
  void close();
}
