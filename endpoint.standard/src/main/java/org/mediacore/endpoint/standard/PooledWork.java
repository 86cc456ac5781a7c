package org.mediacore.endpoint.standard;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two threads for all files of this bundle. Closing takes nothing new; what runs goes on until it
 * cancels itself, so that calls in progress keep their files when the bundle stops, and then the
 * threads end.
 */
final class PooledWork implements BackgroundWork, AutoCloseable {
  private static final int THREADS = 2;

  private final ScheduledThreadPoolExecutor pool;

  PooledWork() {
    AtomicInteger number = new AtomicInteger();
    pool =
        new ScheduledThreadPoolExecutor(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "endpoint-standard-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.setRemoveOnCancelPolicy(true);
    pool.setContinueExistingPeriodicTasksAfterShutdownPolicy(true);
    // Not on demand: a thread remembers the code that started it, and would hold on to the bundle
    // of a caller's signalling.
    pool.prestartAllCoreThreads();
  }

  @Override
  public Ticket every(long periodMs, Runnable task) {
    ScheduledFuture<?> future =
        pool.scheduleWithFixedDelay(task, periodMs, periodMs, TimeUnit.MILLISECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public void close() {
    pool.shutdown();
  }

  /** Waits until all that repeats was cancelled and the threads have ended. */
  boolean awaitEnd(long timeoutMs) throws InterruptedException {
    return pool.awaitTermination(timeoutMs, TimeUnit.MILLISECONDS);
  }
}
