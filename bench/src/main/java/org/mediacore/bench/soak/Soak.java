package org.mediacore.bench.soak;

import java.io.IOException;

/** A long run. */
public interface Soak {
  /** What it is called on the command line. */
  String name();

  /** One line for the list. */
  String summary();

  /**
   * Runs; says on the standard output what it does and what is wrong.
   *
   * @param minutes for about how long
   * @return whether nothing was wrong
   * @throws IOException where it cannot be run; the message says why
   */
  boolean run(int minutes) throws IOException;
}
