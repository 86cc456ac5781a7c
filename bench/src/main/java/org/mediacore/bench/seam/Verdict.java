package org.mediacore.bench.seam;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What one load has shown; in words. */
public final class Verdict {
  private static final int MOST_LINES = 8;
  private static final double NS_PER_MS = 1e6;

  private final List<ToneLeg> legs;
  private final Seams seams;
  private final List<Gap> gaps;
  private final List<SoundJudge.Fault> faults;
  private final WireJudge.Finding wire;
  private final SoundJudge.Finding sound;
  private final long brokenLegs;
  private final List<String> notes;

  Verdict(
      List<ToneLeg> legs,
      Seams seams,
      List<Gap> gaps,
      List<SoundJudge.Fault> faults,
      WireJudge.Finding wire,
      SoundJudge.Finding sound,
      long brokenLegs,
      List<String> notes) {
    this.legs = legs;
    this.seams = seams;
    this.gaps = gaps;
    this.faults = faults;
    this.wire = wire;
    this.sound = sound;
    this.brokenLegs = brokenLegs;
    this.notes = notes;
  }

  /** The figures, a line each. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%d packets: %d missing, %d disordered, %d timestamp jumps, %d other SSRCs or types",
            wire.packets(),
            wire.missing(),
            wire.disordered(),
            wire.jumps(),
            wire.changes()));
    long machine = gaps.stream().filter(Gap::isOfTheMachine).count();
    lines.add(
        String.format(
            Locale.ROOT,
            "gaps: longest %.1f ms; too long: %d, besides %d in which the machine stood still",
            wire.longestNs() / NS_PER_MS,
            gaps.size() - machine,
            machine));
    lines.add(times(gaps.stream().filter(gap -> !gap.isOfTheMachine()).toList()));
    lines.add(
        String.format(
            Locale.ROOT,
            "sound: level of 20 ms at most %.2f dB outside, a tone at most %.2f dB below its"
                + " lowest",
            sound.outsideDb(),
            sound.toneLossDb()));
    lines.addAll(notes);
    return lines;
  }

  /** How often and how long the platform was late. */
  private static String times(List<Gap> gaps) {
    List<Stall> stalls = Stall.of(gaps);
    long over40 = stalls.stream().filter(stall -> stall.longest().ns() > 40 * NS_PER_MS).count();
    return String.format(
        Locale.ROOT, "  those: %d times, of which %d over 40 ms", stalls.size(), over40);
  }

  /** What is wrong; empty where nothing is. */
  public List<String> wrong() {
    List<String> wrong = new ArrayList<>();
    if (brokenLegs > 0 || !wire.isUnbroken()) {
      wrong.add(brokenLegs + " legs are not unbroken: " + wire);
    }
    List<Gap> own = gaps.stream().filter(gap -> !gap.isOfTheMachine()).toList();
    List<Stall> stalls = Stall.of(own);
    stalls.stream()
        .sorted(Comparator.comparingLong(stall -> -stall.longest().ns()))
        .limit(MOST_LINES)
        .forEach(stall -> wrong.add(line(stall)));
    if (stalls.size() > MOST_LINES) {
      wrong.add("and " + (stalls.size() - MOST_LINES) + " other times with gaps that are too long");
    }
    List<SoundJudge.Fault> events = SoundJudge.events(faults);
    events.stream()
        .sorted(Comparator.comparingDouble(fault -> -fault.db()))
        .limit(MOST_LINES)
        .forEach(fault -> wrong.add(line(fault)));
    if (events.size() > MOST_LINES) {
      wrong.add("and " + (events.size() - MOST_LINES) + " other places that sound wrong");
    }
    return wrong;
  }

  private String line(Stall stall) {
    Gap gap = stall.longest();
    return String.format(
        Locale.ROOT,
        "%d gaps at a time, longest %.1f ms (%.1f allowed, %.1f the machine's) at %s, %s",
        stall.gaps(),
        gap.ns() / NS_PER_MS,
        gap.mostNs() / NS_PER_MS,
        gap.machineNs() / NS_PER_MS,
        name(gap.leg()),
        when(gap.atNs()));
  }

  private String when(long ns) {
    return Instant.ofEpochSecond(0, ns).truncatedTo(ChronoUnit.MILLIS) + ", " + seams.near(ns);
  }

  private String line(SoundJudge.Fault fault) {
    return String.format(
        Locale.ROOT,
        fault.isDropout()
            ? "a tone %.1f dB below its lowest without swaps at %s, %s"
            : "a level %.1f dB outside of that without swaps at %s, %s",
        fault.db(),
        name(fault.leg()),
        when(fault.atNs()));
  }

  private String name(int leg) {
    return "leg " + leg + " (" + legs.get(leg).codec() + ", " + legs.get(leg).user() + ")";
  }
}
