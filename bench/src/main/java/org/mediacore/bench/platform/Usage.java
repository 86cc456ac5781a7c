package org.mediacore.bench.platform;

import java.io.IOException;

/**
 * What a process had used at one moment.
 *
 * @param nowNs monotonic time
 * @param threadCpuNs CPU time of the threads in question
 * @param threadAllocatedBytes what they have allocated; 0 where it is no Java process
 * @param processCpuNs CPU time of all threads, to 10 ms
 * @param residentKb resident memory
 */
public record Usage(
    long nowNs, long threadCpuNs, long threadAllocatedBytes, long processCpuNs, long residentKb) {

  /** Looks at the media loops of a platform. */
  public static Usage of(ProcessView process, JvmView jvm) throws IOException {
    return new Usage(
        System.nanoTime(),
        process.threadCpuNs(PlatformProcess.LOOP_THREAD),
        jvm.allocatedBytes(PlatformProcess.LOOP_THREAD),
        process.cpuNs(),
        process.residentKb());
  }

  /** Looks at a program with one thread, or at all of its threads that are alive. */
  public static Usage of(ProcessView process) throws IOException {
    return new Usage(
        System.nanoTime(), process.threadCpuNs(""), 0, process.cpuNs(), process.residentKb());
  }
}
