package org.mediacore.runtime.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TickLatenessTest {
  private static final long SECOND_NS = 1_000_000_000L;
  private final TickLateness lateness = new TickLateness();

  @Test
  void percentilesAreRoundedUpToAStep() {
    for (int i = 0; i < 99; i++) {
      lateness.add(100_000, 0);
    }
    lateness.add(7_300_000, 0);
    assertEquals(100, lateness.ticks());
    assertEquals(250, lateness.percentileUs(0.5));
    assertEquals(250, lateness.percentileUs(0.99));
    assertEquals(7_300, lateness.percentileUs(1));
    assertEquals(7_300, lateness.maxUs());
  }

  @Test
  void whatIsTwoWindowsOldIsForgotten() {
    lateness.add(9_000_000, 0);
    lateness.add(1_000_000, 11 * SECOND_NS);
    assertEquals(9_000, lateness.maxUs());
    lateness.add(2_000_000, 22 * SECOND_NS);
    assertEquals(2, lateness.ticks());
    assertEquals(2_000, lateness.maxUs());
  }

  @Test
  void nothingIsSaidWithoutTicks() {
    assertEquals(0, lateness.percentileUs(0.99));
    assertEquals(0, lateness.maxUs());
  }
}
