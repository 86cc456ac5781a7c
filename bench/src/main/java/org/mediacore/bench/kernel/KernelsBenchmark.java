package org.mediacore.bench.kernel;

import java.io.IOException;
import java.util.List;
import org.mediacore.bench.Benchmark;
import org.mediacore.bench.Option;
import org.mediacore.bench.Settings;
import org.mediacore.bench.report.Report;

/** What one frame costs, stage by stage. */
public final class KernelsBenchmark implements Benchmark {
  private static final double SAMPLES_PER_S_GOAL = 1e9;
  private static final int G711_SAMPLES = 160;

  @Override
  public String name() {
    return "kernels";
  }

  @Override
  public String summary() {
    return "time and memory per frame of codecs, resampler, mixer, RTP (JMH)";
  }

  @Override
  public List<Option> options() {
    return List.of();
  }

  @Override
  public void run(Settings settings, Report report) throws IOException {
    List<KernelResult> results = Kernels.measure(Kernels.ALL, settings.has("--quick"));
    report.condition("JMH options", Kernels.describe(settings.has("--quick")));
    report.table(
        "One call of each kernel, one thread",
        "kernel",
        "ns/op",
        "± 99.9 %",
        "B/op",
        "audio per op, ms",
        "times real time");
    for (KernelResult result : results) {
      report.row(
          result.kernel().title(),
          result.nsPerOp(),
          result.errorNs(),
          result.bytesPerOp(),
          result.kernel().audioMs(),
          result.kernel().audioMs() * 1e6 / result.nsPerOp());
    }
    report.section("Goals");
    double worst = results.stream().mapToDouble(KernelResult::bytesPerOp).max().orElseThrow();
    report.figure(
        "most bytes allocated by one call", worst, "B", "0", worst < Kernels.NO_ALLOCATION);
    for (KernelResult result : results) {
      if (result.kernel().title().startsWith("G.711")) {
        double perS = G711_SAMPLES * 1e9 / result.nsPerOp();
        report.figure(
            result.kernel().title(), perS / 1e9, "Gsamples/s", ">= 1", perS >= SAMPLES_PER_S_GOAL);
      }
    }
    report.note(
        "B/op is JMH's `gc.alloc.rate.norm`. It spreads JMH's own kilobytes per iteration over the"
            + " calls too, which shows in slow kernels: less than 8 is no object per call, since"
            + " the smallest has 16 bytes.");
  }
}
