package org.mediacore.bench.scenario;

import java.io.IOException;
import java.util.List;
import org.mediacore.bench.Benchmark;
import org.mediacore.bench.Option;
import org.mediacore.bench.Settings;
import org.mediacore.bench.UsageException;
import org.mediacore.bench.platform.Cores;
import org.mediacore.bench.platform.PlatformProcess;
import org.mediacore.bench.platform.ProcessView;
import org.mediacore.bench.platform.Sipp;
import org.mediacore.bench.report.Report;

/** Calls set up and torn down, by SIPp. */
public final class CallsBenchmark implements Benchmark {
  private static final int HOLD_MS = 1_000;
  private static final int QUICK_SECONDS = 5;

  @Override
  public String name() {
    return "calls";
  }

  @Override
  public String summary() {
    return "200 calls a second set up and torn down with SIPp";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("--rate", "200", "calls begun each second"),
        new Option("--seconds", "30", "for how long"));
  }

  @Override
  public void run(Settings settings, Report report) throws IOException, UsageException {
    int rate = settings.number("--rate");
    int seconds = settings.has("--quick") ? QUICK_SECONDS : settings.number("--seconds");
    if (!Sipp.isInstalled()) {
      report.note("Not measured: " + Sipp.MISSING + ".");
      return;
    }
    Cores.pinMyself();
    report.condition(
        "load",
        rate + " echo calls a second for " + seconds + " s, each up for " + HOLD_MS + " ms");
    try (PlatformProcess platform = PlatformProcess.start("")) {
      Sipp.call(platform.sip(), "echo", rate, 3, HOLD_MS); // warm-up
      ProcessView process = new ProcessView(platform.pid());
      long fromNs = process.cpuNs();
      Sipp sipp = Sipp.call(platform.sip(), "echo", rate, seconds, HOLD_MS);
      double cpuMs = (process.cpuNs() - fromNs) / 1e6;
      report.section("Echo calls, INVITE to BYE");
      report.figure("calls", sipp.created(), "");
      report.figure("failed", sipp.failed(), "calls", "0", sipp.failed() == 0);
      report.figure("requests sent again", sipp.retransmissions(), "");
      report.figure("INVITE to 200, p50", sipp.setupMs(0.5), "ms");
      report.figure("INVITE to 200, p99", sipp.setupMs(0.99), "ms");
      report.figure("INVITE to 200, max", sipp.setupMs(1), "ms");
      report.figure("CPU per call, all threads", cpuMs / sipp.created(), "ms");
      report.figure("run time", sipp.seconds(), "s");
      report.note("SIPp counts whole milliseconds; the platform has one core, SIPp the other.");
    }
  }
}
