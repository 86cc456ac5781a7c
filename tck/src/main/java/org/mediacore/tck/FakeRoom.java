package org.mediacore.tck;

import java.util.ArrayList;
import java.util.List;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.session.Room;
import org.mediacore.api.session.RoomOptions;
import org.mediacore.api.session.SessionEvent;

/** A room or bridge without media that knows its members. */
public final class FakeRoom implements Room {
  private final RoomOptions options;
  private final List<FakeMediaSession> members = new ArrayList<>();
  private boolean closed;

  FakeRoom(RoomOptions options) {
    this.options = options;
  }

  @Override
  public String describe() {
    return (isBridge() ? "bridge " : "room ") + options.name();
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
        closed = true;
      }
      if (isBridge()) {
        told = List.copyOf(members);
      }
    }
    told.forEach(remaining -> remaining.tell(new SessionEvent.PeerFinished(session.describe())));
  }

  @Override
  public void close() {
    List<FakeMediaSession> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(members);
      members.clear();
    }
    left.forEach(session -> session.peerFinished(this));
  }
}
