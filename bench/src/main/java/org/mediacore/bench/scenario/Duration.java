package org.mediacore.bench.scenario;

import java.util.List;
import org.mediacore.bench.Option;
import org.mediacore.bench.Settings;
import org.mediacore.bench.UsageException;

/**
 * How long packets flow.
 *
 * @param warmup before it is measured, in s
 * @param seconds while it is measured
 */
record Duration(int warmup, int seconds) {
  private static final int QUICK_WARMUP = 4;
  private static final int QUICK_SECONDS = 5;

  /** The options that set it. */
  static List<Option> options(int seconds) {
    return List.of(
        new Option("--seconds", "" + seconds, "how long it is measured"),
        new Option("--warmup", "10", "how long packets flow before that"));
  }

  static Duration of(Settings settings) throws UsageException {
    return settings.has("--quick")
        ? new Duration(QUICK_WARMUP, QUICK_SECONDS)
        : new Duration(settings.number("--warmup"), settings.number("--seconds"));
  }

  /** The generator's options for it, and others. */
  String[] with(String... others) {
    String[] all = java.util.Arrays.copyOf(others, others.length + 4);
    all[others.length] = "--warmup";
    all[others.length + 1] = "" + warmup;
    all[others.length + 2] = "--seconds";
    all[others.length + 3] = "" + seconds;
    return all;
  }
}
