package org.mediacore.bench.seam;

import java.util.List;

/** When the machine gave the platform's cores to nobody for so long that it can be heard. */
final class Standstills {
  /** With less, jitter buffers do not run dry. */
  private static final long LEAST_NS = 10_000_000;

  /**
   * A jitter buffer that ran dry, or full, is heard that much later at most: it settles its delay
   * by what comes in two seconds.
   */
  private static final long REACH_NS = 2_500_000_000L;

  private final List<Spool.Late> late;

  Standstills(List<Spool.Late> late) {
    this.late = late.stream().filter(one -> one.ns() >= LEAST_NS).toList();
  }

  /** Whether what is heard then may be of one. */
  boolean reach(long ns) {
    for (Spool.Late one : late) {
      if (ns >= one.fromNs() && ns <= one.atNs() + REACH_NS) {
        return true;
      }
    }
    return false;
  }
}
