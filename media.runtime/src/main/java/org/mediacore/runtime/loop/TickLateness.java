package org.mediacore.runtime.loop;

import java.util.Arrays;

/**
 * How late a loop's timers were lately: a window that is being filled and the full one before it.
 * On the loop; allocates nothing.
 */
public final class TickLateness {
  private static final long WINDOW_NS = 10_000_000_000L;
  private static final int STEP_NS = 250_000;
  private static final int STEPS = 400;

  private int[] now = new int[STEPS];
  private int[] before = new int[STEPS];
  private long maxNowNs;
  private long maxBeforeNs;
  private long windowStartNs;
  private boolean started;

  void add(long latenessNs, long nowNs) {
    if (!started) {
      started = true;
      windowStartNs = nowNs;
    } else if (nowNs - windowStartNs >= WINDOW_NS) {
      turnOver(nowNs);
    }
    now[(int) Math.min(STEPS - 1, latenessNs / STEP_NS)]++;
    maxNowNs = Math.max(maxNowNs, latenessNs);
  }

  private void turnOver(long nowNs) {
    int[] cleared = before;
    before = now;
    now = cleared;
    Arrays.fill(now, 0);
    maxBeforeNs = maxNowNs;
    maxNowNs = 0;
    windowStartNs = nowNs;
  }

  /** How many ticks there were. */
  public long ticks() {
    long ticks = 0;
    for (int step = 0; step < STEPS; step++) {
      ticks += now[step] + before[step];
    }
    return ticks;
  }

  /** What a share of the ticks kept below, in µs, rounded up to a step; 0 without ticks. */
  public long percentileUs(double share) {
    long wanted = (long) Math.ceil(ticks() * share);
    long seen = 0;
    for (int step = 0; step < STEPS; step++) {
      seen += now[step] + before[step];
      if (seen >= wanted && seen > 0) {
        return Math.min(maxUs(), (step + 1) * (STEP_NS / 1000L));
      }
    }
    return 0;
  }

  /** The longest, in µs. */
  public long maxUs() {
    return Math.max(maxNowNs, maxBeforeNs) / 1000;
  }
}
