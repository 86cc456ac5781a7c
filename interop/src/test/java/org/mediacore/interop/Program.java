package org.mediacore.interop;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A process that the test owns. Its output goes to a file, so that it can never block on a full
 * pipe, and it never outlives the test's JVM.
 */
final class Program implements AutoCloseable {
  private static final Duration FORCE_AFTER = Duration.ofSeconds(3);
  private static final int LOG_TAIL = 12_000;

  private final String name;
  private final Process process;
  private final Path log;
  private final Thread hook;

  private Program(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.hook = new Thread(this::kill);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  static Program start(String name, List<String> command, Path log, Map<String, String> env) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(env);
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    try {
      return new Program(name, builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command, e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /**
   * Everything that the program has written so far, to either of its outputs, without the colours
   * of a terminal: a report that quotes them makes Maven lose the whole report.
   */
  String log() {
    try {
      if (!Files.exists(log)) {
        return "";
      }
      String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
      return text.replaceAll("\\u001b\\[[0-9;]*[A-Za-z]", "")
          .replaceAll("[\\p{Cntrl}&&[^\\n\\r\\t]]", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The end of the log with the program's name, for a failure's message. */
  String describe() {
    String text = log();
    String tail = text.length() > LOG_TAIL ? "…" + text.substring(text.length() - LOG_TAIL) : text;
    String state = process.isAlive() ? "running" : "exit code " + process.exitValue();
    return "--- " + name + " (" + state + ")\n" + tail;
  }

  /** Waits for a text anywhere in the log. */
  void awaitLog(String text, Duration atMost) {
    await("writes '" + text + "'", () -> log().contains(text), atMost);
  }

  /** Waits for a line of exactly this text. */
  void awaitLine(String line, Duration atMost) {
    await("writes the line '" + line + "'", () -> log().lines().anyMatch(line::equals), atMost);
  }

  private void await(String what, BooleanSupplier condition, Duration atMost) {
    Waiting.until(
        name + " " + what,
        atMost,
        () -> {
          boolean ended = !process.isAlive(); // asked first: its last words are then in the log
          if (condition.getAsBoolean()) {
            return true;
          }
          if (ended) {
            throw new AssertionError(name + " ended before it " + what + "\n" + describe());
          }
          return false;
        },
        this::describe);
  }

  /**
   * Does what Ctrl-C in a terminal does: SIGINT to the process and its children. A process that was
   * started from a background job inherits SIGINT as ignored; it gets SIGTERM.
   */
  void interrupt() {
    String signal = ignoresInterrupt() ? "-TERM" : "-INT";
    List<ProcessHandle> targets =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    for (ProcessHandle target : targets) {
      try {
        new ProcessBuilder("sh", "-c", "kill " + signal + " " + target.pid())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor(FORCE_AFTER.toMillis(), TimeUnit.MILLISECONDS);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot run sh", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while stopping " + name, e);
      }
    }
  }

  /** Reads bit 1 (signal 2) of the mask of ignored signals; see proc(5), SigIgn. */
  private boolean ignoresInterrupt() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).trim(), 16) & 2) != 0);
    } catch (IOException | UncheckedIOException gone) {
      return false; // no /proc, or the process has just ended
    }
  }

  /** Waits for the end and returns the exit code. */
  int awaitExit(Duration atMost) {
    try {
      if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(
            name + " did not end within " + atMost.toMillis() + " ms\n" + describe());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + name, e);
    }
    return process.exitValue();
  }

  private void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** Ends the process: politely first, by force after three seconds. */
  @Override
  public void close() {
    try {
      process.destroy();
      if (!process.waitFor(FORCE_AFTER.toMillis(), TimeUnit.MILLISECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
    } finally {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}
