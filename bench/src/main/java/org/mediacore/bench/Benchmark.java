package org.mediacore.bench;

import java.io.IOException;
import java.util.List;
import org.mediacore.bench.report.Report;

/** Something that measures. */
public interface Benchmark {
  /** The page that the others share. */
  String BENCHMARKS_PAGE = "docs/benchmarks.md";

  /** What it is called on the command line, and its section on its page. */
  String name();

  /**
   * The page that holds its figures, from the project's folder. One that has a page of its own, or
   * draws a chart, fills its section with every full run, and puts the figures as JSON and the
   * chart beside the page; the others only when told.
   */
  default String page() {
    return BENCHMARKS_PAGE;
  }

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
