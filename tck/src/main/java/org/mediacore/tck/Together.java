package org.mediacore.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Does the same thing on several threads that start at once. */
final class Together {
  private static final long TIMEOUT_S = 60;

  /** What each thread does. */
  interface Task {
    void run() throws Exception;
  }

  private Together() {}

  static void run(int threads, Task task) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CyclicBarrier start = new CyclicBarrier(threads);
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(
            pool.submit(
                () -> {
                  start.await();
                  task.run();
                  return null;
                }));
      }
      for (Future<?> one : running) {
        one.get(TIMEOUT_S, TimeUnit.SECONDS);
      }
    } catch (ExecutionException failed) {
      throw new AssertionError("on one of " + threads + " threads: " + failed.getCause(), failed);
    } finally {
      pool.shutdownNow();
    }
  }
}
