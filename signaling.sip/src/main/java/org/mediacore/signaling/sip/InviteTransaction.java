package org.mediacore.signaling.sip;

import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.message.SIPResponse;
import java.nio.charset.StandardCharsets;

/**
 * An INVITE of ours over UDP (RFC 3261 §17.1.1, with the Accepted state of RFC 6026 §7.2).
 *
 * <pre>
 *   CALLING     repeated after T1, 2 T1, 4 T1 ... (timer A), given up after 64 T1 (timer B)
 *   PROCEEDING  a 1xx came: not repeated any more; after 64 T1 a CANCEL goes out, after 64 T1 more
 *               nothing is hoped for (RFC 3261 §9.1)
 *   ACCEPTED    a 2xx came: each one that comes is passed on, for it wants its ACK (timer M)
 *   COMPLETED   300 to 699 came: each one that comes gets its ACK here (timer D)
 * </pre>
 *
 * Safe for use by several threads.
 */
final class InviteTransaction implements ClientTransactions.ClientTransaction {
  /** Timer D: at least 32 s over UDP (RFC 3261 table 4). */
  private static final long TIMER_D_MS = 32_000;

  /** What becomes of the INVITE; called on the receiving thread or a timer, must not block. */
  interface Listener {
    /** A 2xx came, or came again. */
    void accepted(SIPResponse response);

    /** Once: the final response is none of 2xx. It has its ACK. */
    void refused(SIPResponse response);

    /** Once: no final response came. */
    void unanswered();
  }

  private enum State {
    CALLING,
    PROCEEDING,
    ACCEPTED,
    COMPLETED,
    TERMINATED
  }

  private final Dialog.Outgoing invite;
  private final Runnable cancel;
  private final Wire wire;
  private final Timers timers;
  private final SipTimings timings;
  private final Runnable removal;
  private final Listener listener;
  private State state = State.CALLING;
  private boolean cancelled;
  private Timers.Task repetition = () -> {};
  private Timers.Task timeout = () -> {};

  InviteTransaction(
      Dialog.Outgoing invite,
      Runnable cancel,
      Wire wire,
      Timers timers,
      SipTimings timings,
      Runnable removal,
      Listener listener) {
    this.invite = invite;
    this.cancel = cancel;
    this.wire = wire;
    this.timers = timers;
    this.timings = timings;
    this.removal = removal;
    this.listener = listener;
  }

  synchronized void start() {
    wire.send(invite.message(), invite.target());
    repeatAfter(timings.t1Ms());
    timeout = timers.after(timings.transactionMs(), this::giveUp);
  }

  private void repeatAfter(long intervalMs) {
    repetition = timers.after(intervalMs, () -> repeat(intervalMs));
  }

  private synchronized void repeat(long intervalMs) {
    if (state == State.CALLING) {
      wire.send(invite.message(), invite.target());
      repeatAfter(2 * intervalMs);
    }
  }

  @Override
  public void response(SIPResponse response) {
    int status = response.getStatusCode();
    if (status < 200) {
      proceed();
    } else if (status < 300) {
      accept(response);
    } else {
      refuse(response);
    }
  }

  private synchronized void proceed() {
    if (state == State.CALLING) {
      state = State.PROCEEDING;
      repetition.cancel();
      timeout.cancel();
      timeout = timers.after(timings.transactionMs(), this::giveUp);
    }
  }

  private void accept(SIPResponse response) {
    synchronized (this) {
      if (isPending()) {
        end(State.ACCEPTED, timings.transactionMs());
      }
      if (state != State.ACCEPTED) {
        return;
      }
    }
    listener.accepted(response);
  }

  private void refuse(SIPResponse response) {
    synchronized (this) {
      boolean repeated = state == State.COMPLETED;
      if (!isPending() && !repeated) {
        return;
      }
      wire.send(acknowledgement(response), invite.target());
      if (repeated) {
        return;
      }
      end(State.COMPLETED, TIMER_D_MS);
    }
    listener.refused(response);
  }

  private boolean isPending() {
    return state == State.CALLING || state == State.PROCEEDING;
  }

  /** A final response came; the transaction stays for those that come again. */
  private void end(State finalState, long lingerMs) {
    state = finalState;
    repetition.cancel();
    timeout.cancel();
    timers.after(lingerMs, this::terminate);
  }

  private void terminate() {
    synchronized (this) {
      state = State.TERMINATED;
    }
    removal.run();
  }

  private void giveUp() {
    boolean cancels;
    synchronized (this) {
      if (!isPending()) {
        return;
      }
      cancels = state == State.PROCEEDING && !cancelled;
      if (cancels) {
        cancelled = true;
        timeout = timers.after(timings.transactionMs(), this::giveUp);
      } else {
        state = State.TERMINATED;
        repetition.cancel();
      }
    }
    if (cancels) {
      cancel.run();
    } else {
      removal.run();
      listener.unanswered();
    }
  }

  /**
   * The ACK of a final response that is no 2xx (RFC 3261 §17.1.1.3): as the INVITE, but for the
   * method and the To, which is the response's.
   */
  private byte[] acknowledgement(SIPResponse response) {
    String to = ((SIPHeader) response.getTo()).getHeaderValue();
    StringBuilder text = new StringBuilder(500);
    String[] lines = new String(invite.message(), StandardCharsets.UTF_8).split("\r\n");
    text.append(lines[0].replaceFirst("^INVITE ", "ACK ")).append("\r\n");
    for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
      String name = lines[i].substring(0, lines[i].indexOf(':'));
      switch (name) {
        case "Via", "Route", "Max-Forwards", "From", "Call-ID" ->
            text.append(lines[i]).append("\r\n");
        case "CSeq" -> text.append(lines[i].replaceFirst("INVITE$", "ACK")).append("\r\n");
        case "To" -> text.append("To: ").append(to).append("\r\n");
        default -> {}
      }
    }
    return text.append("Content-Length: 0\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8);
  }
}
