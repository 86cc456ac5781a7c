package org.mediacore.bench;

import java.util.List;
import org.mediacore.bench.kernel.KernelsBenchmark;
import org.mediacore.bench.scenario.RelayBenchmark;
import org.mediacore.bench.soak.Soak;

/** All there is. */
final class Catalogue {
  /** Every benchmark has it. */
  static final Option QUICK =
      new Option("--quick", "", "a few seconds only: whether it works, not how fast it is");

  static final List<Benchmark> BENCHMARKS = List.of(new KernelsBenchmark(), new RelayBenchmark());

  static final List<Soak> SOAKS = List.of();

  private Catalogue() {}
}
