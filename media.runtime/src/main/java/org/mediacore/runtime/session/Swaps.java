package org.mediacore.runtime.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.swap.SwapReceipt;
import org.mediacore.runtime.codec.CodecProvider;
import org.mediacore.runtime.negotiation.NegotiatedAudio;
import org.mediacore.runtime.pipeline.Bypass;
import org.mediacore.runtime.pipeline.Successor;
import org.mediacore.runtime.pipeline.SwapOutcome;
import org.mediacore.runtime.pipeline.SwapTrial;
import org.mediacore.runtime.registry.Provider;
import org.mediacore.runtime.registry.Standing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves calls to the best provider of each of their parts: builds and primes a successor off the
 * loop, lets the loop switch between two frames, and writes the receipts. A successor that fails,
 * or takes longer than its trial may, never gets a call: its provider is quarantined and the calls
 * stay as they are.
 */
public final class Swaps {
  private static final Logger LOG = LoggerFactory.getLogger(Swaps.class);

  /** How often a successor is made anew because what it was made from had changed. */
  private static final int MAX_ATTEMPTS = 5;

  private final Platform platform;
  private final Trials trials;
  private final SwapLog log;
  private final Rest rest;
  private final long loopWaitMs;
  private boolean someLoopStood;

  /** Lets the loops have the processor while many parts are moved. */
  public interface Rest {
    /** Called between two parts, with the time that the last one took. */
    void after(long workedNs);
  }

  public Swaps(Platform platform, Trials trials, SwapLog log, Rest rest) {
    this(platform, trials, log, rest, Platform.LOOP_WAIT_MS);
  }

  /**
   * @param loopWaitMs how long a loop that stands still is waited for
   */
  Swaps(Platform platform, Trials trials, SwapLog log, Rest rest, long loopWaitMs) {
    this.loopWaitMs = loopWaitMs;
    this.platform = platform;
    this.trials = trials;
    this.log = log;
    this.rest = rest;
    platform.onFailing(this::quarantine);
  }

  /**
   * Moves the sessions whose parts have a better provider now. Blocks while successors are tried;
   * one call at a time. Sessions on a loop that stands still come last, and wait for it once.
   *
   * @param fallBack whether a part whose provider has gone may move to another bundle's, or, a
   *     codec, give way to another one: not at once, since an update in place brings a successor of
   *     the same bundle soon
   * @return whether all sessions were looked at; otherwise some wait for the next pass
   */
  public synchronized boolean update(Iterable<CoreSession> sessions, boolean fallBack) {
    LoopReach reach = reach();
    List<CoreSession> late = new ArrayList<>();
    for (CoreSession session : sessions) {
      if (!update(session, fallBack, reach)) {
        late.add(session);
      }
    }
    reach.bePatient();
    int left = 0;
    for (CoreSession session : late) {
      left += update(session, fallBack, reach) ? 0 : 1;
    }
    tellLeft(left);
    return left == 0;
  }

  /** Once, until all were reached again. */
  private void tellLeft(int sessions) {
    if (sessions > 0 && !someLoopStood) {
      LOG.warn("a media loop does not answer; {} sessions of it are not moved yet", sessions);
    }
    someLoopStood = sessions > 0;
  }

  /** Whether the session's loop was there for what was to be done. */
  private boolean update(CoreSession session, boolean fallBack, LoopReach reach) {
    List<SwapPart<?>> parts = partsOf(session);
    for (SwapPart<?> part : parts) {
      if (Thread.currentThread().isInterrupted()) {
        return true; // the platform stops
      }
      if (!moveToBest(part, fallBack, reach)) {
        return false;
      }
      if (fallBack
          && part.provider() instanceof CodecProvider codec
          && platform.codecs().bestFor(codec).isEmpty()) {
        session.codecs().gone(codec);
      }
    }
    adopt(session, parts, fallBack);
    return true;
  }

  /** Where somebody's code runs that may not come back. */
  Trials trials() {
    return trials;
  }

  /** Closes something of somebody's that is in no use; it may hang. */
  void close(Runnable close) {
    platform.closes().execute(() -> Platform.closeQuietly(close));
  }

  /** How loops are reached during one pass. */
  LoopReach reach() {
    return new LoopReach(platform, loopWaitMs);
  }

  /**
   * A session without instances, one that relays, goes on with the best provider, too: it would
   * keep one that has gone, with its bundle's classes, for as long as the call lasts.
   */
  private void adopt(CoreSession session, List<SwapPart<?>> parts, boolean fallBack) {
    Optional<CodecProvider> agreed = session.negotiated().map(NegotiatedAudio::provider);
    if (agreed.isEmpty() || parts.stream().anyMatch(part -> part.provider() == agreed.get())) {
      return;
    }
    CodecProvider provider = agreed.get();
    platform
        .codecs()
        .bestFor(provider)
        .filter(best -> best != provider)
        .filter(best -> fallBack || best.info().isOfBundlesOf(provider.info()))
        .ifPresent(best -> session.agreement().replaced(provider, best));
  }

  /** What a session has now. */
  List<SwapPart<?>> partsOf(CoreSession session) {
    platform.lock().lock();
    try {
      return SwapPart.of(session);
    } finally {
      platform.lock().unlock();
    }
  }

