package org.mediacore.itest;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What a process holds besides its heap, by kind, numbers in names left out. Linux only.
 *
 * @param threads that are alive, without idle ones of pools that let them go
 * @param descriptors open files, sockets and the like
 * @param mappings native libraries
 * @param classLoaders class loaders of bundles that a full collection leaves
 */
record Leftovers(
    Map<String, Integer> threads,
    Map<String, Integer> descriptors,
    Map<String, Integer> mappings,
    int classLoaders) {

  /** Of the driver of these tests, whose connections come and go. */
  private static final Pattern NOT_OURS = Pattern.compile("RMI .*|JMX .*|GC Daemon|FelixStart.*");

  private static final String LOADER =
      "org.apache.felix.framework.BundleWiringImpl$BundleClassLoader";
  private static final Pattern LIBRARY = Pattern.compile("/.*\\.(so|tmp)\\b.*");
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final int MAPS_COLUMNS = 6;

  /** Whether this system tells what a process holds. */
  static boolean measurable() {
    return Files.isDirectory(DESCRIPTORS);
  }

  /** Collects all garbage and looks. */
  static Leftovers now() throws IOException, JMException {
    int loaders = countClassLoaders();
    return new Leftovers(countThreads(), countDescriptors(), countMappings(), loaders);
  }

  private static int countClassLoaders() throws JMException {
    Object histogram =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {new String[0]},
                new String[] {String[].class.getName()});
    Pattern line = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+" + Pattern.quote(LOADER));
    Matcher found = line.matcher((String) histogram);
    if (!found.find()) {
      throw new IllegalStateException("no " + LOADER + " in the histogram of classes");
    }
    return Integer.parseInt(found.group(1));
  }

  /** Writes the live objects of the heap into a new file. */
  static void dump(Path file) throws JMException {
    ManagementFactory.getPlatformMBeanServer()
        .invoke(
            new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
            "dumpHeap",
            new Object[] {file.toString(), true},
            new String[] {String.class.getName(), boolean.class.getName()});
  }

  private static Map<String, Integer> countThreads() {
    Map<String, Integer> counts = new TreeMap<>();
    Thread.getAllStackTraces()
        .forEach(
            (thread, stack) -> {
              if (!NOT_OURS.matcher(thread.getName()).matches() && !endsByItself(stack)) {
                count(counts, thread.getName());
              }
            });
    return counts;
  }

  /** A cached pool's thread that waits for work, and ends where none comes within a minute. */
  private static boolean endsByItself(StackTraceElement[] stack) {
    boolean waits = false;
    for (StackTraceElement frame : stack) {
      waits |= frame.getClassName().equals(SynchronousQueue.class.getName());
      if (frame.getClassName().equals(ThreadPoolExecutor.class.getName())
          && frame.getMethodName().equals("getTask")) {
        return waits;
      }
    }
    return false;
  }

  private static void count(Map<String, Integer> counts, String name) {
    counts.merge(name.replaceAll("[0-9]+", "N"), 1, Integer::sum);
  }

  private static Map<String, Integer> countDescriptors() throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
      for (Path descriptor : descriptors.toList()) {
        try {
          count(counts, Files.readSymbolicLink(descriptor).toString());
        } catch (NoSuchFileException closed) {
          // the one that listed the others
        }
      }
    }
    return counts;
  }

  private static Map<String, Integer> countMappings() throws IOException {
    Set<String> files = new HashSet<>();
    for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
      String[] columns = line.split("\\s+", MAPS_COLUMNS);
      if (columns.length == MAPS_COLUMNS && LIBRARY.matcher(columns[MAPS_COLUMNS - 1]).matches()) {
        files.add(columns[MAPS_COLUMNS - 1] + " inode " + columns[MAPS_COLUMNS - 2]);
      }
    }
    Map<String, Integer> counts = new TreeMap<>();
    files.forEach(file -> count(counts, file));
    return counts;
  }

  /** How many sockets are open. */
  int sockets() {
    return descriptors.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("socket:"))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /** What there is more of than before, one line each. */
  List<String> moreThan(Leftovers before) {
    List<String> more = new ArrayList<>();
    add(more, "threads", before.threads, threads);
    add(more, "descriptors", before.descriptors, descriptors);
    add(more, "mappings", before.mappings, mappings);
    if (classLoaders > before.classLoaders) {
      more.add("class loaders: " + before.classLoaders + " -> " + classLoaders);
    }
    return more;
  }

  private static void add(
      List<String> more, String kind, Map<String, Integer> before, Map<String, Integer> now) {
    now.forEach(
        (name, count) -> {
          int was = before.getOrDefault(name, 0);
          if (count > was) {
            more.add(kind + ": " + name + ": " + was + " -> " + count);
          }
        });
  }

  private static int sum(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  @Override
  public String toString() {
    return sum(threads)
        + " threads, "
        + sum(descriptors)
        + " descriptors ("
        + sockets()
        + " sockets), "
        + sum(mappings)
        + " native libraries, "
        + classLoaders
        + " class loaders of bundles";
  }
}
