package org.mediacore.endpoint.standard;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/** Work that runs when the test says so. */
final class ManualWork implements BackgroundWork {
  private final List<Runnable> tasks = new ArrayList<>();
  private boolean closed;

  @Override
  public Ticket every(long periodMs, Runnable task) {
    if (closed) {
      throw new RejectedExecutionException("closed");
    }
    tasks.add(task);
    return () -> tasks.remove(task);
  }

  /** One run of everything that repeats. */
  void runAll() {
    List.copyOf(tasks).forEach(Runnable::run);
  }

  int size() {
    return tasks.size();
  }

  void close() {
    closed = true;
  }
}
