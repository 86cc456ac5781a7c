package org.mediacore.bench.seam;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What one run has shown; in words. For one thread. */
public final class Verdict {
  private static final int MOST_LINES = 8;
  private static final double NS_PER_MS = 1e6;

  private final List<ToneLeg> legs;
  private final Seams seams;
  private final List<Gap> gaps = new ArrayList<>();
  private final List<SoundJudge.Fault> faults = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<String> troubles = new ArrayList<>();
  private WireJudge.Finding wire = WireJudge.Finding.NONE;
  private SoundJudge.Finding sound = SoundJudge.Finding.NONE;
  private int silentLegs;
  private int machineFaults;

  Verdict(List<ToneLeg> legs, Seams seams) {
    this.legs = legs;
    this.seams = seams;
  }

  void add(WireJudge.Finding leg) {
    wire = wire.plus(leg);
    silentLegs += leg.packets() == 0 ? 1 : 0;
  }

  void add(SoundJudge.Finding leg) {
    sound = sound.plus(leg);
  }

  void add(Gap gap) {
    gaps.add(gap);
  }

  void add(SoundJudge.Fault fault, boolean ofTheMachine) {
    if (ofTheMachine) {
      machineFaults++;
    } else {
      faults.add(fault);
    }
  }

  void note(String line) {
    notes.add(line);
  }

  void trouble(String line) {
    troubles.add(line);
  }

  /** The figures, a line each. */
  public List<String> lines() {
    List<Stall> stalls = Stall.of(ownGaps());
    long long40 = stalls.stream().filter(stall -> stall.longest().ns() > 40 * NS_PER_MS).count();
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
    lines.add(
        String.format(
            Locale.ROOT,
            "gaps: longest %.1f ms; too long: %d, at %d times, of which %d over 40 ms;"
                + " besides %d in which the machine stood still",
            wire.longestNs() / NS_PER_MS,
            ownGaps().size(),
            stalls.size(),
            long40,
            gaps.size() - ownGaps().size()));
    lines.add(
        String.format(
            Locale.ROOT,
            "sound: wrong in %d of %d times 20 ms, a tone at most %.2f dB below its lowest; besides"
                + " %d where the machine stood still",
            faults.size(),
            sound.frames(),
            sound.toneLossDb(),
            machineFaults));
    lines.add(
        String.format(
            Locale.ROOT,
            "level: at most %.2f dB outside in %d times 20 ms that may be at a seam; apart from"
                + " them at most %.2f dB, over 1 dB in %d",
            sound.outsideDb(),
            sound.seamFrames(),
            sound.apartDb(),
            sound.apart()));
    lines.addAll(notes);
    return lines;
  }

  /** Without those in which the machine stood still. */
  private List<Gap> ownGaps() {
    return gaps.stream().filter(gap -> !gap.isOfTheMachine()).toList();
  }

  /** What is wrong; empty where nothing is. */
  public List<String> wrong() {
    List<String> wrong = new ArrayList<>();
    troubles.stream().limit(MOST_LINES).forEach(wrong::add);
    if (troubles.size() > MOST_LINES) {
      wrong.add("and " + (troubles.size() - MOST_LINES) + " other such troubles");
    }
    if (silentLegs > 0) {
      wrong.add(silentLegs + " legs received nothing");
    }
    if (!wire.isUnbroken()) {
      wrong.add("numbers: " + wire);
    }
    List<Stall> stalls = Stall.of(ownGaps());
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

  /** All that was found, a line each: gaps that came together, then what sounds wrong. */
  public List<String> details() {
    List<String> details = new ArrayList<>();
    Stall.of(gaps).forEach(stall -> details.add(line(stall)));
    faults.forEach(fault -> details.add(line(fault)));
    return details;
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

  private String when(long ns) {
    return Instant.ofEpochSecond(0, ns).truncatedTo(ChronoUnit.MILLIS) + ", " + seams.near(ns);
  }

  private String name(int leg) {
    return "leg " + leg + " (" + legs.get(leg).codec() + ", " + legs.get(leg).user() + ")";
  }
}
