package org.mediacore.bench.codec;

import java.util.List;

/**
 * Several measurements of the same thing.
 *
 * @param median the middle one
 * @param mad how far off they are: the median of their distances from it
 */
record Spread(double median, double mad) {
  static Spread of(List<Double> values) {
    double median = medianOf(values);
    return new Spread(
        median, medianOf(values.stream().map(value -> Math.abs(value - median)).toList()));
  }

  private static double medianOf(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
