package org.mediacore.tck;

import java.util.ArrayList;
import java.util.List;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.session.Room;
import org.mediacore.api.session.RoomOptions;

/** A room that mixes nothing and knows its members. */
public final class FakeRoom implements Room {
  private final RoomOptions options;
  private final List<FakeMediaSession> members = new ArrayList<>();
  private boolean closed;

  FakeRoom(RoomOptions options) {
    this.options = options;
  }

  @Override
  public String describe() {
    return "room " + options.name();
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

  /** Whether it was closed. */
  public synchronized boolean isClosed() {
    return closed;
  }

  synchronized void enter(FakeMediaSession session) throws MediaSetupException {
    if (closed) {
      throw new MediaSetupException(Reason.WRONG_STATE, "the room is closed", options.name());
    }
    if (members.size() >= options.maxMembers()) {
      throw new MediaSetupException(Reason.LIMIT_REACHED, "the room is full", options.name());
    }
    members.add(session);
  }

  synchronized void leave(FakeMediaSession session) {
    members.remove(session);
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
