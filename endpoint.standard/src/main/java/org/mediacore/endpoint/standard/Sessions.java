package org.mediacore.endpoint.standard;

import java.util.HashSet;
import java.util.Set;
import org.mediacore.api.session.MediaManager;
import org.mediacore.api.session.MediaSession;

/** Which sessions are open. */
final class Sessions {
  private Sessions() {}

  static Set<String> openIds(MediaManager manager) {
    Set<String> ids = new HashSet<>();
    for (MediaSession session : manager.sessions()) {
      ids.add(session.id());
    }
    return ids;
  }
}
