package org.mediacore.signaling.sip;

import java.net.InetSocketAddress;

/**
 * One request that is being answered (RFC 3261 §17.2, for INVITE with the Accepted state of RFC
 * 6026 §7.1). It alone decides which final response is given: the first one. Keeps the response as
 * bytes, so that a call costs little while the transaction lingers. Safe for use by several
 * threads.
 */
final class ServerTransaction {
  private enum State {
    PROCEEDING,
    /** A 2xx was given to an INVITE and is repeated until its ACK comes. */
    ACCEPTED,
    /** A final response was given; for an INVITE it is repeated until its ACK comes. */
    COMPLETED,
    CONFIRMED
  }

  private static final byte[] NOTHING = {};

  private final String key;
  private final boolean invite;
  private final InetSocketAddress target;
  private final Wire wire;
  private final Timers timers;
  private final SipTimings timings;
  private final Runnable removal;

  private State state = State.PROCEEDING;
  private byte[] lastResponse = NOTHING;
  private Runnable unacknowledged = () -> {};
  private Timers.Task repetition = () -> {};
  private Runnable onCancel = () -> {};

  ServerTransaction(
      String key,
      boolean invite,
      InetSocketAddress target,
      Wire wire,
      Timers timers,
      SipTimings timings,
      Runnable removal) {
    this.key = key;
    this.invite = invite;
    this.target = target;
    this.wire = wire;
    this.timers = timers;
    this.timings = timings;
    this.removal = removal;
  }

  String key() {
    return key;
  }

  /** What happens when the caller takes the INVITE back. */
  synchronized void onCancel(Runnable action) {
    onCancel = action;
  }

  /** The caller takes the INVITE back; does nothing once it has a final response. */
  void cancel() {
    Runnable action;
    synchronized (this) {
      if (state != State.PROCEEDING) {
        return;
      }
      action = onCancel;
    }
    action.run();
  }

  /** Sends a provisional response, unless the final one was given. */
  synchronized void provisional(byte[] response) {
    if (state == State.PROCEEDING) {
      lastResponse = response;
      wire.send(response, target);
    }
  }

  /**
   * Gives the final response.
   *
   * @param status 200 to 699
   * @param noAck runs, for an INVITE, when no ACK came in time
   * @return whether this was the first final response; otherwise nothing was sent
   */
  synchronized boolean respond(int status, byte[] response, Runnable noAck) {
    if (state != State.PROCEEDING) {
      return false;
    }
    state = invite && status < 300 ? State.ACCEPTED : State.COMPLETED;
    lastResponse = response;
    onCancel = () -> {};
    wire.send(response, target);
    if (invite) {
      unacknowledged = noAck;
      repeatAfter(timings.t1Ms());
    }
    timers.after(timings.transactionMs(), this::expire);
    return true;
  }

  /** The request came again: so does the response (RFC 3261 §17.2.1, §17.2.2). */
  synchronized void requestRepeated() {
    if (lastResponse.length > 0 && state != State.CONFIRMED) {
      wire.send(lastResponse, target);
    }
  }

  /**
   * An ACK came with this transaction's branch.
   *
   * @return whether it was for this transaction; an ACK for a 2xx is the dialog's
   */
  synchronized boolean acknowledgedRefusal() {
    if (state == State.ACCEPTED || state == State.PROCEEDING) {
      return false;
    }
    confirm();
    return true;
  }

  /** The dialog had the ACK for the 2xx, or has ended: the 2xx is not repeated any more. */
  synchronized void acknowledged() {
    if (state == State.ACCEPTED) {
      confirm();
    }
  }

  private void confirm() {
    state = State.CONFIRMED;
    unacknowledged = () -> {};
    lastResponse = NOTHING;
    repetition.cancel();
    repetition = () -> {};
  }

  private void repeatAfter(long intervalMs) {
    repetition = timers.after(intervalMs, () -> repeat(intervalMs));
  }

  private synchronized void repeat(long intervalMs) {
    if (state == State.ACCEPTED || state == State.COMPLETED) {
      wire.send(lastResponse, target);
      repeatAfter(timings.nextIntervalMs(intervalMs));
    }
  }

  private void expire() {
    Runnable action;
    synchronized (this) {
      action = state == State.ACCEPTED ? unacknowledged : () -> {};
      confirm();
    }
    removal.run();
    action.run();
  }
}
