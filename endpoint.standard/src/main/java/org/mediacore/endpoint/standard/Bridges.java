package org.mediacore.endpoint.standard;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.mediacore.api.endpoint.EndpointException;
import org.mediacore.api.session.MediaManager;
import org.mediacore.api.session.MediaSession;

/**
 * The bridges by name. One whose callers left is noticed when its name is called again; those that
 * never are again go when the map has doubled.
 */
final class Bridges {
  private static final int SWEEP_FROM = 64;

  private final ConcurrentMap<String, Bridge> byName = new ConcurrentHashMap<>();
  private volatile int sweepAt = SWEEP_FROM;

  void join(String name, MediaSession caller, MediaManager manager) throws EndpointException {
    if (byName.size() >= sweepAt) {
      sweep(manager);
    }
    boolean joined = false;
    while (!joined) {
      Bridge bridge = byName.computeIfAbsent(name, this::newBridge);
      joined = bridge.join(caller, manager);
    }
  }

  private Bridge newBridge(String name) {
    Bridge[] made = new Bridge[1];
    made[0] = new Bridge(name, () -> byName.remove(name, made[0]));
    return made[0];
  }

  private void sweep(MediaManager manager) {
    Set<String> openIds = Sessions.openIds(manager);
    List.copyOf(byName.values()).forEach(bridge -> bridge.freeIfLeft(openIds));
    sweepAt = Math.max(SWEEP_FROM, 2 * byName.size());
  }

  /** How many names are remembered. */
  int size() {
    return byName.size();
  }
}
