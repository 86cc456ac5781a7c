package org.mediacore.bench;

import java.util.List;
import org.mediacore.bench.codec.CodecsBenchmark;
import org.mediacore.bench.conversion.ConversionsBenchmark;
import org.mediacore.bench.kernel.KernelsBenchmark;
import org.mediacore.bench.scenario.CallsBenchmark;
import org.mediacore.bench.scenario.MemoryBenchmark;
import org.mediacore.bench.scenario.MixBenchmark;
import org.mediacore.bench.scenario.RelayBenchmark;
import org.mediacore.bench.scenario.StartupBenchmark;
import org.mediacore.bench.scenario.SwapBenchmark;
import org.mediacore.bench.scenario.TranscodeBenchmark;
import org.mediacore.bench.soak.CallsSoak;
import org.mediacore.bench.soak.FuzzSoak;
import org.mediacore.bench.soak.Soak;
import org.mediacore.bench.soak.StormSoak;
import org.mediacore.bench.soak.SwapsSoak;

/** All there is. */
final class Catalogue {
  /** Every benchmark has it. */
  static final Option QUICK =
      new Option("--quick", "", "a few seconds only: whether it works, not how fast it is");

  static final List<Benchmark> BENCHMARKS =
      List.of(
          new KernelsBenchmark(),
          new CodecsBenchmark(),
          new ConversionsBenchmark(),
          new RelayBenchmark(),
          new TranscodeBenchmark(),
          new MixBenchmark(),
          new CallsBenchmark(),
          new MemoryBenchmark(),
          new StartupBenchmark(),
          new SwapBenchmark());

  static final List<Soak> SOAKS =
      List.of(new CallsSoak(), new FuzzSoak(), new StormSoak(), new SwapsSoak());

  private Catalogue() {}
}
