package org.mediacore.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** When calls are looked through. */
class SwapScheduleTest {
  private final BlockingQueue<Boolean> passes = new LinkedBlockingQueue<>();
  private final AtomicBoolean reached = new AtomicBoolean(true);

  private SwapSchedule schedule(long graceMs) {
    return new SwapSchedule(
        Thread::new,
        fallBack -> {
          passes.add(fallBack);
          return reached.get();
        },
        () -> graceMs);
  }

  private Boolean next() throws InterruptedException {
    return passes.poll(20, TimeUnit.SECONDS);
  }

  @Test
  void changeIsLookedAtNowAndAfterTheGraceTime() throws Exception {
    try (SwapSchedule schedule = schedule(1)) {
      schedule.changed();
      assertEquals(false, next());
      assertEquals(true, next());
    }
  }

  @Test
  void callsThatWereNotReachedAreLookedAtWithWhatWasAllowedBefore() throws Exception {
    try (SwapSchedule schedule = schedule(1)) {
      schedule.changed();
      assertEquals(false, next());
      reached.set(false);
      for (int i = 0; i < 5; i++) {
        assertEquals(true, next());
      }
    }
  }

  @Test
  void callsThatWereNotReachedAreLookedAtAgain() throws Exception {
    reached.set(false);
    try (SwapSchedule schedule = schedule(1)) {
      schedule.look();
      for (int i = 0; i < 5; i++) {
        assertEquals(false, next());
      }
    }
  }
}
