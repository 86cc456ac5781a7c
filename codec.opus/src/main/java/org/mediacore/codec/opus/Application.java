package org.mediacore.codec.opus;

import java.util.Locale;

/** What an encoder is optimised for (RFC 6716 §2.1 leaves it to the encoder). */
enum Application {
  /** Speech that must be understood. */
  VOIP(2048),
  /** Sound that should be true to the original. */
  AUDIO(2049),
  /** CELT only: 4 ms less delay, no in-band redundancy. */
  LOWDELAY(2051);

  private final int code;

  Application(int code) {
    this.code = code;
  }

  /** The value of {@code OPUS_APPLICATION_…} in libopus. */
  int code() {
    return code;
  }

  /** The name in configuration files. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
