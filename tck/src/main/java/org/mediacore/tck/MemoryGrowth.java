package org.mediacore.tck;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells whether memory was kept: on the heap, and where the system tells it, outside of it. */
final class MemoryGrowth {
  private static final Path STATUS = Path.of("/proc/self/status");

  private final long usedBefore;
  private final long residentBefore;

  private MemoryGrowth() {
    usedBefore = usedHeapBytes();
    residentBefore = residentBytes();
  }

  /** Remembers what is in use now. */
  static MemoryGrowth start() {
    return new MemoryGrowth();
  }

  /**
   * Compares with what was in use. The heap must not have grown by more than {@code boundBytes};
   * nor must resident memory beyond what the heap may have touched for the first time.
   */
  void assertBounded(long boundBytes, String what) {
    // Before collecting: what the heap gives back then stays resident for a while (G1, JDK 16 on).
    long touched = committedHeapBytes();
    long heapGrowth = usedHeapBytes() - usedBefore;
    assertTrue(heapGrowth <= boundBytes, what + " left " + heapGrowth + " bytes on the heap");
    touched = Math.max(touched, committedHeapBytes());
    long outsideGrowth = residentBytes() - residentBefore - touched;
    assertTrue(
        outsideGrowth <= 8 * boundBytes, what + " left " + outsideGrowth + " bytes off the heap");
  }

  private static long committedHeapBytes() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
  }

  private static long usedHeapBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc(); // twice and more, so that what cleaners release is gone as well
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Resident memory, or 0 on a system that has no /proc. */
  private static long residentBytes() {
    if (!Files.isReadable(STATUS)) {
      return 0;
    }
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
        }
      }
      return 0;
    } catch (IOException e) {
      throw new AssertionError("cannot read " + STATUS, e);
    }
  }
}
