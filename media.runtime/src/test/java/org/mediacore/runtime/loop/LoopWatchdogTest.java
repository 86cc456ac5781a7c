package org.mediacore.runtime.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoopWatchdogTest {
  @Test
  void loopThatIsHeldUpIsToldOnceWithTheCulprit() throws Exception {
    List<String> told = new ArrayList<>();
    try (LoopGroup group = LoopGroup.start(1, new NioNetwork(), fault -> {})) {
      MediaLoop loop = group.loops().get(0);
      LoopWatchdog watchdog =
          new LoopWatchdog(group.loops(), (stalled, culprit) -> told.add(culprit));
      CountDownLatch holding = new CountDownLatch(1);
      CountDownLatch release = new CountDownLatch(1);
      loop.execute(() -> org.mediacore.codec.g711.test.Blocking.until(holding, release));
      assertTrue(holding.await(5, TimeUnit.SECONDS));
      watchdog.look();
      watchdog.look();
      watchdog.look();
      assertEquals(1, told.size());
      assertTrue(told.get(0).startsWith("org.mediacore.codec.g711.test.Blocking, "), told.get(0));
      release.countDown();
      long turns = loop.turns();
      loop.call(() -> true).get(5, TimeUnit.SECONDS);
      while (loop.turns() == turns) {
        Thread.onSpinWait();
      }
      watchdog.look();
      assertEquals(1, told.size());
    }
  }
}
