package org.mediacore.bench.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mediacore.bench.Benchmark;
import org.mediacore.bench.Option;
import org.mediacore.bench.Settings;
import org.mediacore.bench.UsageException;
import org.mediacore.bench.kernel.KernelResult;
import org.mediacore.bench.kernel.Kernels;
import org.mediacore.bench.platform.Cores;
import org.mediacore.bench.platform.Generator;
import org.mediacore.bench.platform.NativeProgram;
import org.mediacore.bench.report.Report;

/** Bridged calls of PCMU and Opus, beside the sum of what cannot be avoided. */
public final class TranscodeBenchmark implements Benchmark {
  private static final double FRAMES_PER_S = 50;
  private static final double RATIO_GOAL = 1.05;
  private static final int FRAME_US = 20_000;

  @Override
  public String name() {
    return "transcode";
  }

  @Override
  public String summary() {
    return "bridged PCMU-Opus calls: CPU per call beside bare libopus, sockets and resampling";
  }

  @Override
  public List<Option> options() {
    List<Option> options = new ArrayList<>(Duration.options(60));
    options.add(new Option("--calls", "40", "bridges of a PCMU and an Opus leg"));
    return options;
  }

  @Override
  public void run(Settings settings, Report report) throws IOException, UsageException {
    int calls = settings.number("--calls");
    Duration duration = Duration.of(settings);
    boolean quick = settings.has("--quick");
    Cores.pinMyself();
    report.condition(
        "load",
        calls
            + " bridges of PCMU and Opus (48 kHz mono, 20 ms, complexity 5, 32 kbit/s); "
            + duration.warmup()
            + " s warm-up, "
            + duration.seconds()
            + " s measured");
    Generator.Run run;
    try (LoadedPlatform platform = LoadedPlatform.start()) {
      run = platform.load(duration.with("--calls", "" + calls, "--codec", "pcmu,opus"));
    }
    double perCallUs = run.threadCpuUs() / (calls * run.seconds() * FRAMES_PER_S);
    report.section("Platform");
    Figures.traffic(report, run, false);
    report.figure("loop thread", run.threadCpuPercent(), "% of a core");
    report.figure("CPU per call", perCallUs, "µs per 20 ms");
    report.figure("calls that a core carries", 20_000 / perCallUs, "");
    Figures.allocation(report, run);
    Figures.generator(report, run);
    compare(report, calls, duration, quick, perCallUs);
  }

  private static void compare(
      Report report, int calls, Duration duration, boolean quick, double perCallUs)
      throws IOException {
    int rounds = duration.seconds() * (int) FRAMES_PER_S;
    Optional<BareOpus> bare = BareOpus.measure(calls, rounds, FRAME_US / calls);
    Optional<BareOpus> hot = BareOpus.measure(calls, rounds, 0);
    Optional<Generator.Run> relay = CRelay.measure(calls, duration);
    if (bare.isEmpty() || hot.isEmpty() || relay.isEmpty()) {
      report.note("Not compared with bare libopus: " + NativeProgram.NO_COMPILER + ".");
      return;
    }
    double socketUs = relay.get().threadCpuUs() / relay.get().packets();
    List<KernelResult> resampling = Kernels.measure(Kernels.RESAMPLE_8_48, quick);
    double sum = 0;
    report.section("CPU of one call for 20 ms both ways");
    sum += part(report, "libopus encode, called from C", bare.get().encodeUs());
    sum += part(report, "libopus decode, called from C", bare.get().decodeUs());
    sum += part(report, "two packets through the relay in C", 2 * socketUs);
    for (KernelResult result : resampling) {
      sum += part(report, result.kernel().title() + " (JMH)", result.nsPerOp() / 1e3);
    }
    report.figure("sum", sum, "µs");
    report.figure("platform", perCallUs, "µs");
    double ratio = perCallUs / sum;
    report.figure("ratio", ratio, "", "<= 1.05", ratio <= RATIO_GOAL);
    report.figure(
        "libopus both ways without pauses", hot.get().encodeUs() + hot.get().decodeUs(), "µs");
    report.note(
        "libopus is the one that codec.opus embeds, loaded by a C program on the same core; its"
            + " encoders get the very frames that the platform's get (the generator's PCMU, decoded"
            + " and brought to 48 kHz), "
            + calls
            + " calls in turn at the pace of the packets. Without pauses the same frames cost less,"
            + " since caches stay warm: that is stated too, and not part of the sum.");
  }

  private static double part(Report report, String what, double us) {
    report.figure(what, us, "µs");
    return us;
  }
}
