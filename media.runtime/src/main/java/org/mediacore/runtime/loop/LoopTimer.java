package org.mediacore.runtime.loop;

/**
 * Something a loop does at a time. Belongs to one loop while it is scheduled; re-scheduling
 * allocates nothing.
 */
public abstract class LoopTimer {
  static final int NOT_SCHEDULED = -1;

  long dueNs;
  int heapIndex = NOT_SCHEDULED;

  /**
   * Called on the loop's thread when the time has come. The timer is then not scheduled; it may
   * schedule itself again.
   *
   * @param dueNs the time it was scheduled for
   * @param nowNs the loop's clock, at or after {@code dueNs}
   */
  protected abstract void fire(long dueNs, long nowNs);

  /**
   * Does the next piece of what {@link #fire} has begun, where that asked for it by {@link
   * MediaLoop#continueWith}. The timer may be scheduled for its next time already.
   *
   * @param nowNs the loop's clock
   */
  protected void goOn(long nowNs) {
    throw new IllegalStateException("done in one piece: " + this);
  }

  /** Whether the timer is waiting for its time. */
  public final boolean isScheduled() {
    return heapIndex != NOT_SCHEDULED;
  }
}
