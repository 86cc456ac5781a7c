package org.mediacore.signaling.sip;

import gov.nist.javax.sip.message.SIPResponse;

/** A request of ours other than INVITE (RFC 3261 §17.1.2). Safe for use by several threads. */
final class RequestTransaction implements ClientTransactions.ClientTransaction {
  private final Dialog.Outgoing request;
  private final Wire wire;
  private final Timers timers;
  private final SipTimings timings;
  private final Runnable removal;
  private final Runnable done;
  private Timers.Task repetition = () -> {};
  private Timers.Task timeout = () -> {};
  private boolean finished;
  private boolean slow;

  RequestTransaction(
      Dialog.Outgoing request,
      Wire wire,
      Timers timers,
      SipTimings timings,
      Runnable removal,
      Runnable done) {
    this.request = request;
    this.wire = wire;
    this.timers = timers;
    this.timings = timings;
    this.removal = removal;
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

  @Override
  public void response(SIPResponse response) {
    if (response.getStatusCode() >= 200) {
      finish();
    } else {
      slowDown();
    }
  }

  private synchronized void slowDown() {
    slow = true;
  }

  private void finish() {
    synchronized (this) {
      if (finished) {
        return;
      }
      finished = true;
      repetition.cancel();
      timeout.cancel();
    }
    removal.run();
    done.run();
  }
}
