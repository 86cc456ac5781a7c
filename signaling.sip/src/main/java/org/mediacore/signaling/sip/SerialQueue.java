package org.mediacore.signaling.sip;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the tasks of one call one after the other, on threads that all calls share. */
final class SerialQueue {
  private static final Logger LOG = LoggerFactory.getLogger(SerialQueue.class);

  /** How many requests of one call may wait; a peer that sends more is told to wait. */
  private static final int CAPACITY = 16;

  private final Executor workers;
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>(1);
  private boolean running;

  SerialQueue(Executor workers) {
    this.workers = workers;
  }

  /** Runs a task after those before it; false where too many wait. */
  boolean offer(Runnable task) {
    synchronized (this) {
      if (waiting.size() >= CAPACITY) {
        return false;
      }
    }
    add(task);
    return true;
  }

  /** Runs a task of our own after those before it, however many wait. */
  void add(Runnable task) {
    synchronized (this) {
      waiting.add(task);
      if (running) {
        return;
      }
      running = true;
    }
    workers.execute(this::runAll);
  }

  private void runAll() {
    for (Optional<Runnable> task = next(); task.isPresent(); task = next()) {
      try {
        task.get().run();
      } catch (RuntimeException | Error e) {
        // One call's failure is that call's alone; the thread goes on with the others.
        LOG.error("a call's task failed", e);
      }
    }
  }

  private synchronized Optional<Runnable> next() {
    Optional<Runnable> task = Optional.ofNullable(waiting.poll());
    running = task.isPresent();
    return task;
  }
}
