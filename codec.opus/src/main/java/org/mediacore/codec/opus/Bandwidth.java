package org.mediacore.codec.opus;

import java.util.Locale;

/** The audio bandwidths of Opus (RFC 6716 §2, table 1) with the sampling rate that carries each. */
enum Bandwidth {
  NARROW(8_000, 1101),
  MEDIUM(12_000, 1102),
  WIDE(16_000, 1103),
  SUPER_WIDE(24_000, 1104),
  FULL(48_000, 1105);

  private final int sampleRateHz;
  private final int code;

  Bandwidth(int sampleRateHz, int code) {
    this.sampleRateHz = sampleRateHz;
    this.code = code;
  }

  /** The value of {@code OPUS_BANDWIDTH_…} in libopus. */
  int code() {
    return code;
  }

  /** The lowest sampling rate that carries it. */
  int sampleRateHz() {
    return sampleRateHz;
  }

  /** The name in configuration files. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether Opus codes and decodes audio at this rate. */
  static boolean isSampleRate(int sampleRateHz) {
    for (Bandwidth bandwidth : values()) {
      if (bandwidth.sampleRateHz == sampleRateHz) {
        return true;
      }
    }
    return false;
  }

  /** The widest that a rate carries; narrow-band where it carries none. */
  static Bandwidth within(int sampleRateHz) {
    Bandwidth widest = NARROW;
    for (Bandwidth bandwidth : values()) {
      if (bandwidth.sampleRateHz <= sampleRateHz) {
        widest = bandwidth;
      }
    }
    return widest;
  }
}
