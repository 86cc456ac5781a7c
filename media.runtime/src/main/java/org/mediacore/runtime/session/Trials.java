package org.mediacore.runtime.session;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.mediacore.api.MediaSetupException;
import org.mediacore.runtime.pipeline.Successor;
import org.mediacore.runtime.registry.Provider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where successors are made and tried: each on a thread of its own, and for a limited time. */
public final class Trials {
  private static final Logger LOG = LoggerFactory.getLogger(Trials.class);

  private final ExecutorService threads;
  private final LongSupplier limitMs;

  /** A successor did not pass. */
  static final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    Failure(String message) {
      super(message);
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
   * Runs a trial; what comes to an end too late is thrown away.
   *
   * @return the successor; nothing where the platform stops
   */
  Optional<Successor> run(Provider provider, Callable<Successor> trial) throws Failure {
    Future<Successor> running;
    try {
      running = threads.submit(trial);
    } catch (RejectedExecutionException stopping) {
      return Optional.empty();
    }
    long limit = limitMs.getAsLong();
    try {
      return Optional.of(running.get(limit, TimeUnit.MILLISECONDS));
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      throw new Failure(
          cause instanceof MediaSetupException ? cause.getMessage() : provider + ": " + cause);
    } catch (TimeoutException late) {
      abandonLater(running);
      throw new Failure(provider + ": its trial took longer than " + limit + " ms");
    } catch (InterruptedException interrupted) {
      // The platform stops: nobody is to blame.
      Thread.currentThread().interrupt();
      abandonLater(running);
      return Optional.empty();
    }
  }

  private void abandonLater(Future<Successor> running) {
    try {
      threads.execute(() -> abandonWhenDone(running));
    } catch (RejectedExecutionException stopping) {
      LOG.debug("the platform stops in a trial; its instance goes with the process");
    }
  }

  private static void abandonWhenDone(Future<Successor> running) {
    try {
      running.get().discard();
    } catch (ExecutionException failedAnyway) {
      LOG.debug("a trial that was given up has failed", failedAnyway);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
