package org.mediacore.runtime.pipeline;

import java.util.function.Predicate;

/**
 * Where a successor waits for the next frame; at most one does. Changed on the loop; any thread may
 * ask who waits.
 */
final class SuccessorSlot<S extends Successor> {
  private volatile S waiting;
  private boolean closed;

  /** Lets a successor wait; one that waits already is refused. */
  void put(S next) {
    if (closed) {
      next.outcome().refused("the stage has ended", next::discard, false);
      return;
    }
    S former = waiting;
    waiting = next;
    if (former != null) {
      former.outcome().refused("a newer one has come", former::discard, false);
    }
  }

  /** The one that waits, or null. */
  S waiting() {
    return waiting;
  }

  /** The one that waits, which no longer does. */
  S take() {
    S taken = waiting;
    waiting = null;
    return taken;
  }

  /** Refuses the one that waits, where it is of this provider. */
  void withdraw(Predicate<S> ofProvider, String why) {
    if (waiting != null && ofProvider.test(waiting)) {
      S next = take();
      next.outcome().refused(why, next::discard, false);
    }
  }

  /** Refuses the one that waits, and all that come. */
  void close() {
    closed = true;
    if (waiting != null) {
      S next = take();
      next.outcome().refused("the stage has ended", next::discard, false);
    }
  }
}
