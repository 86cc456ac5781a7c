package org.mediacore.bench;

import java.io.IOException;
import java.util.List;
import org.mediacore.bench.report.Report;

/** Something that measures. */
public interface Benchmark {
  /** What it is called on the command line, and its section in docs/benchmarks.md. */
  String name();

  /** One line for the list. */
  String summary();

  /** What can be set beside what all benchmarks have. */
  List<Option> options();

  /**
   * Measures. Progress goes to the standard output.
   *
   * @param settings the values of its {@link #options}
   * @param report filled
   * @throws IOException where it cannot be measured; the message says why
   * @throws UsageException where an option's value is not allowed
   */
  void run(Settings settings, Report report) throws IOException, UsageException;
}
