package org.mediacore.signaling.sip;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.endpoint.EndpointException;
import org.mediacore.api.session.SessionEvent;
import org.mediacore.api.session.SessionOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call that came in: its dialog and its media session. What arrives is taken on the receiving
 * thread and done, one thing after the other, on the workers; fields without a remark belong to the
 * task that runs.
 */
final class Call {
  private static final Logger LOG = LoggerFactory.getLogger(Call.class);
  private static final String NO_DESCRIPTION = "SIP;cause=488;text=\"no usable answer in the ACK\"";
  private static final String NO_ACK = "SIP;cause=408;text=\"no ACK\"";

  private enum State {
    INVITED,
    /** We gave a 200 and wait for its ACK. */
    ANSWERED,
    CONFIRMED,
    ENDED
  }

  private final CallEnvironment environment;
  private final Dialog dialog;
  private final String inviteKey;
  private final String caller;
  private final String address;
  private final SerialQueue tasks;

  /** Guarded by the receiving thread. */
  private long remoteSequence;

  /** Whether an INVITE of the peer has no final response yet. */
  private final AtomicBoolean inviteInProgress = new AtomicBoolean(true);

  private State state = State.INVITED;
  private final CallMedia media = new CallMedia();
  private final Reoffer reoffer;
  private Optional<ServerTransaction> unacknowledged = Optional.empty();
  private long unacknowledgedSequence;
  private boolean announced;
  private Optional<Runnable> hangUpAfterAck = Optional.empty();
  private long answeredMs;

  /**
   * A call that an INVITE asks for.
   *
   * @param address what is called: the user part of the request URI, decoded
   */
  Call(CallEnvironment environment, Dialog dialog, IncomingRequest invite, String address) {
    this.environment = environment;
    this.dialog = dialog;
    this.inviteKey = inviteKey(invite);
    this.caller = invite.caller() + " (" + invite.source().getAddress().getHostAddress() + ")";
    this.address = address;
    this.remoteSequence = invite.sequence();
    this.tasks = new SerialQueue(environment.workers());
    this.reoffer = new Reoffer(environment, dialog, media, tasks, new ReofferOwner());
  }

  static String inviteKey(IncomingRequest invite) {
    return invite.callId() + ' ' + invite.fromTag() + ' ' + invite.sequence();
  }

  String inviteKey() {
    return inviteKey;
  }

  String dialogKey() {
    return dialog.key();
  }

  boolean isFromPeer(IncomingRequest request) {
    return dialog.isFromPeer(request);
  }

  /**
   * Answers the first INVITE; returns at once.
   *
   * @param started runs when a worker has taken the call on
   */
  void begin(
      ServerTransaction transaction,
      IncomingRequest invite,
      Optional<String> offer,
      Runnable started) {
    transaction.onCancel(
        () -> {
          byte[] terminated =
              environment.responses().plain(invite, 487, "Request Terminated", dialog.localTag());
          if (transaction.respond(487, terminated, () -> {})) {
            LOG.info("cancelled: {} to {}", caller, address);
            tasks.add(() -> end("cancelled"));
          }
        });
    tasks.add(
        () -> {
          started.run();
          setUp(transaction, invite, offer);
        });
  }

  private void setUp(
      ServerTransaction transaction, IncomingRequest invite, Optional<String> offer) {
    if (state == State.ENDED) {
      return;
    }
    try {
      SessionOptions options =
          SessionOptions.builder()
              .label(caller)
              .listener((source, event) -> tasks.add(() -> onEvent(event)))
              .build();
      String sdp = media.open(environment.manager(), options, address, offer);
      answer(transaction, invite, sdp);
    } catch (MediaSetupException e) {
      refuse(transaction, invite, Refusal.of(e), e.getMessage());
    } catch (EndpointException e) {
      refuse(transaction, invite, Refusal.of(e), e.getMessage());
    } catch (RuntimeException | Error e) {
      LOG.error("the call of {} to {} failed", caller, address, e);
      if (state == State.INVITED) {
        refuse(transaction, invite, Refusal.of(500, "Server Internal Error"), "internal error");
      } else {
        bye("internal error", Optional.empty(), () -> {});
      }
    }
  }

