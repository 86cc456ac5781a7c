package org.mediacore.runtime.session;

import static org.mediacore.runtime.session.CanaryLimits.BROKEN;
import static org.mediacore.runtime.session.CanaryLimits.UNSURE;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.swap.CanaryVerdict;
import org.mediacore.runtime.pipeline.Comparison;
import org.mediacore.runtime.pipeline.Tally;
import org.mediacore.runtime.registry.Provider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One newcomer on a share of the sessions: moves them, compares it with its predecessor on their
 * frames, and judges. Used by one thread, which may block.
 */
final class Canary implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Canary.class);

  private final Swaps swaps;
  private final List<Provider> newcomers;
  private final Map<String, Tally> tallies = new LinkedHashMap<>();
  private final List<Running> running = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private int sessions;

  /** Two instances at work for a part that was moved, which was the predecessor's before. */
  private record Running(SwapPart<?> part, Provider newcomer, Comparison comparison) {}

  /**
   * @param newcomers what the bundle on trial provides
   */
  Canary(Swaps swaps, List<Provider> newcomers) {
    this.swaps = swaps;
    this.newcomers = newcomers;
  }

  /**
   * Moves a share of the sessions that use the same of another version of the bundle.
   *
   * @return whether there is anything to compare
   */
  boolean move(Collection<CoreSession> all, int percent) {
    List<CoreSession> concerned =
        all.stream()
            .filter(s -> swaps.partsOf(s).stream().anyMatch(p -> newcomerFor(p).isPresent()))
            .toList();
    if (concerned.isEmpty()) {
      problems.add(
          UNSURE
              + "no call uses another version of it, so there is nothing to compare; "
              + CanaryLimits.MORE);
      return false;
    }
    int share = Math.max(1, (concerned.size() * percent + 99) / 100);
    LoopReach reach = swaps.reach();
    for (CoreSession session : concerned.subList(0, share)) {
      sessions++;
      for (SwapPart<?> part : swaps.partsOf(session)) {
        start(part, percent, reach);
      }
    }
    if (running.isEmpty()) {
      problems.add(UNSURE + "no session could be moved; the log says why");
    }
    return !running.isEmpty();
  }

  private Optional<Provider> newcomerFor(SwapPart<?> part) {
    return newcomers.stream()
        .filter(newcomer -> newcomer != part.provider() && newcomer.isLike(part.provider()))
        .filter(newcomer -> newcomer.info().isOfBundlesOf(part.provider().info()))
        .findFirst();
  }

  @SuppressWarnings("unchecked") // a provider is like another one only where they are of one type
  private <P extends Provider> void start(SwapPart<P> part, int percent, LoopReach reach) {
    Optional<P> newcomer = newcomerFor(part).map(found -> (P) found);
    if (newcomer.isEmpty() || part.comparer().isEmpty()) {
      return;
    }
    if (!swaps.move(part, newcomer.get(), "canary " + percent + " %", reach)) {
      return;
    }
    Tally tally = tallies.computeIfAbsent(part.name(), name -> new Tally());
    SwapPart.Comparer<P> comparer = part.comparer().get();
    try {
      swaps
          .trials()
          .run(
              newcomer.get(),
              () -> comparer.compare(part.provider(), newcomer.get(), tally),
              Comparison::close)
          .ifPresent(made -> running.add(new Running(part, newcomer.get(), made)));
    } catch (Trials.Failure failed) {
      // One that is late is the newcomer's fault: its predecessor has served calls for a while.
      problems.add(
          (failed.isLate() ? BROKEN : UNSURE)
              + part.name()
              + ", the comparison cannot be made: "
              + failed.getMessage());
    }
  }

  /** Compares the frames that came since; to be called at least five times a second. */
  void compare() {
    LoopReach reach = swaps.reach();
    for (Running one : List.copyOf(running)) {
      if (!reach.answers(one.part().session())) {
        continue; // its loop stands still, and with it the frames
      }
      try {
        compare(one, reach.call(one.part().session(), one.comparison()::next));
      } catch (MediaSetupException stuck) {
        LOG.warn("session {} is not compared: {}", one.part().session().id(), stuck.getMessage());
      }
    }
  }

  /** On a thread of its own: it is somebody's code, which may not come back. */
  private void compare(Running one, Runnable work) {
    try {
      swaps
          .trials()
          .run(
              one.newcomer(),
              () -> {
                work.run();
                return one;
              },
              late -> late.comparison().close());
    } catch (Trials.Failure failed) {
      running.remove(one);
      if (failed.isLate()) {
        givenUp(one);
      } else {
        problems.add(UNSURE + one.part().name() + ", comparing failed: " + failed.getMessage());
        swaps.close(one.comparison()::close);
      }
    }
  }

  /** The thread is left to whoever holds it, and closes both should it ever come back. */
  private void givenUp(Running one) {
    boolean newcomersFault = one.comparison().newcomerIsAtWork();
    one.comparison().giveUp();
    problems.add(
        String.format(
            Locale.ROOT,
            "%s%s, %s did not return within %d ms from a frame that nobody hears",
            newcomersFault ? BROKEN : UNSURE,
            one.part().name(),
            newcomersFault ? "the newcomer" : one.part().provider(),
            swaps.trials().limitMs()));
  }

  /** Whether the newcomer has failed already, so that there is nothing to wait for. */
  boolean hasFailed(BooleanSupplier quarantined) {
    return quarantined.getAsBoolean()
        || isBroken(problems)
        || running.isEmpty()
        || tallies.values().stream().anyMatch(tally -> tally.faults() > 0);
  }

  /** Whether any of these findings is to be held against the newcomer. */
  static boolean isBroken(List<String> findings) {
    return findings.stream().anyMatch(finding -> finding.startsWith(BROKEN));
  }

  /** What came of it. */
  CanaryVerdict verdict(boolean quarantined) {
    List<String> findings = new ArrayList<>(problems);
    if (quarantined) {
      findings.add(BROKEN + "the newcomer is in quarantine; media:swaps says why");
    }
    boolean promoted = findings.isEmpty();
    long frames = 0;
    for (Map.Entry<String, Tally> entry : tallies.entrySet()) {
      CanaryLimits limits = CanaryLimits.judge(entry.getKey(), entry.getValue());
      findings.addAll(limits.findings());
      promoted &= limits.areKept();
      frames += entry.getValue().frames();
    }
    if (!promoted && !isBroken(findings)) {
      findings.add(UNSURE + "not enough to compare, which is held against nobody");
    }
    return new CanaryVerdict(promoted, sessions, frames, findings);
  }

  /** Moves the sessions back to the best of the others. */
  void back(Collection<CoreSession> all, String reason) {
    LoopReach reach = swaps.reach();
    for (int round = 0; round < 2; round++) { // one may have taken over just before its withdrawal
      for (CoreSession session : all) {
        for (SwapPart<?> part : swaps.partsOf(session)) {
          back(part, reason, reach);
        }
      }
    }
  }

  private <P extends Provider> void back(SwapPart<P> part, String reason, LoopReach reach) {
    part.awaited()
        .get()
        .filter(newcomers::contains)
        .ifPresent(newcomer -> swaps.withdraw(part, newcomer, reach));
    if (newcomers.contains(part.provider())) {
      part.best()
          .get()
          .filter(best -> !part.awaited().get().equals(Optional.of(best)))
          .ifPresent(best -> swaps.move(part, best, reason, reach));
    }
  }

  @Override
  public void close() {
    running.forEach(one -> swaps.close(one.comparison()::close));
    running.clear();
  }
}
