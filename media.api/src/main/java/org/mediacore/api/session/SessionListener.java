package org.mediacore.api.session;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears what happens to a session. Called off the media loop, one event at a time per session. */
@ConsumerType
public interface SessionListener {
  /** Something happened; a listener that throws is logged and asked again next time. */
  void onEvent(MediaSession session, SessionEvent event);
}
