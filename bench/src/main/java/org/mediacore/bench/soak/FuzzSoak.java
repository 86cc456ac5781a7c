package org.mediacore.bench.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.mediacore.bench.Settings;
import org.mediacore.bench.platform.Project;

/** Runs every fuzz test of the project for an equal share of the time. */
public final class FuzzSoak implements Soak {
  private static final String MARK = "@FuzzTest";
  private static final String TESTS = "src/test/java";

  private record FuzzTest(String module, String className) {
    @Override
    public String toString() {
      return module + " " + className;
    }
  }

  @Override
  public String name() {
    return "fuzz";
  }

  @Override
  public String summary() {
    return "the fuzz tests of the parsers, in turn (Jazzer; needs JDK 17)";
  }

  @Override
  public boolean run(int minutes, Settings settings) throws IOException {
    List<FuzzTest> tests = find(Project.root());
    if (tests.isEmpty()) {
      throw new IOException("no " + MARK + " in " + Project.root());
    }
    long shareNs = TimeUnit.MINUTES.toNanos(minutes) / tests.size();
    List<FuzzTest> failed = new ArrayList<>();
    for (FuzzTest test : tests) {
      System.out.println(test + ": " + shareNs / 1_000_000_000 + " s");
      long endNs = System.nanoTime() + shareNs;
      boolean passed = true;
      while (passed && System.nanoTime() - endNs < 0) {
        passed = runOnce(test, endNs); // a test ends by itself after the time that it names
      }
      if (!passed) {
        failed.add(test);
      }
    }
    failed.forEach(test -> System.out.println("FAILED: " + test));
    System.out.println(
        tests.size() - failed.size() + " fuzz tests passed, " + failed.size() + " failed");
    return failed.isEmpty();
  }

  private static List<FuzzTest> find(Path root) throws IOException {
    List<FuzzTest> tests = new ArrayList<>();
    try (Stream<Path> modules = Files.list(root)) {
      for (Path module : modules.filter(m -> Files.isDirectory(m.resolve(TESTS))).toList()) {
        try (Stream<Path> sources = Files.walk(module.resolve(TESTS))) {
          for (Path source :
              sources.filter(s -> s.toString().endsWith(".java")).sorted().toList()) {
            if (Files.readString(source).contains(MARK + "(")) {
              String file = source.getFileName().toString();
              tests.add(new FuzzTest(module.getFileName().toString(), file.replace(".java", "")));
            }
          }
        }
      }
    }
    return tests;
  }

  /** True when it passed, or was still finding nothing when its share was over. */
  private static boolean runOnce(FuzzTest test, long endNs) throws IOException {
    Path log =
        Files.createDirectories(Project.results()).resolve("fuzz-" + test.className() + ".log");
    List<String> command = new ArrayList<>(List.of("mvn", "-B", "-q", "-ntp", "test"));
    command.addAll(
        List.of("-pl", test.module(), "-am", "-Dfuzz.only=true", "-Dtest=" + test.className()));
    command.add("-Dsurefire.failIfNoSpecifiedTests=false");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(Project.root().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("JAZZER_FUZZ", "1");
    Process maven = builder.start();
    try {
      if (!maven.waitFor(Math.max(1, endNs - System.nanoTime()), TimeUnit.NANOSECONDS)) {
        stop(maven);
        report(test, log);
        return !Files.readString(log).contains("== Java Exception");
      }
      report(test, log);
      if (maven.exitValue() != 0) {
        System.out.println(test + " failed; see " + log);
      }
      return maven.exitValue() == 0;
    } catch (InterruptedException e) {
      stop(maven);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static void stop(Process maven) {
    List<ProcessHandle> descendants = maven.descendants().toList();
    maven.destroy();
    descendants.forEach(ProcessHandle::destroyForcibly);
    maven.onExit().join();
    descendants.forEach(descendant -> descendant.onExit().join());
  }

  /** The fuzzer's last word: how many inputs it tried. */
  private static void report(FuzzTest test, Path log) throws IOException {
    String last = "said nothing";
    for (String line : Files.readAllLines(log)) {
      if (line.startsWith("#") || line.startsWith("Done ")) {
        last = line;
      }
    }
    System.out.println("  " + test.className() + ": " + last.replace('\t', ' '));
  }
}
