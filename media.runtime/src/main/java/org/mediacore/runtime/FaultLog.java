package org.mediacore.runtime;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what was thrown on a loop, off the loop: the first at once, then at most one every five
 * seconds with the number of those that were not said.
 */
final class FaultLog {
  private static final Logger LOG = LoggerFactory.getLogger(FaultLog.class);
  private static final long INTERVAL_NS = 5_000_000_000L;

  private final Executor background;
  private final AtomicLong unsaid = new AtomicLong();
  private final AtomicLong nextNs = new AtomicLong(System.nanoTime());

  FaultLog(Executor background) {
    this.background = background;
  }

  void accept(Throwable fault) {
    long now = System.nanoTime();
    long next = nextNs.get();
    if (now - next < 0 || !nextNs.compareAndSet(next, now + INTERVAL_NS)) {
      unsaid.incrementAndGet();
      return;
    }
    long earlier = unsaid.getAndSet(0);
    background.execute(
        () -> LOG.error("a media loop caught this; {} earlier ones were not said", earlier, fault));
  }
}