  /** Whether nothing was to be done, or the loop answered. */
  private <P extends Provider> boolean moveToBest(
      SwapPart<P> part, boolean fallBack, LoopReach reach) {
    Optional<P> unwanted =
        part.awaited()
            .get()
            .filter(to -> !part.isThere().test(to) || platform.standing().isQuarantined(to));
    if (unwanted.isEmpty() && targetFor(part, fallBack).isEmpty()) {
      return true;
    }
    if (!reach.answers(part.session())) {
      return false;
    }
    unwanted.ifPresent(to -> withdraw(part, to, reach));
    Optional<P> target = targetFor(part, fallBack);
    if (target.isPresent()) {
      long startNs = System.nanoTime();
      move(part, target.get(), reason(part, target.get()), reach);
      rest.after(System.nanoTime() - startNs);
    }
    return reach.hasAnswered(part.session());
  }

  private <P extends Provider> Optional<P> targetFor(SwapPart<P> part, boolean fallBack) {
    Standing standing = platform.standing();
    P provider = part.provider();
    Optional<P> best = part.best().get();
    if (best.isEmpty()
        || best.get() == provider
        || best.equals(part.awaited().get())
        || standing.isQuarantined(best.get())) {
      return Optional.empty();
    }
    if (standing.isQuarantined(provider)) {
      return best;
    }
    if (standing.isHeld(provider)) {
      return Optional.empty(); // a canary, whose verdict moves it
    }
    boolean sameBundles = best.get().info().isOfBundlesOf(provider.info());
    if (part.isThere().test(provider)) {
      return best.filter(better -> better.info().compareTo(provider.info()) < 0);
    }
    return best.filter(other -> sameBundles || fallBack);
  }

  /**
   * A successor that waits, of a provider that is gone or failed elsewhere, never gets the call.
   */
  <P extends Provider> void withdraw(SwapPart<P> part, P unwanted, LoopReach reach) {
    try {
      reach.call(
          part.session(),
          () -> {
            part.withdraw().accept(unwanted);
            return true;
          });
    } catch (MediaSetupException stuck) {
      LOG.error("session {}: {}", part.session().id(), stuck.getMessage());
    }
  }

  private <P extends Provider> String reason(SwapPart<P> part, P to) {
    P from = part.provider();
    if (platform.standing().isQuarantined(from)) {
      return "the provider failed";
    }
    if (!part.isThere().test(from)) {
      return "the provider has gone";
    }
    if (from == Bypass.PROVIDER) {
      return "a provider has come";
    }
    return to.info().isRankedOtherThan(from.info()) ? "higher ranking" : "newer version";
  }

  /**
   * Moves one part to a provider.
   *
   * @return whether a successor was handed over; otherwise it is logged why
   */
  <P extends Provider> boolean move(SwapPart<P> part, P to, String reason, LoopReach reach) {
    try {
      for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        Optional<Successor> successor = successor(part, to, reason, reach);
        if (successor.isEmpty()) {
          return false;
        }
        if (isTaken(successor.get(), part.session(), reach)) {
          return true;
        }
      }
      LOG.warn("{} of session {} does not hold still", part.name(), part.session().id());
    } catch (Trials.Failure failed) {
      quarantine(to, failed.getMessage());
    } catch (MediaSetupException stuck) {
      LOG.error(
          "{} of session {} stays with {}: {}",
          part.name(),
          part.session().id(),
          part.provider(),
          stuck.getMessage());
    }
    return false;
  }

  private boolean isTaken(Successor successor, CoreSession session, LoopReach reach)
      throws MediaSetupException {
    HandOver handOver = new HandOver(successor, platform.closes());
    try {
      return reach.call(session, handOver);
    } finally {
      handOver.giveUp(); // nothing where the loop has decided
    }
  }

  private <P extends Provider> Optional<Successor> successor(
      SwapPart<P> part, P to, String reason, LoopReach reach)
      throws MediaSetupException, Trials.Failure {
    SwapTrial<P> trial = reach.call(part.session(), part.trial());
    Outcome<P> outcome = new Outcome<>(part, to, reason);
    return trials.run(to, () -> trial.run(to, outcome, platform.standing()), Successor::discard);
  }

  /**
   * Uses a provider no more: it failed its trial, or its instances fail in calls. The next {@link
   * #update} moves its calls to another provider where there is one.
   */
  public void quarantine(Provider provider, String why) {
    if (platform.quarantine(provider, why)) {
      log.quarantined(provider.toString(), why);
    }
  }

  /** Writes the receipt of one change; told on the loop. */
  private final class Outcome<P extends Provider> implements SwapOutcome {
    private final SwapPart<P> part;
    private final P to;
    private final String reason;

    Outcome(SwapPart<P> part, P to, String reason) {
      this.part = part;
      this.to = to;
      this.reason = reason;
    }

    @Override
    public void switched(Facts facts, Runnable retire) {
      CoreSession session = part.session();
      log.keep(
          new SwapReceipt(
              session.id(),
              part.name(),
              part.provider().info().toString(),
              to.info().toString(),
              reason,
              session.leg().loop().engine().wallClockMs(),
              facts.wire(),
              facts.levelStepDb(),
              facts.samplesConcealed(),
              facts.addedDelaySamples()));
      platform.background().execute(() -> part.replaced().accept(part.provider(), to));
      platform.closes().execute(() -> Platform.closeQuietly(retire));
    }

    @Override
    public void refused(String why, Runnable retire, boolean atFault) {
      platform.closes().execute(() -> Platform.closeQuietly(retire));
      if (atFault) {
        platform.background().execute(() -> platform.failing(to, to + ": " + why));
      }
    }
  }
}
