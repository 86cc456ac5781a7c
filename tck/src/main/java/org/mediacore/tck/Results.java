package org.mediacore.tck;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What instances gave, in order, to be compared with what other instances gave. */
final class Results {
  private record Entry(String what, Object value) {
    boolean matches(Entry other) {
      return what.equals(other.what)
          && Arrays.deepEquals(new Object[] {value}, new Object[] {other.value});
    }

    @Override
    public String toString() {
      String text = what + ": " + Arrays.deepToString(new Object[] {value});
      return text.length() > 200 ? text.substring(0, 200) + "..." : text;
    }
  }

  private final List<Entry> entries = new ArrayList<>();

  Results add(String what, long value) {
    return entry(what, value);
  }

  Results add(String what, byte[] value) {
    return entry(what, value.clone());
  }

  Results add(String what, short[] value) {
    return entry(what, value.clone());
  }

  Results add(String what, String value) {
    return entry(what, value);
  }

  private Results entry(String what, Object value) {
    entries.add(new Entry(what, value));
    return this;
  }

  /** Fails at the first entry that differs. */
  void assertSame(Results actual, String whose) {
    int common = Math.min(entries.size(), actual.entries.size());
    for (int i = 0; i < common; i++) {
      if (!entries.get(i).matches(actual.entries.get(i))) {
        throw new AssertionError(
            whose + " differs: " + actual.entries.get(i) + ", not " + entries.get(i));
      }
    }
    if (entries.size() != actual.entries.size()) {
      throw new AssertionError(
          whose + " gave " + actual.entries.size() + " results, not " + entries.size());
    }
  }
}
