package org.mediacore.launcher;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Real-time priority (SCHED_FIFO, sched(7)) for what media waits for, so that no other program and
 * no other thread of the platform has a core while a packet is due.
 *
 * <p>Media loops have it, and the virtual machine's own thread, for which they stand still. A
 * thread that a loop starts does not inherit it. Nobody else has it: whoever works for long with it
 * keeps the owners of locks, for which loops then wait, from a core.
 *
 * <p>It is given by {@code chrt} of util-linux, which also tells whether it may be.
 */
final class RealTime {
  static final int LOOPS = 10;

  private static final Path TASKS = Path.of("/proc/self/task");
  private static final String LOOP = "media-loop-";
  private static final String VIRTUAL_MACHINE = "VM Thread";

  private static final int SPINNING_BEFORE = 25;

  /** Runs {@code chrt}. */
  interface Chrt {
    /**
     * Runs it to its end.
     *
     * @throws StartException where it is missing or fails; the message holds what it said
     */
    void run(List<String> arguments) throws StartException;
  }

  private final Path tasks;
  private final Chrt chrt;

  RealTime(Path tasks, Chrt chrt) {
    this.tasks = tasks;
    this.chrt = chrt;
  }

  /**
   * Makes sure that the priority can be given, before anything is started.
   *
   * @throws StartException saying why not
   */
  static RealTime require() throws StartException {
    if (!Files.isDirectory(TASKS)) {
      throw new StartException("--realtime needs Linux: there is no " + TASKS);
    }
    List<String> collectors =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .map(GarbageCollectorMXBean::getName)
            .toList();
    requireBlockingLocks(collectors, Runtime.version().feature());
    chrt(List.of("--fifo", "" + LOOPS, "true"));
    return new RealTime(TASKS, RealTime::chrt);
  }

  /**
   * Who allocates in Shenandoah takes a lock. Before Java 25 who does not get it yields for ever
   * (JDK-8350285), and to yield leaves the core to nobody of a lower priority: where its owner has
   * one, loops and owner wait for each other, and so does the machine.
   */
  static void requireBlockingLocks(List<String> collectors, int javaVersion) throws StartException {
    boolean shenandoah = collectors.stream().anyMatch(name -> name.startsWith("Shenandoah"));
    if (shenandoah && javaVersion < SPINNING_BEFORE) {
      throw new StartException(
          "--realtime: real-time threads can wait for ever for the lock of Java "
              + javaVersion
              + "'s Shenandoah (JDK-8350285); use Java 25, or another collector, such as"
              + " -XX:+UseZGC");
    }
  }

  /**
   * Gives it to the threads that run now.
   *
   * @throws StartException where there is no loop, or {@code chrt} fails
   */
  void give() throws StartException {
    int loops = 0;
    for (String thread : threads()) {
      String name = name(thread);
      if (name.startsWith(LOOP)) {
        chrt.run(List.of("--reset-on-fork", "--fifo", "--pid", "" + LOOPS, thread));
        loops++;
      } else if (name.equals(VIRTUAL_MACHINE)) {
        chrt.run(List.of("--fifo", "--pid", "" + LOOPS, thread));
      }
    }
    if (loops == 0) {
      throw new StartException("--realtime: there is no media loop");
    }
  }

  private List<String> threads() throws StartException {
    try (Stream<Path> all = Files.list(tasks)) {
      return all.map(task -> task.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new StartException("--realtime: " + Reasons.of(e), e);
    }
  }

  /** Its name, of which the kernel keeps 15 characters; empty where the thread has ended. */
  private String name(String thread) throws StartException {
    try {
      return Files.readString(tasks.resolve(thread).resolve("comm")).strip();
    } catch (NoSuchFileException ended) {
      return "";
    } catch (IOException e) {
      throw new StartException("--realtime: " + Reasons.of(e), e);
    }
  }

  private static void chrt(List<String> arguments) throws StartException {
    List<String> command = new ArrayList<>(List.of("chrt"));
    command.addAll(arguments);
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException missing) {
      throw new StartException("--realtime needs chrt (Debian: apt install util-linux)", missing);
    }
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new StartException(
            "--realtime needs root, or a limit for it (ulimit -r): " + said.strip());
      }
    } catch (IOException e) {
      throw new StartException("--realtime: chrt: " + Reasons.of(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("--realtime: interrupted", e);
    } finally {
      process.destroy();
    }
  }
}
