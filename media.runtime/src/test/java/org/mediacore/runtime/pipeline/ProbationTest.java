package org.mediacore.runtime.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class ProbationTest {
  @Test
  void whatWorksPassesWithAllItsFrames() {
    int[] frames = {0};
    String fault =
        Probation.run(
            number -> {
              frames[0]++;
              return "";
            },
            20_000);
    assertEquals("", fault);
    assertEquals(Probation.FRAMES, frames[0]);
  }

  @Test
  void faultIsToldWithItsFrame() {
    assertEquals(
        "broken at frame 100 of its probation",
        Probation.run(number -> number == 99 ? "broken" : "", 20_000));
  }

  @Test
  void whatTakesHalfOfItsTimeIsTooSlow() {
    String fault =
        Probation.run(
            number -> {
              LockSupport.parkNanos(100_000);
              return "";
            },
            100);
    assertTrue(
        fault.matches("needs \\d+ µs for a frame of 100 µs: half of that is the most"), fault);
  }

  @Test
  void oneFrameThatTakesLongIsEnough() {
    String fault =
        Probation.run(
            number -> {
              if (number == 3) {
                long until = System.nanoTime() + 600_000_000L;
                while (System.nanoTime() < until) {
                  LockSupport.parkNanos(until - System.nanoTime());
                }
              }
              return "";
            },
            20_000);
    assertTrue(fault.matches("took \\d+ ms for one frame"), fault);
  }
}
