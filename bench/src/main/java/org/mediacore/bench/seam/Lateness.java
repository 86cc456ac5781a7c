package org.mediacore.bench.seam;

import java.util.Arrays;
import java.util.List;

/**
 * How late the generator itself sent, after its schedule: in each of 20 slots of a period of 20 ms
 * the next part of the legs.
 *
 * @param p99Ns of all packets
 * @param mostNs of all packets
 */
record Lateness(long p99Ns, long mostNs) {
  private static final int SLOTS = 20;
  private static final long SLOT_NS = 1_000_000;
  private static final long PERIOD_NS = SLOTS * SLOT_NS;

  /**
   * Finds it. When the schedule began is not told: it is where no packet was sent too early.
   *
   * @param sentNs of each leg, for each period one
   */
  static Lateness of(List<long[]> sentNs) {
    int legs = sentNs.size();
    int periods = sentNs.get(0).length;
    if (periods == 0) {
      return new Lateness(0, 0);
    }
    long[] off = new long[legs * periods];
    for (int leg = 0; leg < legs; leg++) {
      for (int period = 0; period < periods; period++) {
        long dueNs = period * PERIOD_NS + (long) leg * SLOTS / legs * SLOT_NS;
        off[leg * periods + period] = sentNs.get(leg)[period] - dueNs;
      }
    }
    Arrays.sort(off);
    return new Lateness(off[(int) (off.length * 0.99)] - off[0], off[off.length - 1] - off[0]);
  }
}
