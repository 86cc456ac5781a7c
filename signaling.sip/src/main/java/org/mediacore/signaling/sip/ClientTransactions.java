package org.mediacore.signaling.sip;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Requests of ours that wait for their answer, other than INVITE (RFC 3261 §17.1.2). Safe for use
 * by several threads.
 */
final class ClientTransactions {
  private final ConcurrentMap<String, Pending> byBranch = new ConcurrentHashMap<>();
  private final Wire wire;
  private final Timers timers;
  private final SipTimings timings;

  ClientTransactions(Wire wire, Timers timers, SipTimings timings) {
    this.wire = wire;
    this.timers = timers;
    this.timings = timings;
  }

  /**
   * Sends a request until it is answered, or for 64 times T1.
   *
   * @param branch of its Via
   * @param done runs once, when the final response came or nothing more is to be hoped for
   */
  void send(Dialog.Outgoing request, String branch, Runnable done) {
    Pending pending = new Pending(request, branch, done);
    byBranch.put(branch, pending);
    pending.start();
  }

  /** A response came; one that answers nothing of ours is dropped. */
  void response(String branch, int status) {
    Pending pending = branch == null ? null : byBranch.get(branch);
    if (pending == null) {
      return;
    }
    if (status >= 200) {
      pending.finish();
    } else {
      pending.slowDown();
    }
  }

  private final class Pending {
    private final Dialog.Outgoing request;
    private final String branch;
    private final Runnable done;
    private Timers.Task repetition = () -> {};
    private Timers.Task timeout = () -> {};
    private boolean finished;
    private boolean slow;

    Pending(Dialog.Outgoing request, String branch, Runnable done) {
      this.request = request;
      this.branch = branch;
      this.done = done;
    }

    synchronized void start() {
      wire.send(request.message(), request.target());
      repeatAfter(timings.t1Ms());
      timeout = timers.after(timings.transactionMs(), this::finish);
    }

    private void repeatAfter(long intervalMs) {
      repetition = timers.after(intervalMs, () -> repeat(intervalMs));
    }

    private synchronized void repeat(long intervalMs) {
      if (!finished) {
        wire.send(request.message(), request.target());
        repeatAfter(slow ? timings.t2Ms() : timings.nextIntervalMs(intervalMs));
      }
    }

    synchronized void slowDown() {
      slow = true;
    }

    void finish() {
      synchronized (this) {
        if (finished) {
          return;
        }
        finished = true;
        repetition.cancel();
        timeout.cancel();
      }
      byBranch.remove(branch);
      done.run();
    }
  }
}
