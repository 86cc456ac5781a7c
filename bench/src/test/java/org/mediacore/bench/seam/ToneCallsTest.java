package org.mediacore.bench.seam;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mediacore.bench.load.MediaCodec;

class ToneCallsTest {
  private final List<ToneLeg> legs = ToneCalls.legs();

  @Test
  void sixtyOpusLegsAndHundredAndFortyPcmu() {
    assertEquals(200, legs.size());
    assertEquals(60, legs.stream().filter(leg -> leg.codec() == MediaCodec.OPUS).count());
    assertEquals(140, legs.stream().filter(leg -> leg.codec() == MediaCodec.PCMU).count());
  }

  @Test
  void bridgesAreOfTwoAndRoomsOfTen() {
    TreeMap<Long, Long> sizes =
        legs.stream()
            .collect(Collectors.groupingBy(ToneLeg::user, Collectors.counting()))
            .values()
            .stream()
            .collect(Collectors.groupingBy(size -> size, TreeMap::new, Collectors.counting()));
    assertEquals("{2=50, 10=10}", sizes.toString());
  }

  @Test
  void everybodyHearsTheOthers() {
    for (ToneLeg leg : legs) {
      List<Double> others =
          legs.stream()
              .filter(other -> other != leg && other.user().equals(leg.user()))
              .map(ToneLeg::hz)
              .toList();
      assertEquals(others, leg.hears());
    }
  }
}
