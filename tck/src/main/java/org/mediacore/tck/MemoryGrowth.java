package org.mediacore.tck;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;

/**
 * Tells whether something was kept: memory on the heap, memory outside of it where that can be told
 * (Linux), classes.
 */
final class MemoryGrowth {
  /** Classes that the virtual machine may make on its own meanwhile. */
  private static final int MAX_CLASSES = 100;

  /** What compiling and collecting garbage take for themselves meanwhile. */
  private static final long OUTSIDE_FACTOR = 6;

  private final boolean tellsOutside = ResidentMemory.canTell();
  private final long usedBefore;
  private final long outsideBefore;
  private final int classesBefore;

  private MemoryGrowth() {
    usedBefore = usedHeapBytes();
    outsideBefore = outsideBytes();
    classesBefore = classes();
  }

  /** Remembers what is in use now. */
  static MemoryGrowth start() {
    return new MemoryGrowth();
  }

  /**
   * Compares with what was in use. The heap must not have grown by more than {@code boundBytes},
   * nor other memory by more than six times that, nor the number of classes.
   */
  void assertBounded(long boundBytes, String what) {
    long onHeap = usedHeapBytes() - usedBefore;
    long offHeap = outsideBytes() - outsideBefore;
    int classes = classes() - classesBefore;
    assertTrue(classes <= MAX_CLASSES, what + " left " + classes + " classes");
    assertTrue(onHeap <= boundBytes, what + " left " + onHeap + " bytes on the heap");
    assertTrue(
        offHeap <= OUTSIDE_FACTOR * boundBytes, what + " left " + offHeap + " bytes off the heap");
  }

  private static long usedHeapBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc(); // twice and more, so that what cleaners release is gone as well
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private long outsideBytes() {
    return tellsOutside ? ResidentMemory.outsideHeapBytes() : 0;
  }

  private static int classes() {
    return ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
  }
}
