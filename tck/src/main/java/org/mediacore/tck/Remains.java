package org.mediacore.tck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What may be left of a bundle that has gone. */
final class Remains {
  private static final Path MAPS = Path.of("/proc/self/maps");

  private final WeakReference<ClassLoader> loader;

  Remains(ClassLoader loader) {
    this.loader = new WeakReference<>(loader);
  }

  /** Collects garbage until the class loader has gone. */
  void awaitCollected(String how, long timeoutMs) throws InterruptedException {
    Deadline deadline = new Deadline(timeoutMs);
    do {
      System.gc();
      if (loader.get() == null) {
        return;
      }
    } while (deadline.pause());
    throw new AssertionError("the bundle was " + how + ", its class loader stays" + holders());
  }

  /** Threads that hold it, if any: the most frequent reason. */
  private String holders() {
    ClassLoader kept = loader.get();
    String threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(
                thread ->
                    thread.getContextClassLoader() == kept
                        || thread.getClass().getClassLoader() == kept)
            .map(Thread::getName)
            .collect(Collectors.joining(", "));
    return threads.isEmpty() ? "" : ", held by threads: " + threads;
  }

  static boolean canTellMappings() {
    return Files.isReadable(MAPS);
  }

  /** Files that the container keeps for bundles and that this process has mapped. */
  static List<String> mappedBy(BundleContainer container) {
    try {
      // Six columns, the last is the path: proc(5).
      return Files.readAllLines(MAPS).stream()
          .map(line -> line.split("\\s+", 6))
          .filter(columns -> columns.length == 6 && container.keeps(columns[5]))
          .map(columns -> columns[5])
          .distinct()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Collects garbage until no file of a bundle is mapped. */
  static void awaitUnmapped(BundleContainer container, long timeoutMs) throws InterruptedException {
    Deadline deadline = new Deadline(timeoutMs);
    do {
      System.gc();
      if (mappedBy(container).isEmpty()) {
        return;
      }
    } while (deadline.pause());
    throw new AssertionError("still mapped: " + mappedBy(container));
  }
}
