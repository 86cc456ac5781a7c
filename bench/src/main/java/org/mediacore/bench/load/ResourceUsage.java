package org.mediacore.bench.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * CPU time and memory at one moment.
 *
 * @param threadCpuNs CPU time of the calling thread, in ns
 * @param threadAllocatedBytes what the calling thread has allocated since its start
 * @param processCpuMs CPU time of the observed process, in ms, to 10 ms; 0 if none is observed
 * @param processResidentKb its resident memory, in KiB; 0 if none is observed
 */
record ResourceUsage(
    long threadCpuNs, long threadAllocatedBytes, long processCpuMs, long processResidentKb) {
  private static final long TICK_MS = 10;

  /**
   * Measures the calling thread, and another process from /proc (proc(5)).
   *
   * @param pid the process; 0 for none
   */
  static ResourceUsage now(long pid) throws IOException {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long cpuNs = threads.getCurrentThreadCpuTime();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    if (pid == 0) {
      return new ResourceUsage(cpuNs, allocated, 0, 0);
    }
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long ticks = Long.parseLong(afterName[11]) + Long.parseLong(afterName[12]);
    return new ResourceUsage(cpuNs, allocated, ticks * TICK_MS, residentKb(pid));
  }

  private static long residentKb(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return 0;
  }
}
