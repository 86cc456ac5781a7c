package org.mediacore.bench.seam;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Gaps of several legs that ended together: one reason, most likely.
 *
 * @param gaps how many
 * @param longest of them
 */
record Stall(int gaps, Gap longest) {
  private static final long TOGETHER_NS = 20_000_000;

  /** Puts gaps together. */
  static List<Stall> of(List<Gap> gaps) {
    List<Stall> stalls = new ArrayList<>();
    long lastNs = Long.MIN_VALUE / 2;
    for (Gap gap : gaps.stream().sorted(Comparator.comparingLong(Gap::atNs)).toList()) {
      if (gap.atNs() - lastNs > TOGETHER_NS) {
        stalls.add(new Stall(1, gap));
      } else {
        Stall stall = stalls.remove(stalls.size() - 1);
        Gap longest = gap.ns() > stall.longest.ns() ? gap : stall.longest;
        stalls.add(new Stall(stall.gaps + 1, longest));
      }
      lastNs = gap.atNs();
    }
    return stalls;
  }
}
