package org.mediacore.bench.conversion;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Times short pieces of work on a machine that others use, too: by the CPU time of this thread, in
 * several rounds that go through all of them, so that a busy moment meets all alike. Allocation is
 * the JVM's count for this thread.
 */
final class Stopwatch {
  /** Fewer bytes per call than this are none: half of the smallest object. */
  static final double NO_ALLOCATION = 8;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final int rounds;
  private final int runs;
  private final long runNs;

  /**
   * What one call takes.
   *
   * @param medianNs median of all runs, in ns of CPU time
   * @param bytes bytes allocated in the run that allocated least: a compiler's work may be charged
   *     to the thread
   */
  record Cost(double medianNs, double bytes) {}

  /**
   * @param quick whether a rough figure is enough
   */
  Stopwatch(boolean quick) {
    rounds = quick ? 1 : 3;
    runs = quick ? 3 : 7;
    runNs = quick ? 300_000 : 3_000_000;
  }

  /** How it is measured, for the report. */
  String describe() {
    return rounds * runs
        + " runs of "
        + runNs / 1e6
        + " ms of CPU time each, in "
        + rounds
        + " rounds";
  }

  /** Measures pieces of work; the costs are in their order. */
  List<Cost> measure(List<Runnable> works) {
    List<List<Double>> times = new ArrayList<>();
    double[] bytes = new double[works.size()];
    int[] calls = new int[works.size()];
    for (int i = 0; i < works.size(); i++) {
      times.add(new ArrayList<>());
      bytes[i] = Double.MAX_VALUE;
      calls[i] = warmUp(works.get(i));
    }
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < works.size(); i++) {
        callsNs(works.get(i), calls[i] / 2 + 1); // fills the caches again
        for (int run = 0; run < runs; run++) {
          long before = THREADS.getCurrentThreadAllocatedBytes();
          double ns = callsNs(works.get(i), calls[i]);
          long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
          times.get(i).add(ns / calls[i]);
          bytes[i] = Math.min(bytes[i], (double) allocated / calls[i]);
        }
      }
    }
    List<Cost> costs = new ArrayList<>();
    for (int i = 0; i < works.size(); i++) {
      List<Double> sorted = times.get(i).stream().sorted().toList();
      costs.add(new Cost(sorted.get(sorted.size() / 2), bytes[i]));
    }
    return costs;
  }

  /** Lets the work be compiled, and finds how many calls fill a run. */
  private int warmUp(Runnable work) {
    int calls = 1;
    long spent = 0;
    while (true) {
      long ns = callsNs(work, calls);
      spent += ns;
      if (spent > 5 * runNs && ns > 0) {
        return (int) Math.max(1, Math.min(1_000_000, calls * runNs / ns));
      }
      calls = Math.min(1 << 20, 2 * calls);
    }
  }

  private static long callsNs(Runnable work, int calls) {
    long before = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < calls; i++) {
      work.run();
    }
    return THREADS.getCurrentThreadCpuTime() - before;
  }
}
