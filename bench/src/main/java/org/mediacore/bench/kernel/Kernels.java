package org.mediacore.bench.kernel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs microbenchmarks, each in Java machines of its own, with JMH's GC profiler. */
public final class Kernels {
  /** Fewer bytes per call than this are none: half of the smallest object. */
  static final double NO_ALLOCATION = 8;

  /** Resampling from and to the rate of G.711. */
  public static final List<Kernel> RESAMPLE_8_48 =
      List.of(
          new Kernel("ResamplerBenchmark.resample", "8-48", "resample 8 to 48 kHz", 20),
          new Kernel("ResamplerBenchmark.resample", "48-8", "resample 48 to 8 kHz", 20));

  /** All there are. */
  static final List<Kernel> ALL = all();

  private static final String PACKAGE = "org\\.mediacore\\.bench\\.kernel\\.";
  private static final String ALLOCATION = "gc.alloc.rate.norm";

  private Kernels() {}

  private static List<Kernel> all() {
    List<Kernel> kernels = new ArrayList<>();
    kernels.add(new Kernel("G711Benchmark.encode", "PCMU/8000", "G.711 µ-law encode", 20));
    kernels.add(new Kernel("G711Benchmark.decode", "PCMU/8000", "G.711 µ-law decode", 20));
    kernels.add(new Kernel("G711Benchmark.encode", "PCMA/8000", "G.711 A-law encode", 20));
    kernels.add(new Kernel("G711Benchmark.decode", "PCMA/8000", "G.711 A-law decode", 20));
    kernels.add(new Kernel("L16Benchmark.encode", "", "L16 16 kHz encode", 20));
    kernels.add(new Kernel("L16Benchmark.decode", "", "L16 16 kHz decode", 20));
    kernels.add(
        new Kernel("OpusBenchmark.encode", "", "Opus encode, 48 kHz mono, complexity 5", 20));
    kernels.add(new Kernel("OpusBenchmark.decode", "", "Opus decode, 48 kHz mono", 20));
    kernels.addAll(RESAMPLE_8_48);
    kernels.add(new Kernel("ResamplerBenchmark.resample", "16-48", "resample 16 to 48 kHz", 20));
    kernels.add(new Kernel("ResamplerBenchmark.resample", "48-16", "resample 48 to 16 kHz", 20));
    kernels.add(new Kernel("MixBenchmark.tick", "8000", "mix 10 talkers, 8 kHz", 10));
    kernels.add(new Kernel("MixBenchmark.tick", "48000", "mix 10 talkers, 48 kHz", 10));
    kernels.add(new Kernel("RtpBenchmark.receive", "", "RTP wrap and receive", 20));
    kernels.add(new Kernel("RtpBenchmark.relay", "", "RTP wrap, receive, relay", 20));
    kernels.add(new Kernel("RtpBenchmark.jitterBuffer", "", "jitter buffer put and poll", 20));
    return List.copyOf(kernels);
  }

  /** How it is measured, for the report. */
  static String describe(boolean quick) {
    return quick
        ? "-f 1 -wi 2 -w 500ms -i 2 -r 500ms -prof gc"
        : "-f 2 -wi 5 -w 1s -i 5 -r 1s -prof gc";
  }

  /**
   * Measures some kernels.
   *
   * @param kernels which
   * @param quick whether a rough figure is enough
   * @throws IOException where JMH fails, or has no result for one of them
   */
  public static List<KernelResult> measure(List<Kernel> kernels, boolean quick) throws IOException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .threads(1)
            .addProfiler(GCProfiler.class)
            .jvmArgs("-XX:+UseSerialGC", "-Xmx256m")
            .shouldFailOnError(true)
            .forks(quick ? 1 : 2)
            .warmupIterations(quick ? 2 : 5)
            .warmupTime(TimeValue.milliseconds(quick ? 500 : 1_000))
            .measurementIterations(quick ? 2 : 5)
            .measurementTime(TimeValue.milliseconds(quick ? 500 : 1_000));
    kernels.stream()
        .map(kernel -> PACKAGE + kernel.method().replace(".", "\\.") + "$")
        .distinct()
        .forEach(options::include);
    try {
      Collection<RunResult> results = new Runner(options.build()).run();
      List<KernelResult> found = new ArrayList<>();
      for (Kernel kernel : kernels) {
        found.add(find(kernel, results));
      }
      return found;
    } catch (RunnerException e) {
      throw new IOException("JMH: " + e.getMessage(), e);
    }
  }

  private static KernelResult find(Kernel kernel, Collection<RunResult> results)
      throws IOException {
    for (RunResult result : results) {
      var parameters = result.getParams();
      boolean parameterFits =
          kernel.parameter().isEmpty()
              || parameters.getParamsKeys().stream()
                  .anyMatch(key -> parameters.getParam(key).equals(kernel.parameter()));
      if (parameters.getBenchmark().endsWith("." + kernel.method()) && parameterFits) {
        double error = result.getPrimaryResult().getScoreError();
        return new KernelResult(
            kernel,
            result.getPrimaryResult().getScore(),
            Double.isNaN(error) ? 0 : error,
            bytesPerOp(result));
      }
    }
    throw new IOException("JMH has no result for " + kernel);
  }

  private static double bytesPerOp(RunResult result) throws IOException {
    return result.getSecondaryResults().entrySet().stream()
        .filter(entry -> entry.getKey().endsWith(ALLOCATION))
        .mapToDouble(entry -> entry.getValue().getScore())
        .findFirst()
        .orElseThrow(() -> new IOException("JMH's GC profiler gave no " + ALLOCATION));
  }
}
