package org.mediacore.runtime.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mediacore.runtime.pipeline.Bypass;

/** Somebody's code that comes back in time, late, or never. */
class TrialsTest {
  private final ThreadPoolExecutor threads = (ThreadPoolExecutor) Executors.newCachedThreadPool();
  private final List<String> discarded = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void whatComesInTimeIsGiven() throws Exception {
    Trials trials = new Trials(threads, () -> 10_000);
    assertEquals(Optional.of("made"), trials.run(Bypass.PROVIDER, () -> "made", discarded::add));
    assertEquals(List.of(), discarded);
  }

  @Test
  void whatComesLateIsThrownAwayOnceByTheThreadThatItHeld() throws Exception {
    Trials trials = new Trials(threads, () -> 20);
    CountDownLatch goOn = new CountDownLatch(1);
    Trials.Failure failure =
        assertThrows(
            Trials.Failure.class,
            () ->
                trials.run(
                    Bypass.PROVIDER,
                    () -> {
                      goOn.await();
                      return "made";
                    },
                    discarded::add));
    assertTrue(failure.isLate());
    assertTrue(failure.getMessage().endsWith("its trial took longer than 20 ms"));
    assertEquals(1, threads.getActiveCount(), "no second thread waits for it");
    goOn.countDown();
    threads.shutdown();
    assertTrue(threads.awaitTermination(20, TimeUnit.SECONDS));
    assertEquals(List.of("made"), discarded);
  }

  @Test
  void whatThrowsIsNotLate() {
    Trials trials = new Trials(threads, () -> 10_000);
    Trials.Failure failure =
        assertThrows(
            Trials.Failure.class,
            () ->
                trials.<String>run(
                    Bypass.PROVIDER,
                    () -> {
                      throw new AssertionError("broken");
                    },
                    discarded::add));
    assertFalse(failure.isLate());
  }
}
