package org.mediacore.runtime.session;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.mediacore.runtime.pipeline.Successor;

/**
 * A successor on its way to a loop. Either the loop takes it, or it is closed, once: by the loop
 * where it does not fit any more, or by whoever gave up waiting for the loop.
 */
final class HandOver implements Supplier<Boolean> {
  private final Successor successor;
  private final Executor closes;
  private final AtomicBoolean decided = new AtomicBoolean();

  /**
   * @param closes where it is closed; may hang
   */
  HandOver(Successor successor, Executor closes) {
    this.successor = successor;
    this.closes = closes;
  }

  /** Gives it to its stage; on the loop. Whether that has it now: otherwise it is closed. */
  @Override
  public Boolean get() {
    if (!decided.compareAndSet(false, true)) {
      return false;
    }
    boolean taken = false;
    try {
      taken = successor.handOver();
    } finally {
      if (!taken) {
        discard();
      }
    }
    return taken;
  }

  /** The loop is not waited for any more; from any thread. */
  void giveUp() {
    if (decided.compareAndSet(false, true)) {
      discard();
    }
  }

  private void discard() {
    closes.execute(() -> Platform.closeQuietly(successor::discard));
  }
}
