package org.mediacore.runtime.session;

import java.util.ArrayList;
import java.util.List;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.session.Room;
import org.mediacore.api.session.RoomOptions;
import org.mediacore.api.session.SessionEvent;

/** What bridges and mixing rooms have in common: who is in, capacity, closing. */
abstract class CoreRoom implements Room, Link {
  private final RoomOptions options;
  private final RoomNames names;
  private final Platform platform;
  private final List<CoreSession> members = new ArrayList<>();
  private volatile int size;
  private volatile boolean closed;

  CoreRoom(RoomOptions options, RoomNames names, Platform platform) {
    this.options = options;
    this.names = names;
    this.platform = platform;
  }

  final RoomOptions options() {
    return options;
  }

  final Platform platform() {
    return platform;
  }

  /** Who is in, in the order of arrival. Under the lock. */
  final List<CoreSession> members() {
    return members;
  }

  @Override
  public final int size() {
    return size;
  }

  @Override
  public final boolean isClosed() {
    return closed;
  }

  @Override
  public final String describe() {
    return (options.mode() == RoomOptions.Mode.BRIDGE ? "bridge " : "room ") + options.name();
  }

  @Override
  public final void prepare(CoreSession session) throws MediaSetupException {
    if (!names.isFor(this)) {
      closed = true; // never entered, and another of this name was
    }
    if (closed) {
      throw new MediaSetupException(Reason.WRONG_STATE, "closed", describe());
    }
    if (members.size() >= options.maxMembers()) {
      throw new MediaSetupException(
          Reason.LIMIT_REACHED, "full with " + members.size() + " members", describe());
    }
    prepareStages(session);
  }

  @Override
  public final void join(CoreSession session) throws MediaSetupException {
    names.take(this);
    members.add(session);
    size = members.size();
    session.link(this);
    try {
      rebuild(session);
    } catch (MediaSetupException failed) {
      leave(session);
      throw failed;
    }
  }

  @Override
  public final void leave(CoreSession session) {
    if (!members.remove(session)) {
      return;
    }
    size = members.size();
    stop(session);
    session.unlink();
    if (options.ephemeral() && (members.isEmpty() || options.mode() == RoomOptions.Mode.BRIDGE)) {
      endName();
    }
  }

  /** Frees the name first: who finds this room closed is given another one. */
  private void endName() {
    names.release(this);
    closed = true;
  }

  @Override
  public final void close() {
    platform.lock().lock();
    try {
      endName();
      for (CoreSession member : List.copyOf(members)) {
        leave(member);
        member.tell(new SessionEvent.PeerFinished(describe()));
      }
    } finally {
      platform.releaseRetired();
      platform.lock().unlock();
    }
  }

  /** Creates what the session needs here. */
  abstract void prepareStages(CoreSession session) throws MediaSetupException;

  /** Stops the pipelines of a session that has left. */
  abstract void stop(CoreSession session);
}
