package org.mediacore.bench.scenario;

import java.io.IOException;
import java.util.List;
import org.mediacore.bench.Benchmark;
import org.mediacore.bench.Option;
import org.mediacore.bench.Settings;
import org.mediacore.bench.UsageException;
import org.mediacore.bench.platform.Cores;
import org.mediacore.bench.platform.Generator;
import org.mediacore.bench.platform.JvmView;
import org.mediacore.bench.platform.PlatformProcess;
import org.mediacore.bench.platform.ProcessView;
import org.mediacore.bench.platform.Usage;
import org.mediacore.bench.report.Report;

/** Resident memory: idle, and what a leg adds. */
public final class MemoryBenchmark implements Benchmark {
  private static final double IDLE_GOAL_MIB = 150;
  private static final double LEG_GOAL_KIB = 50;
  private static final String FIXED_HEAP = "-Xms256m -Xmx256m";

  private record Memory(double residentKib, double heapKib) {}

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String summary() {
    return "resident memory idle, and per leg with 1,200 legs up";
  }

  @Override
  public List<Option> options() {
    return List.of(new Option("--calls", "600", "bridges of two PCMU legs"));
  }

  @Override
  public void run(Settings settings, Report report) throws IOException, UsageException {
    int calls = settings.number("--calls");
    int seconds = settings.has("--quick") ? 3 : 20;
    Cores.pinMyself();
    report.condition("load", calls + " bridges, PCMU; packets flow for " + (4 + seconds) + " s");
    idle(report);
    legs(report, calls, seconds, FIXED_HEAP + " -XX:+AlwaysPreTouch");
    legs(report, calls, seconds, FIXED_HEAP);
    report.note(
        "Live heap is what a full collection leaves. With AlwaysPreTouch the whole heap is resident"
            + " from the start, so that growth of resident memory is all outside the heap, and a"
            + " leg's cost is that growth and the live heap it adds. Without it, resident memory"
            + " also grows by heap that is touched for the first time, most of it garbage of call"
            + " setup.");
  }

  private static void idle(Report report) throws IOException {
    try (PlatformProcess platform = PlatformProcess.start("", false)) {
      double mib = new ProcessView(platform.pid()).residentKb() / 1024.0;
      report.section("Idle, right after 'ready', default options");
      report.figure("resident memory", mib, "MiB", "< 150", mib < IDLE_GOAL_MIB);
    }
  }

  private static void legs(Report report, int calls, int seconds, String javaOptions)
      throws IOException {
    try (PlatformProcess platform = PlatformProcess.start(javaOptions);
        JvmView jvm = JvmView.connect(platform.pid())) {
      ProcessView process = new ProcessView(platform.pid());
      Memory before = look(process, jvm);
      Memory[] during = new Memory[1];
      Generator.Run run =
          Generator.run(
              () -> {
                during[0] = look(process, jvm);
                return Usage.of(process, jvm);
              },
              new Duration(4, seconds)
                  .with(
                      "--sip",
                      platform.sip(),
                      "--address",
                      PlatformProcess.ADDRESS,
                      "--calls",
                      "" + calls));
      Memory after = look(process, jvm);
      report(report, javaOptions, List.of(before, during[0], after), 2 * calls);
      report.figure("missing sequence numbers", run.number("sequence_missing"), "packets");
    }
  }

  private static Memory look(ProcessView process, JvmView jvm) throws IOException {
    double heapKib = jvm.liveHeapBytes() / 1024.0;
    return new Memory(process.residentKb(), heapKib);
  }

  private static void report(Report report, String javaOptions, List<Memory> steps, int legs) {
    Memory before = steps.get(0);
    Memory during = steps.get(1);
    Memory after = steps.get(2);
    double resident = (during.residentKib() - before.residentKib()) / legs;
    double heap = (during.heapKib() - before.heapKib()) / legs;
    boolean touched = javaOptions.contains("AlwaysPreTouch");
    report.section(legs + " legs in bridges, " + javaOptions);
    report.figure("resident before", before.residentKib() / 1024, "MiB");
    report.figure("resident with the legs up", during.residentKib() / 1024, "MiB");
    report.figure("resident after they hung up", after.residentKib() / 1024, "MiB");
    report.figure("live heap before", before.heapKib() / 1024, "MiB");
    report.figure("live heap with the legs up", during.heapKib() / 1024, "MiB");
    report.figure("live heap after they hung up", after.heapKib() / 1024, "MiB");
    report.figure("resident growth per leg", resident, "KiB");
    report.figure("live heap per leg", heap, "KiB");
    if (touched) {
      double sum = resident + heap;
      report.figure(
          "growth outside the heap and live heap per leg", sum, "KiB", "< 50", sum < LEG_GOAL_KIB);
    }
  }
}
