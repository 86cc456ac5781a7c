package org.mediacore.interop;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Bounded waits for what another process does: a condition is polled, never a time slept out. */
final class Waiting {
  private static final long POLL_MS = 10;

  private Waiting() {}

  /**
   * Waits until the condition holds.
   *
   * @param what what is waited for, for the message
   * @param atMost how long it may take
   * @param condition polled every 10 ms
   * @param context what explains a failure, such as a log; asked only then
   * @throws AssertionError when the time is over
   */
  static void until(
      String what, Duration atMost, BooleanSupplier condition, Supplier<String> context) {
    long deadlineNs = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadlineNs > 0) {
        throw new AssertionError(
            "not within " + atMost.toMillis() + " ms: " + what + "\n" + context.get());
      }
      try {
        Thread.sleep(POLL_MS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while waiting for " + what, interrupted);
      }
    }
  }
}
