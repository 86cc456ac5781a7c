package org.mediacore.bench.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.mediacore.bench.Benchmark;
import org.mediacore.bench.Option;
import org.mediacore.bench.Settings;
import org.mediacore.bench.UsageException;
import org.mediacore.bench.platform.Cores;
import org.mediacore.bench.platform.Generator;
import org.mediacore.bench.report.Report;

/** Rooms of ten in which all talk. */
public final class MixBenchmark implements Benchmark {
  private static final int ROOM = 10;
  private static final double HEARD_GOAL = 99.9;

  @Override
  public String name() {
    return "mix";
  }

  @Override
  public String summary() {
    return "rooms of ten with PCMU and with Opus: CPU per leg, bytes per packet";
  }

  @Override
  public List<Option> options() {
    List<Option> options = new ArrayList<>(Duration.options(60));
    options.add(new Option("--pcmu-rooms", "20", "rooms of ten PCMU legs"));
    options.add(new Option("--opus-rooms", "5", "rooms of ten Opus legs"));
    return options;
  }

  @Override
  public void run(Settings settings, Report report) throws IOException, UsageException {
    Duration duration = Duration.of(settings);
    Cores.pinMyself();
    report.condition(
        "load",
        "rooms of ten, everybody talks; "
            + duration.warmup()
            + " s warm-up, "
            + duration.seconds()
            + " s measured");
    rooms(report, duration, "pcmu", settings.number("--pcmu-rooms"));
    rooms(report, duration, "opus", settings.number("--opus-rooms"));
    report.note(
        "A leg is one decoder, one jitter buffer, its share of the mix and one encoder. The uneven"
            + " spacing of a leg's packets, which leave at the room's tick, is the lateness of the"
            + " tick as the generator sees it, its own lateness included.");
  }

  private static void rooms(Report report, Duration duration, String codec, int rooms)
      throws IOException {
    int legs = rooms * ROOM;
    Generator.Run run;
    try (LoadedPlatform platform = LoadedPlatform.start()) {
      run =
          platform.load(
              duration.with(
                  "--mode",
                  "room",
                  "--room-size",
                  "" + ROOM,
                  "--calls",
                  "" + legs,
                  "--codec",
                  codec));
    }
    report.section(rooms + " rooms of ten, " + codec);
    Figures.traffic(report, run, false);
    double heard = 100 * run.number("received_per_s") / run.number("sent_per_s");
    report.figure("received of as many as were sent", heard, "%", ">= 99.9", heard >= HEARD_GOAL);
    report.figure(
        "silent legs", run.number("silent_legs"), "legs", "0", run.number("silent_legs") == 0);
    report.figure("loop thread", run.threadCpuPercent(), "% of a core");
    report.figure("CPU per leg", run.threadCpuUs() / legs / run.seconds() / 50, "µs per 20 ms");
    report.figure("legs that a core carries", 100 * legs / run.threadCpuPercent(), "");
    Figures.allocation(report, run);
    report.figure("spacing off 20 ms, p50", run.number("spacing_error_p50_us") / 1e3, "ms");
    report.figure("spacing off 20 ms, p99", run.number("spacing_error_p99_us") / 1e3, "ms");
    report.figure("spacing off 20 ms, max", run.number("spacing_error_max_us") / 1e3, "ms");
    Figures.generator(report, run);
  }
}
