package org.mediacore.bench.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A process as /proc shows it (proc(5)). */
public final class ProcessView {
  private static final long TICK_NS = 10_000_000;

  private final Path directory;

  /**
   * @param pid the process
   */
  public ProcessView(long pid) {
    directory = Path.of("/proc/" + pid);
  }

  /**
   * CPU time of the threads whose name begins so, in ns, to the nanosecond: the first field of
   * schedstat. Only threads that are alive count.
   */
  public long threadCpuNs(String namePrefix) throws IOException {
    long sum = 0;
    for (Path task : list("task")) {
      if (Files.readString(task.resolve("comm")).startsWith(namePrefix)) {
        String schedstat = Files.readString(task.resolve("schedstat"));
        sum += Long.parseLong(schedstat.substring(0, schedstat.indexOf(' ')));
      }
    }
    return sum;
  }

  /** CPU time of all threads, those that have ended among them, in ns, to 10 ms. */
  public long cpuNs() throws IOException {
    String stat = Files.readString(directory.resolve("stat"));
    String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(afterName[11]) + Long.parseLong(afterName[12])) * TICK_NS;
  }

  /** Resident memory in KiB. */
  public long residentKb() throws IOException {
    return status("VmRSS:");
  }

  /** Resident memory in KiB that no file backs: what the process has written. */
  public long anonymousKb() throws IOException {
    return status("RssAnon:");
  }

  private long status(String field) throws IOException {
    for (String line : Files.readAllLines(directory.resolve("status"))) {
      if (line.startsWith(field)) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException(directory + "/status has no " + field);
  }

  /** Threads. */
  public int threads() throws IOException {
    return list("task").size();
  }

  /** Open sockets. */
  public int sockets() throws IOException {
    int sockets = 0;
    for (Path descriptor : list("fd")) {
      try {
        sockets += Files.readSymbolicLink(descriptor).toString().startsWith("socket:") ? 1 : 0;
      } catch (java.nio.file.NoSuchFileException closed) {
        continue;
      }
    }
    return sockets;
  }

  private List<Path> list(String name) throws IOException {
    try (Stream<Path> entries = Files.list(directory.resolve(name))) {
      return entries.toList();
    }
  }
}
