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
 * Bridges or mixing rooms by name: one is made for the first caller and closes itself when its
 * callers leave. A closed one is replaced when its name is called again; those that never are go
 * when the map has doubled.
 */
final class MeetingPlaces {
  private static final int SWEEP_FROM = 64;

  private final Function<String, RoomOptions> options;
  private final ConcurrentMap<String, Place> byName = new ConcurrentHashMap<>();
  private volatile int sweepAt = SWEEP_FROM;

  /**
   * A room and how many are on their way into it; changed within the map's own lock of its name.
   */
  private static final class Place {
    private final Room room;
    private int entering;

    Place(Room room) {
      this.room = room;
    }

    Place enter() {
      entering++;
      return this;
    }

    /** One is no longer on the way; null where nobody has come and nobody will. */
    Place arrived() {
      entering--;
      if (entering > 0 || room.size() > 0) {
        return this;
      }
      room.close();
      return null;
    }
  }

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
      Place place = byName.compute(name, (key, there) -> open(key, there, manager).enter());
      try {
        joined = tryJoin(place.room, caller);
      } finally {
        byName.computeIfPresent(name, (key, there) -> there == place ? place.arrived() : there);
      }
    }
  }

  private Place open(String name, Place there, MediaManager manager) {
    return there == null || there.room.isClosed()
        ? new Place(manager.createRoom(options.apply(name)))
        : there;
  }

  /**
   * Connects the caller; false where the place has closed itself meanwhile and a new one is due.
   */
  private static boolean tryJoin(Room room, MediaSession caller) throws EndpointException {
    try {
      caller.connect(room, ConnectOptions.DEFAULT);
      return true;
    } catch (MediaSetupException refused) {
      if (room.isClosed() && refused.reason() == MediaSetupException.Reason.WRONG_STATE) {
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
      byName.values().removeIf(place -> place.room.isClosed());
      sweepAt = Math.max(SWEEP_FROM, 2 * byName.size());
    }
  }

  /** How many names are remembered. */
  int size() {
    return byName.size();
  }
}
