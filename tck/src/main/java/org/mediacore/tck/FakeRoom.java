package org.mediacore.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.session.Room;
import org.mediacore.api.session.RoomOptions;
import org.mediacore.api.session.SessionEvent;

/** A room or bridge without media that knows its members. */
public final class FakeRoom implements Room {
  private final RoomOptions options;
  private final ConcurrentMap<String, FakeRoom> byName;
  private final List<FakeMediaSession> members = new ArrayList<>();
  private boolean closed;

  /**
   * @param byName the rooms that have their name: from the first member until they close
   */
  FakeRoom(RoomOptions options, ConcurrentMap<String, FakeRoom> byName) {
    this.options = options;
    this.byName = byName;
  }

  static String describe(RoomOptions options) {
    return (options.mode() == RoomOptions.Mode.BRIDGE ? "bridge " : "room ") + options.name();
  }

  @Override
  public String describe() {
    return describe(options);
  }

  @Override
  public synchronized int size() {
    return members.size();
  }

  /** What it was made with. */
  public RoomOptions options() {
    return options;
  }

  /** Who is in it. */
  public synchronized List<FakeMediaSession> members() {
    return List.copyOf(members);
  }

  @Override
  public synchronized boolean isClosed() {
    return closed;
  }

  private boolean isBridge() {
    return options.mode() == RoomOptions.Mode.BRIDGE;
  }

  synchronized void enter(FakeMediaSession session) throws MediaSetupException {
    if (members.contains(session)) {
      return;
    }
    if (!closed && members.isEmpty()) {
      closed = byName.putIfAbsent(describe(), this) != null;
    }
    if (closed) {
      throw new MediaSetupException(Reason.WRONG_STATE, "the room is closed", options.name());
    }
    if (members.size() >= options.maxMembers()) {
      throw new MediaSetupException(Reason.LIMIT_REACHED, "the room is full", options.name());
    }
    members.add(session);
  }

  void leave(FakeMediaSession session) {
    List<FakeMediaSession> told = List.of();
    synchronized (this) {
      if (!members.remove(session)) {
        return;
      }
      if (options.ephemeral() && (members.isEmpty() || isBridge())) {
        endName();
      }
      if (isBridge()) {
        told = List.copyOf(members);
      }
    }
    told.forEach(remaining -> remaining.tell(new SessionEvent.PeerFinished(session.describe())));
  }

  /** Frees the name first: who finds this room closed is given another one. */
  private void endName() {
    byName.remove(describe(), this);
    closed = true;
  }

  @Override
  public void close() {
    List<FakeMediaSession> left;
    synchronized (this) {
      endName();
      left = List.copyOf(members);
      members.clear();
    }
    left.forEach(session -> session.peerFinished(this));
  }
}