  private void answer(ServerTransaction transaction, IncomingRequest invite, String sdp) {
    byte[] ok = environment.responses().accepted(invite, dialog.localTag(), sdp);
    unacknowledged = Optional.of(transaction);
    unacknowledgedSequence = invite.sequence();
    inviteInProgress.set(false);
    if (!transaction.respond(200, ok, () -> tasks.add(() -> noAck(transaction)))) {
      end("cancelled");
      return;
    }
    if (state == State.INVITED) {
      answeredMs = environment.nowMs().getAsLong();
    }
    state = State.ANSWERED;
    if (!media.awaitsAnswer()) {
      announce();
    }
  }

  private void refuse(
      ServerTransaction transaction, IncomingRequest invite, Refusal refusal, String why) {
    LOG.info(
        "refused {} to {}: {} {}",
        caller,
        address,
        refusal.status(),
        IncomingRequest.printable(String.valueOf(why)));
    // First the session, so that nothing is taken any more when the caller hears.
    end("refused");
    byte[] response = environment.responses().refusal(invite, refusal, dialog.localTag());
    transaction.respond(refusal.status(), response, () -> {});
  }

  /**
   * A request inside the dialog, other than ACK. Called on the receiving thread; returns at once.
   *
   * @param body of a re-INVITE
   */
  void request(ServerTransaction transaction, IncomingRequest request, SdpBody body) {
    boolean invite = request.method().equals("INVITE");
    if (request.sequence() <= remoteSequence) {
      refuseInDialog(transaction, request, Refusal.of(500, "Server Internal Error (out of order)"));
      return;
    }
    remoteSequence = request.sequence();
    if (invite && !inviteInProgress.compareAndSet(false, true)) {
      Refusal pending =
          Refusal.of(500, "Server Internal Error (an INVITE is pending)", "Retry-After", "5");
      refuseInDialog(transaction, request, pending);
      return;
    }
    Runnable task =
        invite
            ? () -> renegotiate(transaction, request, body)
            : () -> finishedByPeer(transaction, request);
    if (!tasks.offer(task)) {
      refuseInDialog(transaction, request, Refusal.unavailable("too many requests in one call"));
      inviteInProgress.compareAndSet(invite, false);
    }
  }

  private void refuseInDialog(
      ServerTransaction transaction, IncomingRequest request, Refusal refusal) {
    byte[] response = environment.responses().refusal(request, refusal, dialog.localTag());
    transaction.respond(refusal.status(), response, () -> {});
  }

  private void finishedByPeer(ServerTransaction transaction, IncomingRequest bye) {
    if (state == State.ENDED) {
      Refusal gone = Refusal.of(481, "Call/Transaction Does Not Exist");
      refuseInDialog(transaction, bye, gone);
      return;
    }
    // First the session, so that its ports and its place in a bridge are free when the caller
    // hears.
    end("hung up by the caller");
    byte[] ok = environment.responses().plain(bye, 200, "OK", dialog.localTag());
    transaction.respond(200, ok, () -> {});
  }

  private void renegotiate(ServerTransaction transaction, IncomingRequest invite, SdpBody body) {
    if (state == State.ENDED) {
      refuseReinvite(transaction, invite, Refusal.of(481, "Call/Transaction Does Not Exist"));
    } else if (media.awaitsAnswer()) {
      // Our offer is not answered yet: glare (RFC 3261 §14.2).
      refuseReinvite(transaction, invite, Refusal.of(491, "Request Pending"));
    } else if (body.refusal().isPresent()) {
      refuseReinvite(transaction, invite, body.refusal().get());
    } else {
      change(transaction, invite, body.sdp());
    }
  }

  private void change(
      ServerTransaction transaction, IncomingRequest invite, Optional<String> offer) {
    try {
      String sdp = media.change(offer);
      unacknowledged.ifPresent(ServerTransaction::acknowledged);
      dialog.refreshTarget(invite.message());
      answer(transaction, invite, sdp);
    } catch (MediaSetupException e) {
      refuseReinvite(transaction, invite, Refusal.of(e));
    } catch (RuntimeException | Error e) {
      LOG.error("the change of the call of {} to {} failed", caller, address, e);
      refuseReinvite(transaction, invite, Refusal.of(500, "Server Internal Error"));
    }
  }

