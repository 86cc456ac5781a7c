package org.mediacore.bench.soak;

import java.io.IOException;
import java.util.List;
import org.mediacore.bench.Option;
import org.mediacore.bench.Settings;
import org.mediacore.bench.UsageException;

/** A long run. */
public interface Soak {
  /** What it is called on the command line. */
  String name();

  /** One line for the list. */
  String summary();

  /** What can be set; nothing unless said otherwise. */
  default List<Option> options() {
    return List.of();
  }

  /**
   * Runs; says on the standard output what it does and what is wrong.
   *
   * @param minutes for about how long
   * @param settings the values of its options
   * @return whether nothing was wrong
   * @throws IOException where it cannot be run; the message says why
   * @throws UsageException for a value that is not allowed
   */
  boolean run(int minutes, Settings settings) throws IOException, UsageException;
}
