package org.mediacore.runtime.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.swap.SwapHistory;
import org.mediacore.api.swap.SwapReceipt;
import org.mediacore.runtime.codec.CodecProvider;
import org.mediacore.runtime.loop.MediaLoop;
import org.mediacore.runtime.pipeline.DecodeStage;
import org.mediacore.runtime.pipeline.DecoderSuccessor;
import org.mediacore.runtime.pipeline.DecoderTrial;
import org.mediacore.runtime.pipeline.EncodeStage;
import org.mediacore.runtime.pipeline.EncoderSuccessor;
import org.mediacore.runtime.pipeline.EncoderTrial;
import org.mediacore.runtime.pipeline.SwapOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves calls to the best provider of their codec: builds and primes a successor off the loop, lets
 * the loop switch between two frames, and keeps the receipts. A successor that fails, or takes
 * longer than its trial may, never gets a call: its provider is quarantined and the calls stay as
 * they are.
 */
public final class CodecSwaps implements SwapHistory {
  private static final Logger LOG = LoggerFactory.getLogger(CodecSwaps.class);
  private static final int MAX_RECEIPTS = 10_000;

  private final Platform platform;
  private final ExecutorService trials;
  private final long trialLimitMs;
  private final Deque<SwapReceipt> receipts = new ArrayDeque<>();

  /**
   * @param trials where successors are made and tried: somebody's code, which may hang, so every
   *     trial needs a thread of its own
   * @param trialLimitMs how long one trial may take
   */
  public CodecSwaps(Platform platform, ExecutorService trials, long trialLimitMs) {
    this.platform = platform;
    this.trials = trials;
    this.trialLimitMs = trialLimitMs;
    platform.onCodecFailing(this::quarantine);
  }

  @Override
  public List<SwapReceipt> receipts() {
    synchronized (receipts) {
      return List.copyOf(receipts);
    }
  }

  @Override
  public List<String> quarantined() {
    return platform.codecs().quarantined();
  }

