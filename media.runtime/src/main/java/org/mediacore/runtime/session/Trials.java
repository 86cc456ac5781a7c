package org.mediacore.runtime.session;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.mediacore.api.MediaSetupException;
import org.mediacore.runtime.registry.Provider;

/**
 * Where somebody's code is tried: successors and comparisons, each on a thread of its own, and for
 * a limited time. One that never returns keeps its thread.
 */
public final class Trials {
  private final ExecutorService threads;
  private final LongSupplier limitMs;

  /** Somebody's code did not pass. */
  static final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean late;

    Failure(String message, boolean late) {
      super(message);
      this.late = late;
    }

    /** Whether it has not come back in time, and is not waited for any more. */
    boolean isLate() {
      return late;
    }
  }

  /**
   * @param threads a thread for each trial: it runs somebody's code, which may hang
   * @param limitMs how long one trial may take
   */
  public Trials(ExecutorService threads, LongSupplier limitMs) {
    this.threads = threads;
    this.limitMs = limitMs;
  }

  /**
   * Runs a trial; what comes to an end too late is thrown away, by the thread that it held.
   *
   * @param discard throws away what the trial has made
   * @return what it has made; nothing where the platform stops
   */
  <T> Optional<T> run(Provider provider, Callable<T> trial, Consumer<T> discard) throws Failure {
    AtomicBoolean decided = new AtomicBoolean();
    Future<T> running;
    try {
      running = threads.submit(() -> unlessLate(trial, discard, decided));
    } catch (RejectedExecutionException stopping) {
      return Optional.empty();
    }
    long limit = limitMs.getAsLong();
    try {
      return Optional.of(running.get(limit, TimeUnit.MILLISECONDS));
    } catch (ExecutionException failed) {
      throw failure(provider, failed);
    } catch (TimeoutException late) {
      if (decided.compareAndSet(false, true)) {
        throw new Failure(provider + ": its trial took longer than " + limit + " ms", true);
      }
      return lastMoment(provider, running);
    } catch (InterruptedException interrupted) {
      // The platform stops: nobody is to blame.
      boolean abandoned = decided.compareAndSet(false, true);
      try {
        return abandoned ? Optional.empty() : lastMoment(provider, running);
      } finally {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static <T> T unlessLate(Callable<T> trial, Consumer<T> discard, AtomicBoolean decided)
      throws Exception {
    T made = trial.call();
    if (!decided.compareAndSet(false, true)) {
      discard.accept(made);
    }
    return made;
  }

  /** What had just been made when the time was over. */
  private static <T> Optional<T> lastMoment(Provider provider, Future<T> running) throws Failure {
    try {
      return Optional.of(running.get());
    } catch (ExecutionException failed) {
      throw failure(provider, failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Failure failure(Provider provider, ExecutionException failed) {
    Throwable cause = failed.getCause();
    return new Failure(
        cause instanceof MediaSetupException ? cause.getMessage() : provider + ": " + cause, false);
  }

  /** How long somebody's code may take. */
  long limitMs() {
    return limitMs.getAsLong();
  }
}
