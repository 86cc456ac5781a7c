package org.mediacore.tck;

import java.util.function.Supplier;

/** Turns an exception where none is allowed into a failure that says what was done. */
final class Check {
  private Check() {}

  static <T> T noThrow(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (RuntimeException | LinkageError e) {
      throw new AssertionError(what + " threw " + e, e);
    }
  }
}
