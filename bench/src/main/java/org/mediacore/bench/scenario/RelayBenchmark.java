package org.mediacore.bench.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mediacore.bench.Benchmark;
import org.mediacore.bench.Option;
import org.mediacore.bench.Settings;
import org.mediacore.bench.UsageException;
import org.mediacore.bench.platform.Cores;
import org.mediacore.bench.platform.Generator;
import org.mediacore.bench.platform.NativeProgram;
import org.mediacore.bench.report.Report;

/** Bridged PCMU calls that are passed on, beside the same in C. */
public final class RelayBenchmark implements Benchmark {
  private static final double P99_GOAL_MS = 10;

  @Override
  public String name() {
    return "relay";
  }

  @Override
  public String summary() {
    return "bridged PCMU calls: loss, added latency, CPU and bytes per packet, beside a relay in C";
  }

  @Override
  public List<Option> options() {
    List<Option> options = new ArrayList<>(Duration.options(60));
    options.add(new Option("--calls", "600", "bridges of two legs, 100 packets/s each"));
    return options;
  }

  @Override
  public void run(Settings settings, Report report) throws IOException, UsageException {
    int calls = settings.number("--calls");
    Duration duration = Duration.of(settings);
    Cores.pinMyself();
    report.condition("load", conditions(calls, duration));
    Generator.Run run;
    try (LoadedPlatform platform = LoadedPlatform.start()) {
      run = platform.load(duration.with("--calls", "" + calls));
    }
    platform(report, run, calls);
    Optional<Generator.Run> peer = CRelay.measure(calls, duration);
    if (peer.isEmpty()) {
      report.note("Not compared with a relay in C: " + NativeProgram.NO_COMPILER + ".");
      return;
    }
    compare(report, run, peer.get());
  }

  private static String conditions(int calls, Duration duration) {
    return calls
        + " bridges, "
        + 2 * calls
        + " legs, PCMU 20 ms; "
        + duration.warmup()
        + " s warm-up, "
        + duration.seconds()
        + " s measured; one loop on core "
        + Cores.measured()
        + ", generator on core "
        + Cores.measuring();
  }

  private static void platform(Report report, Generator.Run run, int calls) throws IOException {
    report.section("Platform, " + calls + " bridged PCMU calls");
    Figures.traffic(report, run, true);
    report.figure("added latency, p50", run.number("latency_p50_us") / 1e3, "ms");
    double p99Ms = run.number("latency_p99_us") / 1e3;
    report.figure("added latency, p99", p99Ms, "ms", "< 10", p99Ms < P99_GOAL_MS);
    report.figure("added latency, p99.9", run.number("latency_p999_us") / 1e3, "ms");
    report.figure("added latency, max", run.number("latency_max_us") / 1e3, "ms");
    report.figure("loop thread", run.threadCpuPercent(), "% of a core");
    report.figure("resident memory", run.to().residentKb() / 1024.0, "MiB");
    Figures.allocation(report, run);
    Figures.generator(report, run);
  }

  private static void compare(Report report, Generator.Run run, Generator.Run peer)
      throws IOException {
    report.table(
        "Beside a relay of 100 lines of C (epoll, recvfrom, sendto)",
        "figure",
        "platform",
        "C",
        "ratio",
        "unit");
    double ours = run.threadCpuUs() / run.packets();
    double theirs = peer.threadCpuUs() / peer.packets();
    report.row("CPU per packet", ours, theirs, ours / theirs, "µs");
    row(report, run, peer, "lost", "lost", 1, "packets");
    row(report, run, peer, "latency_p50_us", "added latency, p50", 1e3, "ms");
    row(report, run, peer, "latency_p99_us", "added latency, p99", 1e3, "ms");
    row(report, run, peer, "latency_max_us", "added latency, max", 1e3, "ms");
    row(report, run, peer, "generator_late_p99_us", "generator late, p99", 1e3, "ms");
  }

  private static void row(
      Report report,
      Generator.Run run,
      Generator.Run peer,
      String field,
      String title,
      double divisor,
      String unit)
      throws IOException {
    double ours = run.number(field) / divisor;
    double theirs = peer.number(field) / divisor;
    Object ratio = theirs == 0 ? "" : (Object) (ours / theirs);
    report.row(title, ours, theirs, ratio, unit);
  }
}
