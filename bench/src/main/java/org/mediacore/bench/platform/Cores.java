package org.mediacore.bench.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Who runs where: what is measured on one core, what measures it on another. */
public final class Cores {
  /** As it was before anything was pinned: afterwards the Java machine counts fewer. */
  private static final int NUMBER = Runtime.getRuntime().availableProcessors();

  private static final int WAIT_SECONDS = 10;

  private Cores() {}

  /** The core of what is measured. */
  public static int measured() {
    return 0;
  }

  /** The core of what sends, receives and watches; the same one where there is no other. */
  public static int measuring() {
    return Math.min(1, NUMBER - 1);
  }

  /** How many there are. */
  public static int number() {
    return NUMBER;
  }

  /** A command that runs another one on a core. */
  public static List<String> pinned(int core, List<String> command) {
    return on("" + core, command);
  }

  /** A command that runs another one on all cores, whatever this process is pinned to. */
  public static List<String> free(List<String> command) {
    return on("0-" + (NUMBER - 1), command);
  }

  private static List<String> on(String cores, List<String> command) {
    List<String> pinned = new ArrayList<>(List.of("taskset", "-c", cores));
    pinned.addAll(command);
    return pinned;
  }

  /**
   * Moves this process with all its threads to the measuring core.
   *
   * @throws IOException where {@code taskset} is missing or refuses
   */
  public static void pinMyself() throws IOException {
    long pid = ProcessHandle.current().pid();
    run("taskset", "-a", "-c", "-p", "" + measuring(), "" + pid);
  }

  /**
   * Lets this process with all its threads, and programs that it starts from now on, work only
   * where nobody else wants to.
   *
   * @throws IOException where {@code renice} is missing or refuses
   */
  public static void standBack() throws IOException {
    List<String> command = new ArrayList<>(List.of("renice", "-n", "15", "-p"));
    try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
      threads.forEach(thread -> command.add(thread.getFileName().toString()));
    }
    run(command.toArray(String[]::new));
  }

  private static void run(String... command) throws IOException {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException missing) {
      throw new IOException(command[0] + " is missing (Debian: apt install util-linux)", missing);
    }
    if (exitCode(process) != 0) {
      throw new IOException("failed: " + String.join(" ", command));
    }
  }

  private static int exitCode(Process process) throws IOException {
    try {
      if (!process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("a command does not end");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
