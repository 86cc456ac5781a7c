package org.mediacore.runtime.pipeline;

/**
 * A newcomer and its predecessor, of which nobody hears anything, working on the same frames of a
 * running call.
 */
public interface Comparison {
  /**
   * Copies the frames that came last; on the loop, at least five times a second, or frames are
   * passed over.
   *
   * @return lets both work on those they have not had; to be run off the loop, by one thread at a
   *     time
   */
  Runnable next();

  /** Whether the newcomer holds the thread that lets both work; any thread may ask. */
  boolean newcomerIsAtWork();

  /** Nobody waits for the work any more: what comes of it does not count; from any thread. */
  void giveUp();

  /** Closes both; off the loop, and not while they work. */
  void close();
}
