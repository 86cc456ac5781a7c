package org.mediacore.runtime;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * When calls are looked through: soon after providers came or went, and once more when the grace
 * time has passed without another change. Where a call could not be reached, again after that time.
 */
final class SwapSchedule implements AutoCloseable {
  /** Looks through all calls. */
  interface Update {
    /**
     * @param fallBack whether the grace time has passed
     * @return whether all calls were reached
     */
    boolean run(boolean fallBack);
  }

  private final ScheduledExecutorService thread;
  private final Update update;
  private final LongSupplier graceMs;
  private final AtomicBoolean queued = new AtomicBoolean();
  private ScheduledFuture<?> fallBack;
  private boolean repeating;
  private boolean repeatsFallBack;

  SwapSchedule(ThreadFactory threads, Update update, LongSupplier graceMs) {
    this.thread = Executors.newSingleThreadScheduledExecutor(threads);
    this.update = update;
    this.graceMs = graceMs;
  }

  /** Providers came or went; from any thread. */
  synchronized void changed() {
    if (thread.isShutdown()) {
      return;
    }
    look();
    if (fallBack != null) {
      fallBack.cancel(false);
    }
    fallBack = thread.schedule(() -> pass(true), graceMs.getAsLong(), TimeUnit.MILLISECONDS);
  }

  /** A provider failed; from any thread. */
  synchronized void look() {
    if (!thread.isShutdown() && queued.compareAndSet(false, true)) {
      thread.execute(
          () -> {
            queued.set(false);
            pass(false);
          });
    }
  }

  private void pass(boolean afterGrace) {
    if (!update.run(afterGrace)) {
      repeat(afterGrace);
    }
  }

  /** One repetition waits at a time, however many passes have left calls out. */
  private synchronized void repeat(boolean afterGrace) {
    repeatsFallBack |= afterGrace;
    if (!repeating && !thread.isShutdown()) {
      repeating = true;
      thread.schedule(() -> pass(repetition()), graceMs.getAsLong(), TimeUnit.MILLISECONDS);
    }
  }

  private synchronized boolean repetition() {
    boolean afterGrace = repeatsFallBack;
    repeating = false;
    repeatsFallBack = false;
    return afterGrace;
  }

  @Override
  public synchronized void close() {
    thread.shutdownNow();
  }
}
