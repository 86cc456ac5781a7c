package org.mediacore.tck;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** What instances gave, in order, to be compared with what other instances gave. */
final class Results {
  private final List<String> entries = new ArrayList<>();

  Results add(String what, long value) {
    return add(what, Long.toString(value));
  }

  Results add(String what, byte[] value) {
    return add(what, HexFormat.of().formatHex(value));
  }

  Results add(String what, short[] value) {
    return add(what, Arrays.toString(value));
  }

  Results add(String what, String value) {
    entries.add(what + ": " + value);
    return this;
  }

  /** Fails at the first entry that differs. */
  void assertSame(Results actual, String whose) {
    int common = Math.min(entries.size(), actual.entries.size());
    for (int i = 0; i < common; i++) {
      if (!entries.get(i).equals(actual.entries.get(i))) {
        throw new AssertionError(
            whose + " differs: " + shown(actual.entries.get(i)) + ", not " + shown(entries.get(i)));
      }
    }
    if (entries.size() != actual.entries.size()) {
      throw new AssertionError(
          whose + " gave " + actual.entries.size() + " results, not " + entries.size());
    }
  }

  private static String shown(String entry) {
    return entry.length() > 200 ? entry.substring(0, 200) + "..." : entry;
  }
}
