package org.mediacore.bench;

/**
 * An option of a benchmark.
 *
 * @param name with its dashes, such as {@code --seconds}
 * @param value what it is unless given; empty for a switch, which takes no value
 * @param meaning for {@code --help}
 */
public record Option(String name, String value, String meaning) {
  boolean isSwitch() {
    return value.isEmpty();
  }
}
