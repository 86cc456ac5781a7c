package org.mediacore.bench.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.mediacore.bench.Benchmark;
import org.mediacore.bench.Option;
import org.mediacore.bench.Settings;
import org.mediacore.bench.UsageException;
import org.mediacore.bench.platform.PlatformProcess;
import org.mediacore.bench.report.Report;

/** From the start of the process to the line {@code ready}. */
public final class StartupBenchmark implements Benchmark {
  private static final double GOAL_S = 1.5;
  private static final int QUICK_RUNS = 3;

  @Override
  public String name() {
    return "startup";
  }

  @Override
  public String summary() {
    return "time from the start to 'ready'";
  }

  @Override
  public List<Option> options() {
    return List.of(new Option("--runs", "10", "how many starts"));
  }

  @Override
  public void run(Settings settings, Report report) throws IOException, UsageException {
    int runs = settings.has("--quick") ? QUICK_RUNS : settings.number("--runs");
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      try (PlatformProcess platform = PlatformProcess.start("", false)) {
        seconds.add(platform.startMs() / 1e3);
      }
    }
    Collections.sort(seconds);
    double median = (seconds.get(runs / 2) + seconds.get((runs - 1) / 2)) / 2;
    report.condition("load", runs + " starts one after the other, each in a new, empty home");
    report.section("From executing ./mediacore run to the line 'ready'");
    report.figure("median", median, "s", "< 1.5", median < GOAL_S);
    report.figure("fastest", seconds.get(0), "s");
    report.figure("slowest", seconds.get(runs - 1), "s");
    report.note(
        "The distribution and its class archive were built before. A new home is the slower case:"
            + " default files are put into it and every bundle is installed.");
  }
}
