package org.mediacore.runtime.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mediacore.runtime.pipeline.Tally;

/**
 * What a newcomer must keep to, to get all sessions; findings say each limit and its figure, and
 * begin with {@value #KEPT}, {@value #BROKEN} or {@value #UNSURE}.
 */
final class CanaryLimits {
  static final String KEPT = "kept:   ";
  static final String BROKEN = "broken: ";
  static final String UNSURE = "unsure: ";

  /** What to do where there was too little to compare. */
  static final String MORE =
      "try it again with more calls (a larger share, or when more is said),"
          + " or for a longer time (swap.canary.seconds)";

  /** Fewer frames say too little. */
  static final int FRAMES = 50;

  /** How many times the predecessor's median time for a frame, and how much on top of it. */
  static final int TIMES = 2;

  static final long EXTRA_NS = 50_000;
  static final double LEVEL_DB = 1;
  static final double SPECTRUM_DB = 3;

  /** One payload in so many may be refused by the newcomer alone; one in any case. */
  static final int REFUSED_IN = 100;

  private final List<String> findings = new ArrayList<>();
  private final String part;
  private boolean broken;
  private boolean unsure;

  private CanaryLimits(String part) {
    this.part = part;
  }

  /** Judges what was seen of a part, such as {@code decoder PCMU/8000}. */
  static CanaryLimits judge(String part, Tally tally) {
    CanaryLimits limits = new CanaryLimits(part);
    if (tally.frames() < FRAMES) {
      limits.tooFew(tally);
    } else {
      limits.add(
          true,
          String.format(
              Locale.ROOT, "frames compared: %d, at least %d are needed", tally.frames(), FRAMES));
      limits.faults(tally);
      limits.payloads(tally);
      limits.time(tally);
      limits.sound(tally);
    }
    return limits;
  }

  /** Only a fault is one, however few frames there are. */
  private void tooFew(Tally tally) {
    unsure = true;
    findings.add(
        String.format(
            Locale.ROOT,
            "%s%s, frames compared: %d, at least %d are needed; %s",
            UNSURE,
            part,
            tally.frames(),
            FRAMES,
            MORE));
    if (tally.faults() > 0) {
      faults(tally);
    }
  }

  private void faults(Tally tally) {
    add(
        tally.faults() == 0,
        "faults: "
            + tally.faults()
            + (tally.faults() == 0 ? "" : " (" + tally.firstFault() + ")")
            + ", allowed 0");
  }

  /** What is bad input to one of the two may be the sender's fault; not time and again. */
  private void payloads(Tally tally) {
    long allowed = Math.max(1, tally.frames() / REFUSED_IN);
    long refused = tally.refusedAlone();
    if (refused > 0) {
      add(
          refused <= allowed,
          "payloads that only the newcomer refuses: "
              + refused
              + " ("
              + tally.firstRefused()
              + "), allowed "
              + allowed);
    }
    if (tally.takenByNewcomerAlone() > 0) {
      add(true, "payloads that only the newcomer takes: " + tally.takenByNewcomerAlone());
    }
  }

  private void time(Tally tally) {
    long mostNs = TIMES * tally.predecessorNs() + EXTRA_NS;
    add(
        tally.newcomerNs() <= mostNs,
        String.format(
            Locale.ROOT,
            "time per frame: %.1f µs against %.1f µs, allowed %.1f µs",
            tally.newcomerNs() / 1e3,
            tally.predecessorNs() / 1e3,
            mostNs / 1e3));
  }

  private void sound(Tally tally) {
    add(
        Math.abs(tally.levelStepDb()) <= LEVEL_DB,
        String.format(
            Locale.ROOT, "level: %+.2f dB, allowed ±%.0f dB", tally.levelStepDb(), LEVEL_DB));
    add(
        tally.spectralDistanceDb() <= SPECTRUM_DB,
        String.format(
            Locale.ROOT,
            "log-spectral distance: %.2f dB, allowed %.0f dB",
            tally.spectralDistanceDb(),
            SPECTRUM_DB));
  }

  private void add(boolean holds, String finding) {
    findings.add((holds ? KEPT : BROKEN) + part + ", " + finding);
    broken |= !holds;
  }

  /** Whether all limits are kept. */
  boolean areKept() {
    return !broken && !unsure;
  }

  /** One line a limit. */
  List<String> findings() {
    return findings;
  }
}
