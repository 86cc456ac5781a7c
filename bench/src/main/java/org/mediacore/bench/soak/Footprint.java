package org.mediacore.bench.soak;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.mediacore.bench.platform.JvmView;
import org.mediacore.bench.platform.ProcessView;

/**
 * What an idle platform holds.
 *
 * @param threads of the process
 * @param sockets that are open
 * @param liveHeapKib what a full collection leaves
 * @param directKib direct buffers
 * @param nonHeapKib metaspace, compiled code and the like
 * @param anonymousKib resident memory that no file backs
 */
record Footprint(
    int threads,
    int sockets,
    long liveHeapKib,
    long directKib,
    long nonHeapKib,
    long anonymousKib) {
  /** Worker threads of pools come and go. */
  private static final int THREAD_SLACK = 6;

  private static final long HEAP_SLACK_KIB = 4 * 1024;
  private static final long DIRECT_SLACK_KIB = 512;

  /** Compiled code still grows a little after the first cycles, and the heap is touched later. */
  private static final long NON_HEAP_SLACK_KIB = 16 * 1024;

  private static final long ANONYMOUS_SLACK_KIB = 96 * 1024;

  static Footprint of(ProcessView process, JvmView jvm) throws IOException {
    long liveHeapKib = jvm.liveHeapBytes() / 1024;
    return new Footprint(
        process.threads(),
        process.sockets(),
        liveHeapKib,
        jvm.directBytes() / 1024,
        jvm.nonHeapBytes() / 1024,
        process.anonymousKb());
  }

  /** What has grown against an earlier footprint beyond what is normal; empty if nothing. */
  List<String> grownSince(Footprint earlier) {
    List<String> grown = new ArrayList<>();
    add(grown, "threads", earlier.threads, threads, THREAD_SLACK);
    add(grown, "sockets", earlier.sockets, sockets, 0);
    add(grown, "live heap (KiB)", earlier.liveHeapKib, liveHeapKib, HEAP_SLACK_KIB);
    add(grown, "direct buffers (KiB)", earlier.directKib, directKib, DIRECT_SLACK_KIB);
    add(grown, "outside the heap (KiB)", earlier.nonHeapKib, nonHeapKib, NON_HEAP_SLACK_KIB);
    add(grown, "resident (KiB)", earlier.anonymousKib, anonymousKib, ANONYMOUS_SLACK_KIB);
    return grown;
  }

  private static void add(List<String> grown, String what, long from, long to, long slack) {
    if (to > from + slack) {
      grown.add(what + " grew from " + from + " to " + to);
    }
  }

  @Override
  public String toString() {
    return String.format(
        "%d threads, %d sockets, live heap %d KiB, direct %d KiB, non-heap %d KiB, resident %d KiB",
        threads, sockets, liveHeapKib, directKib, nonHeapKib, anonymousKib);
  }
}