  private void refuseReinvite(
      ServerTransaction transaction, IncomingRequest invite, Refusal refusal) {
    inviteInProgress.set(false);
    refuseInDialog(transaction, invite, refusal);
    reoffer.goOn();
  }

  /** The ACK for a 2xx of ours. Called on the receiving thread; returns at once. */
  void acknowledge(IncomingRequest ack, SdpBody body) {
    tasks.add(() -> acknowledged(ack, body));
  }

  private void acknowledged(IncomingRequest ack, SdpBody body) {
    if (unacknowledged.isEmpty() || ack.sequence() != unacknowledgedSequence) {
      return;
    }
    unacknowledged.get().acknowledged();
    unacknowledged = Optional.empty();
    if (state != State.ANSWERED) {
      return;
    }
    state = State.CONFIRMED;
    if (media.awaitsAnswer() && !media.answer(body.sdp())) {
      bye("no usable answer in the ACK", Optional.of(NO_DESCRIPTION), () -> {});
      return;
    }
    announce();
    hangUpAfterAck.ifPresent(Runnable::run);
    reoffer.goOn();
  }

  private void noAck(ServerTransaction transaction) {
    if (unacknowledged.equals(Optional.of(transaction))) {
      bye("no ACK came", Optional.of(NO_ACK), () -> {});
    }
  }

  private void onEvent(SessionEvent event) {
    if (event instanceof SessionEvent.PeerFinished finished) {
      hangUp("finished: " + finished.peer(), Optional.empty());
    } else if (event instanceof SessionEvent.MediaInactive inactive) {
      String text = "no media for " + inactive.silentMs() / 1000 + " s";
      hangUp(text, Optional.of("SIP;cause=408;text=\"" + text + "\""));
    } else if (event instanceof SessionEvent.RenegotiationNeeded needed) {
      reoffer.want(needed.why());
    } else {
      hangUp("the session was closed", Optional.empty());
    }
  }

  /** Ends the call from our side as soon as the caller's ACK permits it (RFC 3261 §15). */
  private void hangUp(String why, Optional<String> reason) {
    if (state == State.CONFIRMED) {
      bye(why, reason, () -> {});
    } else if (state != State.ENDED) {
      hangUpAfterAck = Optional.of(() -> bye(why, reason, () -> {}));
    }
  }

  /**
   * Ends the call because we stop; returns at once.
   *
   * @param done runs when the caller knows, or cannot be told
   */
  void shutDown(Runnable done) {
    tasks.add(
        () -> {
          if (state == State.ENDED || state == State.INVITED) {
            end("shutting down");
            done.run();
          } else {
            bye("shutting down", Optional.empty(), done);
          }
        });
  }

  private void bye(String why, Optional<String> reason, Runnable done) {
    if (state == State.ENDED) {
      done.run();
      return;
    }
    end(why);
    String branch = environment.tokens().branch();
    try {
      Dialog.Outgoing bye = dialog.bye(environment.listen(), branch, reason);
      environment.requests().send(bye, done);
    } catch (IOException e) {
      LOG.info(
          "{} cannot be told that the call is over: {}",
          caller,
          IncomingRequest.printable(e.toString()));
      done.run();
    }
  }

  /** What a re-INVITE of ours asks of the call. */
  private final class ReofferOwner implements Reoffer.Owner {
    @Override
    public boolean isFree() {
      return state == State.CONFIRMED
          && unacknowledged.isEmpty()
          && !inviteInProgress.get()
          && !media.awaitsAnswer();
    }

    @Override
    public void lost(String why) {
      bye(why, Optional.empty(), () -> {});
    }
  }

  private void announce() {
    if (!announced) {
      announced = true;
      LOG.info("call {} from {} to {}: {}", media.id(), caller, address, media.codec());
    }
  }

  private void end(String why) {
    if (state == State.ENDED) {
      return;
    }
    boolean answered = state != State.INVITED;
    state = State.ENDED;
    unacknowledged.ifPresent(ServerTransaction::acknowledged);
    unacknowledged = Optional.empty();
    String id = media.id();
    media.close();
    if (answered) {
      long durationMs = environment.nowMs().getAsLong() - answeredMs;
      LOG.info(
          "call {} ended after {}.{} s: {}",
          id,
          durationMs / 1000,
          durationMs % 1000 / 100,
          IncomingRequest.printable(why));
    }
    environment.ended().accept(this);
  }
}
