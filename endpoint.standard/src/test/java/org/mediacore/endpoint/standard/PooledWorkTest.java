package org.mediacore.endpoint.standard;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PooledWorkTest {
  @Test
  void whatRepeatsGoesOnAfterClosingUntilItIsCancelled() throws Exception {
    PooledWork work = new PooledWork();
    CountDownLatch before = new CountDownLatch(1);
    CountDownLatch after = new CountDownLatch(1);
    BackgroundWork.Ticket ticket =
        work.every(
            1,
            () -> {
              if (before.getCount() == 0) {
                after.countDown();
              }
            });
    work.close();
    before.countDown();
    assertTrue(after.await(10, TimeUnit.SECONDS), "no run after closing");
    assertThrows(RejectedExecutionException.class, () -> work.every(1, () -> {}));
    ticket.cancel();
    assertTrue(work.awaitEnd(10_000), "threads go on");
  }
}
