package org.mediacore.runtime.session;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.mediacore.api.MediaSetupException;
import org.mediacore.runtime.loop.MediaLoop;

/**
 * How the loops of sessions are reached while sessions are looked through: one that stands still is
 * waited for once, not once for each of its sessions, and behind all the others. Used by one
 * thread, for one pass.
 */
final class LoopReach {
  /** Within this time a loop that works answers; it turns ten times a second at least. */
  private static final long PROMPT_MS = 250;

  private final Platform platform;
  private final long limitMs;
  private final Set<MediaLoop> late = new HashSet<>();
  private final Set<MediaLoop> still = new HashSet<>();
  private boolean patient;

  /**
   * @param limitMs how long a loop that stands still is waited for
   */
  LoopReach(Platform platform, long limitMs) {
    this.platform = platform;
    this.limitMs = limitMs;
  }

  /** From now on the loops that did not answer promptly are waited for, too. */
  void bePatient() {
    patient = true;
    late.clear();
  }

  /** Whether the session's loop answers: what it is told will not have to be waited for. */
  boolean answers(CoreSession session) {
    MediaLoop loop = session.leg().loop();
    if (still.contains(loop) || late.contains(loop)) {
      return false;
    }
    try {
      await(loop, loop.call(() -> true), patient ? limitMs : Math.min(PROMPT_MS, limitMs));
      return true;
    } catch (TimeoutException busy) {
      (patient ? still : late).add(loop);
      return false;
    } catch (MediaSetupException stopping) {
      still.add(loop);
      return false;
    }
  }

  /** Whether the session's loop has answered whenever it was called; nobody is asked. */
  boolean hasAnswered(CoreSession session) {
    return !still.contains(session.leg().loop());
  }

  /**
   * Runs something on a session's loop, which cannot change while the command is given.
   *
   * @throws MediaSetupException where the loop does not answer, or has not answered before; the
   *     command may run yet
   */
  <T> T call(CoreSession session, Supplier<T> command) throws MediaSetupException {
    CompletableFuture<T> result;
    MediaLoop loop;
    platform.lock().lock();
    try {
      loop = session.leg().loop();
      if (still.contains(loop)) {
        throw Platform.stuck(loop, new TimeoutException());
      }
      result = loop.call(command);
    } finally {
      platform.lock().unlock();
    }
    try {
      return await(loop, result, limitMs);
    } catch (TimeoutException stands) {
      still.add(loop);
      throw Platform.stuck(loop, stands);
    }
  }

  private static <T> T await(MediaLoop loop, CompletableFuture<T> result, long forMs)
      throws MediaSetupException, TimeoutException {
    try {
      return result.get(forMs, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw Platform.stuck(loop, interrupted);
    } catch (ExecutionException failed) {
      throw Platform.stuck(loop, failed);
    }
  }
}
