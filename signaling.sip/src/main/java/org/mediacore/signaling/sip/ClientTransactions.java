package org.mediacore.signaling.sip;

import gov.nist.javax.sip.message.SIPResponse;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Requests of ours that wait for their answer (RFC 3261 §17.1). Safe for use by several threads.
 */
final class ClientTransactions {
  private final ConcurrentMap<String, ClientTransaction> pending = new ConcurrentHashMap<>();
  private final Wire wire;
  private final Timers timers;
  private final SipTimings timings;

  ClientTransactions(Wire wire, Timers timers, SipTimings timings) {
    this.wire = wire;
    this.timers = timers;
    this.timings = timings;
  }

  /**
   * Sends a request other than INVITE until it is answered, or for 64 times T1.
   *
   * @param done runs once, when the final response came or nothing more is to be hoped for
   */
  void send(Dialog.Outgoing request, Runnable done) {
    String key = key(request.branch(), request.method());
    Runnable removal = () -> pending.remove(key);
    RequestTransaction transaction =
        new RequestTransaction(request, wire, timers, timings, removal, done);
    pending.put(key, transaction);
    transaction.start();
  }

  /**
   * Sends an INVITE.
   *
   * @param cancel takes it back where the peer has it but does not decide
   */
  void invite(Dialog.Outgoing invite, Dialog.Outgoing cancel, InviteTransaction.Listener listener) {
    String key = key(invite.branch(), invite.method());
    InviteTransaction transaction =
        new InviteTransaction(
            invite,
            () -> send(cancel, () -> {}),
            wire,
            timers,
            timings,
            () -> pending.remove(key),
            listener);
    pending.put(key, transaction);
    transaction.start();
  }

  /** Sends the ACK for a 2xx: nothing answers it, a repeated 2xx asks for it again. */
  void acknowledge(Dialog.Outgoing ack) {
    wire.send(ack.message(), ack.target());
  }

  /** A response came; one that answers nothing of ours is dropped. */
  void response(SIPResponse response) {
    String branch = response.getTopmostVia().getBranch();
    ClientTransaction transaction =
        branch == null ? null : pending.get(key(branch, response.getCSeq().getMethod()));
    if (transaction != null) {
      transaction.response(response);
    }
  }

  /** RFC 3261 §17.1.3: a CANCEL has the branch of its INVITE. */
  private static String key(String branch, String method) {
    return branch + ' ' + method;
  }

  /** A request of ours on its way. */
  interface ClientTransaction {
    /** A response to it came. */
    void response(SIPResponse response);
  }
}
