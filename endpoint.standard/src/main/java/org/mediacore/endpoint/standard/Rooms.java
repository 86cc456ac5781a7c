package org.mediacore.endpoint.standard;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.endpoint.EndpointException;
import org.mediacore.api.endpoint.EndpointException.Reason;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.MediaManager;
import org.mediacore.api.session.MediaSession;
import org.mediacore.api.session.Room;
import org.mediacore.api.session.RoomOptions;

/** The rooms by name: made for the first caller, closed within a second after the last one left. */
final class Rooms {
  private static final long SWEEP_PERIOD_MS = 1_000;

  private final Supplier<EndpointSettings> settings;
  private final BackgroundWork work;
  private final Map<String, NamedRoom> byName = new HashMap<>();

  Rooms(Supplier<EndpointSettings> settings, BackgroundWork work) {
    this.settings = settings;
    this.work = work;
  }

  void join(String name, MediaSession caller, MediaManager manager) throws EndpointException {
    NamedRoom room = enter(name, manager);
    try {
      caller.connect(room.room, ConnectOptions.DEFAULT);
    } catch (MediaSetupException e) {
      if (e.reason() == MediaSetupException.Reason.LIMIT_REACHED
          && room.room.size() >= room.maxMembers) {
        throw new EndpointException(Reason.BUSY, "room " + name + " is full", e);
      }
      throw Connections.refusal(e);
    } finally {
      leave(room);
    }
  }

  private synchronized NamedRoom enter(String name, MediaManager manager)
      throws EndpointException {
    NamedRoom room = byName.get(name);
    if (room == null) {
      room = new NamedRoom(name, settings.get().maxMembers(), manager);
      try {
        room.ticket = work.every(SWEEP_PERIOD_MS, room::closeIfEmpty);
      } catch (RejectedExecutionException e) {
        room.room.close();
        throw new EndpointException(Reason.UNAVAILABLE, "rooms are not served any more", e);
      }
      byName.put(name, room);
    }
    room.entering++;
    return room;
  }

  private synchronized void leave(NamedRoom room) {
    room.entering--;
  }

  /** How many rooms there are. */
  synchronized int size() {
    return byName.size();
  }

  /** A room and those on their way into it; guarded by {@link Rooms}. */
  private final class NamedRoom {
    private final String name;
    private final int maxMembers;
    private final Room room;
    private int entering;
    private BackgroundWork.Ticket ticket;

    NamedRoom(String name, int maxMembers, MediaManager manager) {
      this.name = name;
      this.maxMembers = maxMembers;
      room = manager.createRoom(new RoomOptions(name, maxMembers));
    }

    private void closeIfEmpty() {
      synchronized (Rooms.this) {
        if (entering > 0 || room.size() > 0) {
          return;
        }
        byName.remove(name, this);
        ticket.cancel();
      }
      room.close(); // nobody can find it any more
    }
  }
}
