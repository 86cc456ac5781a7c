package org.mediacore.signaling.sip;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of SIP: a fixed number of workers, which may block in the platform, and one for
 * timers. What waits for the workers is bounded where it is handed in: by {@link CallAdmission} for
 * new calls and by {@link SerialQueue} within a call.
 */
final class SipThreads implements Timers, Executor, AutoCloseable {
  private static final long IDLE_SECONDS = 10;

  private final ThreadPoolExecutor workers;
  private final ScheduledThreadPoolExecutor timer;

  /**
   * @param workerCount how many calls may be set up at the same time
   */
  SipThreads(int workerCount) {
    workers =
        new ThreadPoolExecutor(
            workerCount,
            workerCount,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            named("sip-worker-"));
    workers.allowCoreThreadTimeOut(true);
    timer = new ScheduledThreadPoolExecutor(1, named("sip-timer-"));
    timer.setRemoveOnCancelPolicy(true);
  }

  private static ThreadFactory named(String prefix) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public void execute(Runnable task) {
    try {
      workers.execute(task);
    } catch (RejectedExecutionException closed) {
      // After close: the calls are over, nothing waits for this task.
      return;
    }
  }

  @Override
  public Task after(long delayMs, Runnable action) {
    try {
      ScheduledFuture<?> planned = timer.schedule(action, delayMs, TimeUnit.MILLISECONDS);
      return () -> planned.cancel(false);
    } catch (RejectedExecutionException closed) {
      // After close: nothing is repeated and nothing times out any more.
      return () -> {};
    }
  }

  /** No new tasks; those that wait are still done. */
  @Override
  public void close() {
    timer.shutdownNow();
    workers.shutdown();
  }
}
