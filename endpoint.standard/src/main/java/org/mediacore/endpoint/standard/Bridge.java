package org.mediacore.endpoint.standard;

import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.endpoint.EndpointException;
import org.mediacore.api.endpoint.EndpointException.Reason;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.MediaManager;
import org.mediacore.api.session.MediaSession;

/**
 * A place where two callers meet. Callers come one after the other; one that leaves comes at any
 * moment, on a thread of the platform that may hold locks of its own, and is never made to wait:
 * that is why the state changes by compare-and-set.
 *
 * <pre>
 *   Empty --first caller--> Changing --> Waiting --second caller--> Changing --> Joined
 *                                           |                                       |
 *                                     first one left                       one of them left
 *                                           +------------> Free <-------------------+
 * </pre>
 *
 * A bridge that is free is never used again; the next caller makes a new one.
 */
final class Bridge {
  private sealed interface State {}

  private record Empty() implements State {}

  private record Changing() implements State {}

  private record Waiting(MediaSession session, WaitingPort port) implements State {}

  /** By name, so that no session is kept from being collected. */
  private record Joined(String firstId, String secondId) implements State {}

  private record Free() implements State {}

  private static final State EMPTY = new Empty();
  private static final State CHANGING = new Changing();
  private static final State FREE = new Free();

  private final String name;
  private final Runnable freed;
  private final AtomicReference<State> state = new AtomicReference<>(EMPTY);

  /**
   * @param freed called when this bridge is free, perhaps more than once
   */
  Bridge(String name, Runnable freed) {
    this.name = name;
    this.freed = freed;
  }

  /**
   * Takes a caller.
   *
   * @return false where this bridge is free and another one has to be made
   * @throws EndpointException {@code BUSY} with two callers in it
   */
  synchronized boolean join(MediaSession caller, MediaManager manager) throws EndpointException {
    State now = state.get();
    if (now instanceof Joined) {
      if (freeIfLeft(Sessions.openIds(manager))) {
        return false;
      }
      throw new EndpointException(Reason.BUSY, "bridge " + name + " has two callers");
    }
    if (now instanceof Waiting waiting && waiting.session() == caller) {
      return true;
    }
    if (now == FREE || !state.compareAndSet(now, CHANGING)) {
      return false; // the one who waited has just left
    }
    if (now instanceof Waiting waiting) {
      return joinSecond(waiting, caller, manager);
    }
    waitForSecond(caller);
    return true;
  }

  private void waitForSecond(MediaSession caller) throws EndpointException {
    WaitingPort port = new WaitingPort(name, this::waitingLeft);
    try {
      caller.connect(port, ConnectOptions.DEFAULT);
    } catch (MediaSetupException e) {
      free();
      throw Connections.refusal(e);
    }
    letWait(new Waiting(caller, port));
  }

  private boolean joinSecond(Waiting waiting, MediaSession caller, MediaManager manager)
      throws EndpointException {
    try {
      caller.connect(waiting.session(), ConnectOptions.DEFAULT);
    } catch (MediaSetupException e) {
      if (!Sessions.openIds(manager).contains(waiting.session().id())) {
        free(); // the one who waited has just left: this caller is the first of a new bridge
        return false;
      }
      letWait(waiting);
      throw Connections.refusal(e);
    }
    state.set(new Joined(waiting.session().id(), caller.id()));
    return true;
  }

  private void letWait(Waiting waiting) {
    state.set(waiting);
    if (waiting.port().isClosed() && state.compareAndSet(waiting, FREE)) {
      freed.run(); // left while the state was changing
    }
  }

  private void waitingLeft() {
    State now = state.get();
    if (now instanceof Waiting waiting
        && waiting.port().isClosed()
        && state.compareAndSet(now, FREE)) {
      freed.run();
    }
  }

  /** Frees a bridge of two callers of whom one is not among the open sessions. */
  boolean freeIfLeft(Set<String> openIds) {
    State now = state.get();
    if (now instanceof Joined joined
        && !(openIds.contains(joined.firstId()) && openIds.contains(joined.secondId()))
        && state.compareAndSet(now, FREE)) {
      freed.run();
      return true;
    }
    return now == FREE;
  }

  private void free() {
    state.set(FREE);
    freed.run();
  }
}
