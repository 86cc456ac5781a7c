package org.mediacore.bench.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.mediacore.bench.Benchmark;
import org.mediacore.bench.Option;
import org.mediacore.bench.Settings;
import org.mediacore.bench.UsageException;
import org.mediacore.bench.platform.BundleVersion;
import org.mediacore.bench.platform.Generator;
import org.mediacore.bench.platform.PlatformProcess;
import org.mediacore.bench.platform.Usage;
import org.mediacore.bench.report.Report;

/** What it costs the media loops to swap the codec of 200 sessions. */
public final class SwapBenchmark implements Benchmark {
  /** As many as leave the core time for something else. */
  private record Load(String bundle, String codec, int legs) {}

  private static final List<Load> LOADS =
      List.of(new Load("codec.g711", "pcmu", 200), new Load("codec.opus", "opus", 40));

  private static final double LATENESS_GOAL_MS = 5;

  /** The loops' figures are of the last 10 to 20 s, so all of that is to be measured. */
  private static final int SECONDS = 22;

  private static final long BETWEEN_NS = TimeUnit.SECONDS.toNanos(4);

  @Override
  public String name() {
    return "swap";
  }

  @Override
  public String summary() {
    return "200 sessions whose codec is replaced again and again: lateness of the loops' ticks";
  }

  @Override
  public List<Option> options() {
    return List.of(new Option("--swaps", "5", "how often each codec is replaced, 1 to 5"));
  }

  @Override
  public void run(Settings settings, Report report) throws IOException, UsageException {
    int swaps = settings.has("--quick") ? 2 : Math.min(5, settings.number("--swaps"));
    report.condition(
        "load",
        "rooms of ten, everybody talks; the platform with one loop and all its other threads on"
            + " core 0, the generator on core 1; "
            + swaps
            + " newer versions of a codec dropped into deploy/, 4 s apart; "
            + SECONDS
            + " s measured");
    for (Load load : LOADS) {
      Figures without;
      Figures with;
      try (PlatformProcess platform = PlatformProcess.start("")) {
        List<Path> versions = versions(platform, load.bundle(), swaps);
        without = measure(platform, load, List.of());
        with = measure(platform, load, versions);
      }
      report(report, load, without, with);
    }
    report.note(
        "Lateness is how long after its time a tick was run, as the loops count it (`media:loops`),"
            + " the worse of the loops; in steps of 0.25 ms. Copying, unpacking and starting the"
            + " new bundle, trying, making and priming the successors are on the same core, and all"
            + " in it.");
  }

  private record Figures(Generator.Run run, double p99Ms, double mostMs, long receipts) {}

  private static void report(Report report, Load load, Figures without, Figures with)
      throws IOException {
    report.section(load.bundle() + " under " + load.legs() + " sessions");
    report.figure("parts that changed", with.receipts(), "");
    report.figure("lateness of ticks, p99, without swaps", without.p99Ms(), "ms");
    report.figure(
        "lateness of ticks, p99, with", with.p99Ms(), "ms", "< 5", with.p99Ms() < LATENESS_GOAL_MS);
    report.figure("lateness of ticks, most, without swaps", without.mostMs(), "ms");
    report.figure("lateness of ticks, most, with", with.mostMs(), "ms");
    report.figure(
        "missing sequence numbers",
        with.run().number("sequence_missing"),
        "packets",
        "0",
        with.run().number("sequence_missing") == 0);
    report.figure("timestamp jumps, without swaps", without.run().number("timestamp_jumps"), "");
    report.figure(
        "timestamp jumps, with",
        with.run().number("timestamp_jumps"),
        "",
        "0",
        with.run().number("timestamp_jumps") == 0);
    report.figure("generator late, p99", with.run().number("generator_late_p99_us") / 1e3, "ms");
  }

  /** Newer versions, ready to be moved into deploy/. */
  private static List<Path> versions(PlatformProcess platform, String codec, int swaps)
      throws IOException {
    Path first = platform.home().resolve("deploy/" + codec + "-1.0.0.jar");
    List<Path> versions = new ArrayList<>();
    for (int i = 1; i <= swaps; i++) {
      Path version = platform.home().resolve(codec + "-1.0." + i + ".jar");
      BundleVersion.copy(first, "1.0." + i, version);
      versions.add(version);
    }
    return versions;
  }

  private static Figures measure(PlatformProcess platform, Load load, List<Path> versions)
      throws IOException {
    long[] lateUs = new long[2];
    int[] looks = {0};
    List<CompletableFuture<Void>> drops = new ArrayList<>();
    Generator.Run run =
        Generator.run(
            () -> {
              if (looks[0]++ == 0) {
                drops.add(CompletableFuture.runAsync(() -> drop(platform, versions)));
              } else {
                System.arraycopy(lateness(platform), 0, lateUs, 0, 2);
              }
              return new Usage(System.nanoTime(), 0, 0, 0, 0);
            },
            arguments(platform, load));
    drops.forEach(CompletableFuture::join);
    long receipts =
        platform.shell("media:swaps").lines().filter(line -> line.contains("coder ")).count();
    return new Figures(run, lateUs[0] / 1e3, lateUs[1] / 1e3, receipts);
  }

  private static String[] arguments(PlatformProcess platform, Load load) {
    return new String[] {
      "--sip",
      platform.sip(),
      "--address",
      PlatformProcess.ADDRESS,
      "--mode",
      "room",
      "--room-size",
      "10",
      "--calls",
      "" + load.legs(),
      "--codec",
      load.codec(),
      "--warmup",
      "8",
      "--seconds",
      "" + SECONDS
    };
  }

  private static void drop(PlatformProcess platform, List<Path> versions) {
    for (Path version : versions) {
      try {
        Files.move(version, platform.home().resolve("deploy").resolve(version.getFileName()));
      } catch (IOException failed) {
        throw new java.io.UncheckedIOException(failed);
      }
      LockSupport.parkNanos(BETWEEN_NS);
    }
  }

  /** 99 % and the most of the loop that is later, in µs. */
  private static long[] lateness(PlatformProcess platform) throws IOException {
    long[] worst = new long[2];
    for (String line : platform.shell("media:loops").lines().toList()) {
      String[] columns = line.trim().split(" +");
      if (columns[0].matches("\\d+")) {
        worst[0] = Math.max(worst[0], Math.round(Double.parseDouble(columns[4]) * 1000));
        worst[1] = Math.max(worst[1], Math.round(Double.parseDouble(columns[5]) * 1000));
      }
    }
    return worst;
  }
}
