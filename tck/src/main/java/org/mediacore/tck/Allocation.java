package org.mediacore.tck;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts the bytes that the calling thread allocates while it repeats something. */
public final class Allocation {
  private static final int ROUNDS = 5;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocation() {}

  /**
   * Repeats {@code once} as a warm-up, then counts in several rounds and judges the best of them:
   * what the virtual machine itself allocates now and then (compiling, profiling) is not the
   * code's.
   */
  public static void assertAtMost(
      long boundBytes, int warmUp, int repetitions, String what, Runnable once) {
    assertTrue(THREADS.isThreadAllocatedMemorySupported(), "this JVM cannot count allocation");
    for (int i = 0; i < warmUp; i++) {
      once.run();
    }
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < repetitions; i++) {
        once.run();
      }
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    assertTrue(
        least <= boundBytes * repetitions,
        what + " allocated " + least + " bytes in " + repetitions + " calls");
  }
}
