package org.mediacore.bench.platform;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

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
    Process taskset;
    try {
      taskset =
          new ProcessBuilder("taskset", "-a", "-c", "-p", "" + measuring(), "" + pid)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException missing) {
      throw new IOException("taskset is missing (Debian: apt install util-linux)", missing);
    }
    if (exitCode(taskset) != 0) {
      throw new IOException("taskset could not pin process " + pid + " to core " + measuring());
    }
  }

  private static int exitCode(Process process) throws IOException {
    try {
      if (!process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("taskset does not end");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
