package org.mediacore.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyHistogramTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 31, 32, 33, 63, 64, 1_000, 123_456_789, Long.MAX_VALUE})
  void oneValueIsEveryPercentile(long value) {
    LatencyHistogram histogram = new LatencyHistogram();
    histogram.record(value);
    assertEquals(value, histogram.percentileNs(0.5));
    assertEquals(value, histogram.percentileNs(1));
    assertEquals(value, histogram.maxNs());
  }

  @Test
  void percentilesAreThoseOfTheSortedValuesWithinA32nd() {
    Random random = new Random(7);
    LatencyHistogram histogram = new LatencyHistogram();
    long[] values = random.longs(100_000, 0, 50_000_000).map(v -> v * v / 50_000_000).toArray();
    Arrays.stream(values).forEach(histogram::record);
    Arrays.sort(values);
    for (double part : new double[] {0.01, 0.5, 0.9, 0.99, 0.999, 1}) {
      long exact = values[(int) Math.ceil(part * values.length) - 1];
      long found = histogram.percentileNs(part);
      assertTrue(found >= exact && found <= exact + exact / 32 + 1, part + ": " + found);
    }
  }

  @Test
  void nothingRecordedIsZeroAndNegativeCountsAsZero() {
    LatencyHistogram histogram = new LatencyHistogram();
    assertEquals(0, histogram.percentileNs(0.99));
    histogram.record(-5);
    assertEquals(1, histogram.count());
    assertEquals(0, histogram.percentileNs(0.99));
    histogram.record(100);
    histogram.clear();
    assertEquals(0, histogram.count());
    assertEquals(0, histogram.maxNs());
  }
}
