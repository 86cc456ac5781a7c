package org.mediacore.bench.seam;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** When swaps began, in the order of time. */
public final class Seams {
  private static final double NS_PER_S = 1e9;

  /** One swap. */
  private record Seam(long atNs, String what) {}

  private final List<Seam> seams = new ArrayList<>();

  /**
   * Takes note of a swap; any thread.
   *
   * @param atNs its begin, in ns since 1970
   * @param what which way
   */
  public synchronized void add(long atNs, String what) {
    seams.add(new Seam(atNs, what));
  }

  /** How many there are. */
  public synchronized int size() {
    return seams.size();
  }

  /** Which swap was the last before some time, and how long ago; says so where there was none. */
  public synchronized String near(long atNs) {
    for (int i = seams.size() - 1; i >= 0; i--) {
      Seam seam = seams.get(i);
      if (seam.atNs() <= atNs) {
        return String.format(
            Locale.ROOT,
            "%.2f s behind swap %d (%s)",
            (atNs - seam.atNs()) / NS_PER_S,
            i + 1,
            seam.what());
      }
    }
    return seams.isEmpty() ? "without swaps" : "before the first swap";
  }
}
