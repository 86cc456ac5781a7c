package org.mediacore.runtime.session;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mediacore.api.swap.CanarySwaps;
import org.mediacore.api.swap.CanaryVerdict;
import org.mediacore.runtime.registry.Provider;
import org.mediacore.runtime.registry.Standing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Newcomers that are tried on a share of the sessions, each on a thread of its own. */
public final class Canaries implements CanarySwaps {
  private static final Logger LOG = LoggerFactory.getLogger(Canaries.class);

  /** How often the frames of the sessions on trial are fetched; half of what is kept of them. */
  private static final long ROUND_MS = 100;

  /** How long the bundle may take to come. */
  private static final long COMING_MS = 30_000;

  private final Platform platform;
  private final Swaps swaps;
  private final Supplier<Collection<CoreSession>> sessions;
  private final ExecutorService threads;
  private final Map<String, String> underWay = new ConcurrentHashMap<>();
  private final Pause pause;

  /** Lets time pass. */
  public interface Pause {
    /** Returns after a while, or at once where the thread is interrupted. */
    void ms(long ms) throws InterruptedException;
  }

  /**
   * @param sessions those that are open now
   * @param threads a thread for each canary
   * @param pause how it waits between two rounds
   */
  Canaries(
      Platform platform,
      Swaps swaps,
      Supplier<Collection<CoreSession>> sessions,
      ExecutorService threads,
      Pause pause) {
    this.platform = platform;
    this.swaps = swaps;
    this.sessions = sessions;
    this.threads = threads;
    this.pause = pause;
  }

  @Override
  public CompletableFuture<CanaryVerdict> canary(String bundle, String version, int percent) {
    if (percent < 1 || percent > 100) {
      throw new IllegalArgumentException("percent must be 1..100: " + percent);
    }
    if (underWay.putIfAbsent(bundle, version) != null) {
      throw new IllegalStateException("a canary of " + bundle + " is under way");
    }
    platform.standing().hold(bundle, version);
    CompletableFuture<CanaryVerdict> verdict = new CompletableFuture<>();
    threads.execute(
        () -> {
          try {
            CanaryVerdict found = run(bundle, version, percent, verdict);
            ended(bundle, version);
            verdict.complete(found);
          } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            ended(bundle, version);
            verdict.cancel(false);
          } catch (RuntimeException | Error broken) {
            LOG.error("the canary of {} {} failed", bundle, version, broken);
            ended(bundle, version);
            verdict.completeExceptionally(broken);
          }
        });
    return verdict;
  }

  /** Before the verdict is told: from then on another canary may begin. */
  private void ended(String bundle, String version) {
    boolean isThere = !providers(bundle, version).isEmpty();
    platform.standing().trialEnded(bundle, version, isThere);
    underWay.remove(bundle);
  }

  private CanaryVerdict run(
      String bundle, String version, int percent, CompletableFuture<CanaryVerdict> asked)
      throws InterruptedException {
    List<Provider> newcomers = await(bundle, version, asked);
    Standing standing = platform.standing();
    try (Canary canary = new Canary(swaps, newcomers)) {
      if (newcomers.isEmpty()) {
        return new CanaryVerdict(
            false,
            0,
            0,
            List.of(
                CanaryLimits.UNSURE
                    + "no codec or processor of "
                    + bundle
                    + " "
                    + version
                    + " came"));
      }
      if (canary.move(sessions.get(), percent)) {
        watch(canary, newcomers, asked);
      }
      boolean quarantined = newcomers.stream().anyMatch(standing::isQuarantined);
      CanaryVerdict verdict = canary.verdict(quarantined);
      if (asked.isCancelled()) {
        canary.back(sessions.get(), "the canary was cancelled");
      } else if (verdict.promoted()) {
        standing.release(bundle, version);
        swaps.update(sessions.get(), false);
      } else if (!Canary.isBroken(verdict.findings())) {
        canary.back(sessions.get(), "the canary had too little to compare");
      } else if (verdict.sessions() > 0) {
        String why =
            verdict.findings().stream()
                .filter(finding -> finding.startsWith(CanaryLimits.BROKEN))
                .collect(Collectors.joining("; "));
        newcomers.forEach(newcomer -> swaps.quarantine(newcomer, newcomer + ": " + why));
        canary.back(sessions.get(), "the canary failed");
      }
      return verdict;
    }
  }

  private void watch(
      Canary canary, List<Provider> newcomers, CompletableFuture<CanaryVerdict> asked)
      throws InterruptedException {
    Standing standing = platform.standing();
    long rounds = platform.settings().swapTimes().canaryMs() / ROUND_MS;
    for (long round = 0; round <= rounds && !asked.isCancelled(); round++) {
      canary.compare();
      if (canary.hasFailed(() -> newcomers.stream().anyMatch(standing::isQuarantined))) {
        return;
      }
      pause.ms(ROUND_MS);
    }
  }

  /** Waits for the bundle's providers; all of them come while it starts. */
  private List<Provider> await(
      String bundle, String version, CompletableFuture<CanaryVerdict> asked)
      throws InterruptedException {
    for (long waited = 0; waited < COMING_MS && !asked.isCancelled(); waited += ROUND_MS) {
      List<Provider> come = providers(bundle, version);
      if (!come.isEmpty()) {
        pause.ms(ROUND_MS);
        return providers(bundle, version);
      }
      pause.ms(ROUND_MS);
    }
    return List.of();
  }

  private List<Provider> providers(String bundle, String version) {
    return Stream.<Provider>concat(
            platform.codecs().all().stream(), platform.processors().all().stream())
        .filter(provider -> provider.info().involves(bundle, version))
        .toList();
  }
}
