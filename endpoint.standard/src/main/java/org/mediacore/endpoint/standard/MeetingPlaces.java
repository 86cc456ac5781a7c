package org.mediacore.endpoint.standard;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.endpoint.EndpointException;
import org.mediacore.api.endpoint.EndpointException.Reason;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.MediaManager;
import org.mediacore.api.session.MediaSession;
import org.mediacore.api.session.Room;
import org.mediacore.api.session.RoomOptions;

/**
 * Bridges or mixing rooms by name: one is made for the first caller and closes itself when its callers
 * leave. A closed one is replaced when its name is called again; those that never are go when the map
 * has doubled.
 */
final class MeetingPlaces {
  private static final int SWEEP_FROM = 64;

  private final Function<String, RoomOptions> options;
  private final ConcurrentMap<String, Room> byName = new ConcurrentHashMap<>();
  private volatile int sweepAt = SWEEP_FROM;

  /**
   * @param options what a place of a name is made with
   */
  MeetingPlaces(Function<String, RoomOptions> options) {
    this.options = options;
  }

  void join(String name, MediaSession caller, MediaManager manager) throws EndpointException {
    sweep();
    boolean joined = false;
    while (!joined) {
      Room room = byName.computeIfAbsent(name, key -> manager.createRoom(options.apply(key)));
      joined = tryJoin(name, room, caller);
    }
  }

  /** Connects the caller; false where the place has closed itself meanwhile and a new one is due. */
  private boolean tryJoin(String name, Room room, MediaSession caller) throws EndpointException {
    try {
      caller.connect(room, ConnectOptions.DEFAULT);
      return true;
    } catch (MediaSetupException refused) {
      boolean wasClosed = room.isClosed();
      if (room.size() == 0) {
        // One that nobody has entered does not close itself; who is on the way in tries again.
        room.close();
      }
      if (room.isClosed()) {
        byName.remove(name, room);
      }
      if (wasClosed && refused.reason() == MediaSetupException.Reason.WRONG_STATE) {
        return false;
      }
      if (refused.reason() == MediaSetupException.Reason.LIMIT_REACHED && room.size() > 0) {
        throw new EndpointException(Reason.BUSY, refused.getMessage(), refused);
      }
      throw Connections.refusal(refused);
    }
  }

  private void sweep() {
    if (byName.size() >= sweepAt) {
      byName.values().removeIf(Room::isClosed);
      sweepAt = Math.max(SWEEP_FROM, 2 * byName.size());
    }
  }

  /** How many names are remembered. */
  int size() {
    return byName.size();
  }
}
