package org.mediacore.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class LegTest {
  private final Leg leg =
      new Leg(0, 0, new InetSocketAddress("127.0.0.1", 9), 0, MediaCodec.PCMU, 1);

  @Test
  void eachNumberIsNewOnceInAnyOrder() {
    for (int number : new int[] {5, 7, 6, 8, 100, 99, 40}) {
      assertTrue(leg.firstSight(number), "first " + number);
      assertFalse(leg.firstSight(number), "again " + number);
    }
    assertFalse(leg.firstSight(99));
  }

  @Test
  void jumpOfExactlyTheWindowForgetsWhatWasBefore() {
    assertTrue(leg.firstSight(0));
    assertTrue(leg.firstSight(63));
    assertFalse(leg.firstSight(0));
    assertTrue(leg.firstSight(127));
    assertTrue(leg.firstSight(126));
    assertFalse(leg.firstSight(127));
  }

  @Test
  void sequenceGapsAreCountedAcrossTheWrap() {
    for (int sequence : new int[] {65_534, 65_535, 0, 1, 4, 4, 3, 5}) {
      leg.sequence(sequence, sequence * leg.codec.timestampStep());
    }
    assertEquals(1, leg.sequenceGaps);
    assertEquals(2, leg.sequenceMissing);
  }

  @Test
  void timestampThatJumpsWithoutAGapIsCounted() {
    int step = leg.codec.timestampStep();
    leg.sequence(7, 0);
    leg.sequence(8, step);
    leg.sequence(10, 3 * step); // one is missing, the time runs on
    assertEquals(0, leg.timestampJumps);
    leg.sequence(11, 4 * step + 1);
    assertEquals(1, leg.timestampJumps);
  }
}
