package org.mediacore.bench.codec;

import java.util.Locale;

/** Which half of a codec. */
enum Direction {
  ENCODE,
  DECODE;

  /** For people. */
  String title() {
    return name().toLowerCase(Locale.ROOT);
  }
}
