package org.mediacore.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** When calls are looked through. */
class SwapScheduleTest {
  private final BlockingQueue<Boolean> passes = new LinkedBlockingQueue<>();

  /** What a pass answers follows from itself: passes run on while the test looks. */
  private SwapSchedule schedule(long graceMs, Predicate<Boolean> reached) {
    return new SwapSchedule(
        Thread::new,
        fallBack -> {
          passes.add(fallBack);
          return reached.test(fallBack);
        },
        () -> graceMs);
  }

  private Boolean next() throws InterruptedException {
    return passes.poll(20, TimeUnit.SECONDS);
  }

  @Test
  void changeIsLookedAtNowAndAfterTheGraceTime() throws Exception {
    try (SwapSchedule schedule = schedule(1, fallBack -> true)) {
      schedule.changed();
      assertEquals(false, next());
      assertEquals(true, next());
    }
  }

  @Test
  void callsThatWereNotReachedAreLookedAtWithWhatWasAllowedBefore() throws Exception {
    try (SwapSchedule schedule = schedule(1, fallBack -> !fallBack)) {
      schedule.changed();
      assertEquals(false, next());
      for (int i = 0; i < 5; i++) {
        assertEquals(true, next());
      }
    }
  }

  @Test
  void callsThatWereNotReachedAreLookedAtAgain() throws Exception {
    try (SwapSchedule schedule = schedule(1, fallBack -> false)) {
      schedule.look();
      for (int i = 0; i < 5; i++) {
        assertEquals(false, next());
      }
    }
  }
}
