package org.mediacore.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.mediacore.api.state.LatchPolicy;
import org.mediacore.runtime.session.PortRange;
import org.mediacore.runtime.session.RuntimeSettings;
import org.mediacore.runtime.session.RuntimeSettings.SwapTimes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration value by value: a wrong one is reported with file, key, value and what is
 * allowed, and the one before stays.
 */
final class ConfigReader {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigReader.class);
  static final String PID = "org.mediacore.runtime";
  private static final int MAX_LOOPS = 256;
  private static final int MAX_SWAP_SECONDS = 3600;

  private RuntimeSettings settings = RuntimeSettings.DEFAULT;
  private PortRange range = PortRange.parse("127.0.0.1:20000-29999");

  /** Takes a configuration. */
  void read(RuntimeConfig config) {
    range =
        value(
            "rtp",
            config.rtp(),
            "ADDR:FIRST-LAST, an address of this machine and ports 1024-65535",
            () -> PortRange.parse(config.rtp()),
            range);
    settings =
        new RuntimeSettings(
            names(config.codecs()),
            number("max.sessions", config.max_sessions(), 1, 100_000, settings.maxSessions()),
            number("jitter.ms", config.jitter_ms(), 10, 1000, settings.jitterDelayMs()),
            1000L
                * number(
                    "inactivity.seconds",
                    config.inactivity_seconds(),
                    0,
                    86_400,
                    (int) (settings.inactivityMs() / 1000)),
            latch(config),
            names(config.processing()),
            swapTimes(config));
  }

  RuntimeSettings settings() {
    return settings;
  }

  PortRange range() {
    return range;
  }

  /** How many loops to start; 0 stands for one per core. */
  static int loops(RuntimeConfig config) {
    int configured = number("loops", config.loops(), 0, MAX_LOOPS, 0);
    return configured == 0 ? Runtime.getRuntime().availableProcessors() : configured;
  }

  private SwapTimes swapTimes(RuntimeConfig config) {
    SwapTimes before = settings.swapTimes();
    return new SwapTimes(
        seconds("swap.grace.seconds", config.swap_grace_seconds(), 0, before.graceMs()),
        seconds("swap.trial.seconds", config.swap_trial_seconds(), 1, before.trialMs()),
        seconds("swap.canary.seconds", config.swap_canary_seconds(), 1, before.canaryMs()));
  }

  private static long seconds(String key, int value, int min, long beforeMs) {
    return 1000L * number(key, value, min, MAX_SWAP_SECONDS, (int) (beforeMs / 1000));
  }

  private static List<String> names(String text) {
    return Arrays.stream(text.split(","))
        .map(String::trim)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  private LatchPolicy latch(RuntimeConfig config) {
    return value(
        "latch",
        config.latch(),
        "signalled or any",
        () ->
            switch (config.latch()) {
              case "signalled" -> LatchPolicy.SIGNALLED_ADDRESS;
              case "any" -> LatchPolicy.ANY;
              default -> throw new IllegalArgumentException("unknown policy");
            },
        settings.latchPolicy());
  }

  private static int number(String key, int value, int min, int max, int before) {
    if (value >= min && value <= max) {
      return value;
    }
    return refused(key, String.valueOf(value), min + ".." + max, before);
  }

  private static <T> T value(
      String key, String text, String allowed, Supplier<T> reader, T before) {
    try {
      return reader.get();
    } catch (IllegalArgumentException wrong) {
      return refused(key, text, allowed + " (" + wrong.getMessage() + ")", before);
    }
  }

  private static <T> T refused(String key, String value, String allowed, T before) {
    LOG.error(
        "conf/{}.cfg: {}={} is not allowed, allowed is {}; {} stays",
        PID,
        key,
        value,
        allowed,
        before);
    return before;
  }
}
