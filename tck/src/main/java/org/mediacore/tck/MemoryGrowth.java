package org.mediacore.tck;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells whether something was kept: memory on the heap, memory outside of it where the system tells
 * (Linux), classes. Measures what the calling thread does.
 */
final class MemoryGrowth {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Classes that the virtual machine may make on its own meanwhile. */
  private static final int MAX_CLASSES = 100;

  private final long usedBefore;
  private final long residentBefore;
  private final long allocatedBefore;
  private final int classesBefore;

  private MemoryGrowth() {
    usedBefore = usedHeapBytes();
    residentBefore = residentBytes();
    allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
    classesBefore = ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
  }

  /** Remembers what is in use now. */
  static MemoryGrowth start() {
    return new MemoryGrowth();
  }

  /**
   * Compares with what was in use. The heap must not have grown by more than {@code boundBytes};
   * nor resident memory by more than eight times that, beyond what the heap may have touched for
   * the first time; nor the number of classes.
   */
  void assertBounded(long boundBytes, String what) {
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
    // Before collecting: what the heap gives back then stays resident for a while (G1, JDK 16 on).
    long committed = committedHeapBytes();
    long heapGrowth = usedHeapBytes() - usedBefore;
    assertTrue(heapGrowth <= boundBytes, what + " left " + heapGrowth + " bytes on the heap");
    committed = Math.max(committed, committedHeapBytes());
    long touched = Math.min(committed, 2 * allocated); // once where allocated, once where copied
    long outsideGrowth = residentBytes() - residentBefore - touched;
    assertTrue(
        outsideGrowth <= 8 * boundBytes, what + " left " + outsideGrowth + " bytes off the heap");
    int classes = ManagementFactory.getClassLoadingMXBean().getLoadedClassCount() - classesBefore;
    assertTrue(classes <= MAX_CLASSES, what + " left " + classes + " classes");
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
