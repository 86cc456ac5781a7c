package org.mediacore.dsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SoftLimiterTest {
  private static final int WORST_SUM = 32 * 32768;

  @Test
  void valuesUpToTheThresholdPassUnchanged() {
    for (int sum = -SoftLimiter.THRESHOLD; sum <= SoftLimiter.THRESHOLD; sum++) {
      assertEquals(sum, SoftLimiter.limit(sum));
    }
    assertEquals(-3, 20 * Math.log10(SoftLimiter.THRESHOLD / 32768.0), 0.001);
  }

  @Test
  void curveIsMonotoneSymmetricalAndNeverWrapsFor32FullScaleTalkers() {
    int before = -32768;
    for (int sum = -WORST_SUM; sum <= WORST_SUM; sum++) {
      int limited = SoftLimiter.limit(sum);
      assertTrue(limited >= before, "falls at " + sum);
      assertTrue(limited - before <= 1 || sum == -WORST_SUM, "jumps at " + sum);
      assertTrue(Math.abs(limited) <= Math.abs(sum), "amplifies " + sum);
      assertEquals(-limited, SoftLimiter.limit(-sum));
      before = limited;
    }
    assertEquals(32767, before, 100);
  }

  @Test
  void kneeHasTheSlopeOfTheCurve() {
    int threshold = SoftLimiter.THRESHOLD;
    int room = 32767 - threshold;
    for (int excess : new int[] {1, 10, 100, 1000, 5000, room, 100_000, 1_000_000}) {
      double expected = threshold + (double) excess * room / (room + excess);
      assertEquals(expected, SoftLimiter.limit(threshold + excess), 1.0);
    }
  }

  @Test
  void thousandsOfTalkersStayInRange() {
    for (int sum : new int[] {60_000 * 32767, -60_000 * 32768}) {
      assertEquals(Integer.signum(sum) * 32767, SoftLimiter.limit(sum));
    }
  }
}
