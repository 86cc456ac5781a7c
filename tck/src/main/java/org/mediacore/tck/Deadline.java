package org.mediacore.tck;

/** A bounded wait for what another thread does: a condition is polled until the time is over. */
final class Deadline {
  private static final long PAUSE_MS = 5;

  private final long endNs;

  Deadline(long atMostMs) {
    endNs = System.nanoTime() + atMostMs * 1_000_000;
  }

  /**
   * Lets others run for a moment.
   *
   * @return whether the condition may be asked once more
   */
  boolean pause() throws InterruptedException {
    if (System.nanoTime() - endNs > 0) {
      return false;
    }
    Thread.sleep(PAUSE_MS);
    return true;
  }
}
