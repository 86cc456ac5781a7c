package org.mediacore.runtime.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mediacore.runtime.pipeline.Tally;

/** What a newcomer must keep to, to get all sessions; findings say each limit and its figure. */
final class CanaryLimits {
  /** Fewer frames say too little. */
  static final int FRAMES = 50;

  /** How many times the predecessor's median time for a frame, and how much on top of it. */
  static final int TIMES = 2;

  static final long EXTRA_NS = 50_000;
  static final double LEVEL_DB = 1;
  static final double SPECTRUM_DB = 3;

  private final List<String> findings = new ArrayList<>();
  private boolean kept = true;

  private final String part;

  private CanaryLimits(String part) {
    this.part = part;
  }

  /** Judges what was seen of a part, such as {@code decoder PCMU/8000}. */
  static CanaryLimits judge(String part, Tally tally) {
    CanaryLimits limits = new CanaryLimits(part);
    limits.add(
        tally.frames() >= FRAMES,
        String.format(
            Locale.ROOT, "frames compared: %d, at least %d are needed", tally.frames(), FRAMES));
    limits.add(
        tally.faults() == 0,
        "faults: "
            + tally.faults()
            + (tally.faults() == 0 ? "" : " (" + tally.firstFault() + ")")
            + ", allowed 0");
    long mostNs = TIMES * tally.predecessorNs() + EXTRA_NS;
    limits.add(
        tally.newcomerNs() <= mostNs,
        String.format(
            Locale.ROOT,
            "time per frame: %.1f µs against %.1f µs, allowed %.1f µs",
            tally.newcomerNs() / 1e3,
            tally.predecessorNs() / 1e3,
            mostNs / 1e3));
    limits.add(
        Math.abs(tally.levelStepDb()) <= LEVEL_DB,
        String.format(
            Locale.ROOT, "level: %+.2f dB, allowed ±%.0f dB", tally.levelStepDb(), LEVEL_DB));
    limits.add(
        tally.spectralDistanceDb() <= SPECTRUM_DB,
        String.format(
            Locale.ROOT,
            "log-spectral distance: %.2f dB, allowed %.0f dB",
            tally.spectralDistanceDb(),
            SPECTRUM_DB));
    return limits;
  }

  private void add(boolean holds, String finding) {
    findings.add((holds ? "kept:   " : "broken: ") + part + ", " + finding);
    kept &= holds;
  }

  /** Whether all limits are kept. */
  boolean areKept() {
    return kept;
  }

  /** One line a limit. */
  List<String> findings() {
    return findings;
  }
}
