package org.mediacore.runtime.pipeline;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.runtime.registry.Provider;

/**
 * Lets an instance that serves nobody work on a call's own frames, over and over, off the loop:
 * what throws, is wrong, late, slow or greedy within that many frames never gets a call. Off the
 * loop.
 */
final class Probation {
  /** How many frames: three seconds of 20 ms. */
  static final int FRAMES = 150;

  /** Fewer different frames than this say little; the provider has to pass again. */
  static final int ENOUGH_FRAMES = 5;

  private static final long SLOWEST_FRAME_NS = 500_000_000L;

  /** Until here, classes are initialised and buffers grow. */
  private static final int SETTLED_AFTER = 50;

  /** Garbage of a codec that is written without care is below; what leaks blocks is above. */
  private static final long MOST_BYTES_PER_FRAME = 64 * 1024;

  /** Memory of the process that may come from elsewhere at the same time. */
  private static final long MOST_RESIDENT_BYTES = 64L * 1024 * 1024;

  private static final Path RESIDENT = Path.of("/proc/self/statm");
  private static final int PAGE_BYTES = 4096;

  /** One frame's work. */
  interface Work {
    /** Works on frame {@code number}, counted from 0; says what went wrong, or nothing. */
    String frame(int number);
  }

  /** Marks what may be somebody else's doing. */
  private static final String COSTS = "costs: ";

  private Probation() {}

  /**
   * Lets a fault end a trial.
   *
   * @param made what was tried; closed where there is a fault
   * @param fault empty where there is none
   */
  static void require(Successor made, Provider provider, String fault) throws MediaSetupException {
    if (!fault.isEmpty()) {
      made.discard();
      throw new MediaSetupException(Reason.NOT_SUPPORTED, provider + " failed its trial", fault);
    }
  }

  /**
   * Runs the frames.
   *
   * @param frameDurationUs the audio of one frame
   * @return what is wrong; empty where nothing is
   */
  static String run(Work work, int frameDurationUs) {
    String wrong = wrongAt(work, frameDurationUs);
    // Time and the process's memory are everybody's: only what happens again is the instance's.
    return wrong.startsWith(COSTS) ? wrongAt(work, frameDurationUs).replace(COSTS, "") : wrong;
  }

  private static String wrongAt(Work work, int frameDurationUs) {
    long allocatedBefore = 0;
    long residentBefore = 0;
    long totalNs = 0;
    for (int number = 0; number < FRAMES; number++) {
      if (number == SETTLED_AFTER) {
        allocatedBefore = allocatedBytes();
        residentBefore = residentBytes();
      }
      long startNs = System.nanoTime();
      String fault = work.frame(number);
      long tookNs = System.nanoTime() - startNs;
      totalNs += tookNs;
      if (!fault.isEmpty()) {
        return fault + " at frame " + (number + 1) + " of its probation";
      }
      if (tookNs > SLOWEST_FRAME_NS) {
        return COSTS + "took " + tookNs / 1_000_000 + " ms for one frame";
      }
    }
    if (totalNs > (long) FRAMES * frameDurationUs * 1000 / 2) {
      return COSTS
          + "needs "
          + totalNs / FRAMES / 1000
          + " µs for a frame of "
          + frameDurationUs
          + " µs: half of that is the most";
    }
    long perFrame = (allocatedBytes() - allocatedBefore) / (FRAMES - SETTLED_AFTER);
    if (perFrame > MOST_BYTES_PER_FRAME) {
      return "allocates " + perFrame / 1024 + " KiB per frame";
    }
    long residentGrowth = residentBytes() - residentBefore;
    if (residentGrowth > MOST_RESIDENT_BYTES) {
      return COSTS
          + "the process grew by "
          + residentGrowth / 1024 / 1024
          + " MiB in its probation";
    }
    return "";
  }

  /** What this thread has allocated so far; always 0 where the virtual machine cannot tell. */
  private static long allocatedBytes() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return threads instanceof com.sun.management.ThreadMXBean counting
            && counting.isThreadAllocatedMemorySupported()
        ? counting.getThreadAllocatedBytes(Thread.currentThread().getId())
        : 0;
  }

  /** Memory of the process; always 0 where the system cannot tell. */
  private static long residentBytes() {
    try {
      return Files.isReadable(RESIDENT)
          ? Long.parseLong(Files.readString(RESIDENT).split(" ")[1]) * PAGE_BYTES
          : 0;
    } catch (IOException unreadable) {
      return 0;
    }
  }
}
