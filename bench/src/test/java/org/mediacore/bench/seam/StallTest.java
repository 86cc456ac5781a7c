package org.mediacore.bench.seam;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class StallTest {
  @Test
  void gapsThatEndTogetherAreOne() {
    Gap first = gap(0, 1_000_000_000L, 30_000_000);
    Gap longest = gap(1, 1_010_000_000L, 40_000_000);
    Gap later = gap(0, 1_031_000_000L, 31_000_000);
    assertEquals(
        List.of(new Stall(2, longest), new Stall(1, later)),
        Stall.of(List.of(later, longest, first)));
  }

  @Test
  void none() {
    assertEquals(List.of(), Stall.of(List.of()));
  }

  private static Gap gap(int leg, long atNs, long ns) {
    return new Gap(leg, atNs, ns, 25_000_000, 0);
  }
}
