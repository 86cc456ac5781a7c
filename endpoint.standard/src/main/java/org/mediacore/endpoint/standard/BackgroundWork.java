package org.mediacore.endpoint.standard;

import java.util.concurrent.RejectedExecutionException;

/** Runs off the media loops what repeats until it cancels itself. */
interface BackgroundWork {
  /** Ends a repetition. */
  interface Ticket {
    /** No run begins from now on. */
    void cancel();
  }

  /**
   * Repeats a task, the next run {@code periodMs} after the one before.
   *
   * @throws RejectedExecutionException when nothing new is taken because the bundle stops
   */
  Ticket every(long periodMs, Runnable task);
}
