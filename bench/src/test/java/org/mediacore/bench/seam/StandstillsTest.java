package org.mediacore.bench.seam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandstillsTest {
  private static final long MS = 1_000_000;

  @Test
  void withoutAnyThereIsNoPile() {
    assertEquals(0, standstills().pileNs(0, 1000 * MS));
    assertFalse(standstills().reach(5));
  }

  @Test
  void pileGrowsAsACoreIsLostAndShrinksHalfAsFast() {
    Standstills standstills = standstills(late(0, 100, 8));
    assertEquals(0, standstills.pileNs(50 * MS, 92 * MS));
    assertEquals(3 * MS, standstills.pileNs(50 * MS, 95 * MS));
    assertEquals(8 * MS, standstills.pileNs(50 * MS, 200 * MS));
    assertEquals(8 * MS, standstills.pileNs(96 * MS, 200 * MS));
    assertEquals(6 * MS, standstills.pileNs(104 * MS, 200 * MS));
    assertEquals(0, standstills.pileNs(116 * MS, 200 * MS));
  }

  @Test
  void manyShortOnesPileUp() {
    Standstills standstills =
        standstills(late(0, 11, 1), late(0, 13, 1), late(0, 15, 1), late(0, 17, 1));
    assertEquals((4 - 3 * 0.5) * MS, standstills.pileNs(0, 100 * MS));
  }

  @Test
  void pileIsWorkedOffBetween() {
    assertEquals(2 * MS, standstills(late(0, 10, 2), late(0, 20, 2)).pileNs(0, 100 * MS));
  }

  @Test
  void coresLostTogetherCountOnce() {
    Standstills standstills = standstills(late(0, 20, 9), late(1, 19, 7), late(1, 24, 8));
    assertEquals(13 * MS, standstills.pileNs(0, 100 * MS));
  }

  @Test
  void callersThatCatchUpKeepThePlatformWaiting() {
    Standstills standstills = new Standstills(List.of(late(0, 100, 50)), List.of(late(0, 108, 57)));
    assertEquals(50 * MS, standstills.pileNs(0, 100 * MS));
    assertEquals(58 * MS, standstills.pileNs(0, 200 * MS));
    assertEquals(54 * MS, standstills.pileNs(116 * MS, 200 * MS));
  }

  @Test
  void callersThatAreLateOfThemselvesDoNotCount() {
    Standstills standstills =
        new Standstills(List.of(late(0, 100, 2)), List.of(late(0, 90, 20), late(0, 104, 30)));
    assertEquals(0, standstills.pileNs(0, 98 * MS));
    assertEquals(6 * MS, standstills.pileNs(0, 200 * MS));
  }

  @Test
  void manyShortOnesAreHeardAsALongOne() {
    Spool.Late[] late = new Spool.Late[30];
    for (int i = 0; i < late.length; i++) {
      late[i] = late(0, 100 + 2 * i, 1);
    }
    assertTrue(standstills(late).reach(99 * MS));
    assertFalse(standstills(late).reach(98 * MS));
    assertTrue(standstills(late).reach((158 + 2_500) * MS));
    assertFalse(standstills(late).reach((158 + 2_501) * MS));
    assertFalse(standstills(Arrays.copyOf(late, 10)).reach(105 * MS));
  }

  private static Spool.Late late(int core, long atMs, long ms) {
    return new Spool.Late(core, atMs * MS, ms * MS);
  }

  private static Standstills standstills(Spool.Late... late) {
    return new Standstills(List.of(late), List.of());
  }
}
