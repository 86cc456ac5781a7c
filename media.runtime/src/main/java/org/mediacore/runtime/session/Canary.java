package org.mediacore.runtime.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
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

  private record Running(CoreSession session, Comparison comparison) {}

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
      problems.add("broken: no call uses another version of it, so there is nothing to compare");
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
      problems.add("broken: no session could be moved; media:swaps says why");
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
    try {
      running.add(
          new Running(
              part.session(),
              part.comparer().get().compare(part.provider(), newcomer.get(), tally)));
    } catch (MediaSetupException failed) {
      problems.add("broken: the comparison cannot be made: " + failed.getMessage());
    }
  }

  /** Compares the frames that came since; to be called at least five times a second. */
  void compare() {
    LoopReach reach = swaps.reach();
    for (Running one : running) {
      if (!reach.answers(one.session())) {
        continue; // its loop stands still, and with it the frames
      }
      try {
        reach.call(one.session(), one.comparison()::next).run();
      } catch (MediaSetupException stuck) {
        LOG.warn("session {} is not compared: {}", one.session().id(), stuck.getMessage());
      }
    }
  }

  /** Whether the newcomer has failed already, so that there is nothing to wait for. */
  boolean hasFailed(BooleanSupplier quarantined) {
    return quarantined.getAsBoolean()
        || tallies.values().stream().anyMatch(tally -> tally.faults() > 0);
  }

  /** What came of it. */
  CanaryVerdict verdict(boolean quarantined) {
    List<String> findings = new ArrayList<>(problems);
    if (quarantined) {
      findings.add("broken: the newcomer is in quarantine; media:swaps says why");
    }
    boolean promoted = problems.isEmpty() && !quarantined;
    long frames = 0;
    for (Map.Entry<String, Tally> entry : tallies.entrySet()) {
      CanaryLimits limits = CanaryLimits.judge(entry.getKey(), entry.getValue());
      findings.addAll(limits.findings());
      promoted &= limits.areKept();
      frames += entry.getValue().frames();
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
    running.forEach(one -> Platform.closeQuietly(one.comparison()::close));
    running.clear();
  }
}
