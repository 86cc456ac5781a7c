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
   * @return lets both work on those they have not had; to be run off the loop
   */
  Runnable next();

  /** Closes both; off the loop. */
  void close();
}