  /**
   * Moves the sessions whose codec has a better provider now. Blocks while successors are tried;
   * one call at a time.
   *
   * @param fallBack whether a codec whose provider has gone may move to another bundle's, or, where
   *     there is none, give way to another codec: not at once, since an update in place brings a
   *     successor of the same bundle soon
   */
  public synchronized void update(Iterable<CoreSession> sessions, boolean fallBack) {
    for (CoreSession session : sessions) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      for (CodecProvider provider : providersOf(session)) {
        Optional<CodecProvider> target = targetFor(provider, fallBack);
        target.ifPresent(to -> move(session, provider, to));
        if (fallBack && platform.codecs().bestFor(provider).isEmpty()) {
          session.codecLost(provider);
        }
      }
    }
  }

  private List<CodecProvider> providersOf(CoreSession session) {
    List<CodecProvider> providers = new ArrayList<>();
    platform.lock().lock();
    try {
      DecodeStage decoder = session.stages().decoder();
      EncodeStage encoder = session.stages().encoder();
      if (decoder != null) {
        providers.add(decoder.provider());
      }
      if (encoder != null && !providers.contains(encoder.provider())) {
        providers.add(encoder.provider());
      }
    } finally {
      platform.lock().unlock();
    }
    return providers;
  }

  private Optional<CodecProvider> targetFor(CodecProvider provider, boolean fallBack) {
    Optional<CodecProvider> best = platform.codecs().bestFor(provider);
    if (best.isEmpty() || best.get() == provider || platform.codecs().isQuarantined(best.get())) {
      return Optional.empty();
    }
    if (platform.codecs().isQuarantined(provider)) {
      return best;
    }
    boolean sameBundle = best.get().info().bundle().equals(provider.info().bundle());
    if (platform.codecs().has(provider)) {
      return best.filter(better -> better.info().compareTo(provider.info()) < 0);
    }
    return best.filter(other -> sameBundle || fallBack);
  }

  private String reason(CodecProvider from, CodecProvider to) {
    if (platform.codecs().isQuarantined(from)) {
      return "the provider failed";
    }
    if (!platform.codecs().has(from)) {
      return "the provider has gone";
    }
    return to.info().ranking() != from.info().ranking() ? "higher ranking" : "newer version";
  }

  private void move(CoreSession session, CodecProvider from, CodecProvider to) {
    try {
      moveDecoder(session, from, to);
      moveEncoder(session, from, to);
    } catch (TrialFailure failed) {
      quarantine(to, failed.getMessage());
    } catch (MediaSetupException stuck) {
      LOG.error("session {} stays with {}: {}", session.id(), from, stuck.getMessage());
    }
  }

  /** Runs something on a session's loop, which cannot change while the command is given. */
  private <T> T onLoop(CoreSession session, Supplier<T> command) throws MediaSetupException {
    CompletableFuture<T> result;
    MediaLoop loop;
    platform.lock().lock();
    try {
      loop = session.leg().loop();
      result = loop.call(command);
    } finally {
      platform.lock().unlock();
    }
    return Platform.await(loop, result);
  }

  private void moveDecoder(CoreSession session, CodecProvider from, CodecProvider to)
      throws MediaSetupException, TrialFailure {
    DecodeStage stage = session.stages().decoder();
    if (stage == null || stage.provider() != from) {
      return;
    }
    DecoderTrial trial = onLoop(session, stage::trial);
    Outcome outcome = new Outcome(session, "decoder", from, to);
    Optional<DecoderSuccessor> successor =
        tried(to, () -> trial.run(to, outcome), DecoderSuccessor::discard);
    if (successor.isPresent()) {
      onLoop(
          session,
          () -> {
            stage.succeed(successor.get());
            return true;
          });
    }
  }

  private void moveEncoder(CoreSession session, CodecProvider from, CodecProvider to)
      throws MediaSetupException, TrialFailure {
    EncodeStage stage = session.stages().encoder();
    if (stage == null || stage.provider() != from) {
      return;
    }
    EncoderTrial trial = onLoop(session, stage::trial);
    Outcome outcome = new Outcome(session, "encoder", from, to);
    Optional<EncoderSuccessor> successor =
        tried(to, () -> trial.run(to, outcome), EncoderSuccessor::discard);
    if (successor.isPresent()) {
      onLoop(
          session,
          () -> {
            stage.succeed(successor.get());
            return true;
          });
    }
  }

  /** Runs a trial on a thread of its own; one that comes to an end too late is thrown away. */
  private <T> Optional<T> tried(CodecProvider provider, Callable<T> trial, Consumer<T> abandon)
      throws TrialFailure {
    Future<T> running;
    try {
      running = trials.submit(trial);
    } catch (RejectedExecutionException stopping) {
      return Optional.empty();
    }
    try {
      return Optional.of(running.get(trialLimitMs, TimeUnit.MILLISECONDS));
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      throw new TrialFailure(
          cause instanceof MediaSetupException ? cause.getMessage() : provider + ": " + cause);
    } catch (TimeoutException late) {
      abandonLater(running, abandon);
      throw new TrialFailure(provider + ": its trial took longer than " + trialLimitMs + " ms");
    } catch (InterruptedException interrupted) {
      // The platform stops: nobody is to blame.
      Thread.currentThread().interrupt();
      abandonLater(running, abandon);
      return Optional.empty();
    }
  }

  private <T> void abandonLater(Future<T> running, Consumer<T> abandon) {
    try {
      trials.execute(() -> abandonWhenDone(running, abandon));
    } catch (RejectedExecutionException stopping) {
      LOG.debug("the platform stops in a trial; its instance goes with the process");
    }
  }

  private static <T> void abandonWhenDone(Future<T> running, Consumer<T> abandon) {
    try {
      abandon.accept(running.get());
    } catch (ExecutionException failedAnyway) {
      LOG.debug("a trial that was given up has failed", failedAnyway);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Uses a provider no more: it failed its trial, or its instances fail in calls. The next {@link
   * #update} moves its calls to another provider where there is one.
   */
  public void quarantine(CodecProvider provider, String why) {
    if (platform.codecs().quarantine(provider, why)) {
      LOG.error("quarantined: {}", why);
    }
  }

  private void keep(SwapReceipt receipt) {
    synchronized (receipts) {
      if (receipts.size() == MAX_RECEIPTS) {
        receipts.removeFirst();
      }
      receipts.addLast(receipt);
    }
  }

  /** Writes the receipt of one change; told on the loop. */
  private final class Outcome implements SwapOutcome {
    private final CoreSession session;
    private final String part;
    private final CodecProvider from;
    private final CodecProvider to;
    private final String reason;

    Outcome(CoreSession session, String kind, CodecProvider from, CodecProvider to) {
      this.session = session;
      this.part = kind + " " + to.descriptor().rtpmap();
      this.from = from;
      this.to = to;
      this.reason = reason(from, to);
    }

    @Override
    public void switched(
        Optional<SwapReceipt.Wire> wire, OptionalDouble levelStepDb, Runnable retire) {
      keep(
          new SwapReceipt(
              session.id(),
              part,
              from.info().toString(),
              to.info().toString(),
              reason,
              session.leg().loop().engine().wallClockMs(),
              wire,
              levelStepDb,
              0,
              0));
      platform
          .background()
          .execute(
              () -> {
                platform.lock().lock();
                try {
                  session.replaced(from, to);
                } finally {
                  platform.lock().unlock();
                }
              });
      platform.closes().execute(retire);
    }

    @Override
    public void refused(String why, Runnable retire, boolean atFault) {
      platform.closes().execute(retire);
      if (atFault) {
        platform.background().execute(() -> platform.codecFailing(to, to + ": " + why));
      }
    }
  }

  /** A successor did not pass its trial. */
  private static final class TrialFailure extends Exception {
    private static final long serialVersionUID = 1L;

    TrialFailure(String message) {
      super(message);
    }
  }
}
