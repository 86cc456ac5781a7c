package org.mediacore.bench.compare;

import java.util.OptionalDouble;

/**
 * A figure that says what something costs, or how fast it is.
 *
 * @param group what may be as noisy: the table and the column
 * @param label what it is, within its table
 * @param kind which direction is worse
 * @param value the figure
 * @param noise by how much it may be off by chance, in the same unit: three times the stated MAD,
 *     or half of the stated confidence interval; empty where nothing is stated
 * @param free whether it had the goal 0 and met it
 */
record Cost(
    String group, String label, Kind kind, double value, OptionalDouble noise, boolean free) {

  /** Which direction is worse. */
  enum Kind {
    /** Time or memory: less is better. */
    SPENT,

    /** Bytes allocated by one call: less is better, and less than an object is none. */
    ALLOCATED,

    /** A speed: more is better. */
    SPEED
  }

  /** What the same figure is called in another report. */
  String key() {
    return group + ": " + label;
  }
}
