package org.mediacore.signaling.sip;

import gov.nist.javax.sip.message.SIPResponse;
import java.io.IOException;
import java.util.Optional;
import org.mediacore.api.MediaSetupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers the peer of a call that is up other codecs, by a re-INVITE (RFC 3261 §14.1). Whatever
 * becomes of it, the call goes on, with the new codec or as it was; only a peer that says it knows
 * of no such call (481, 408) ends it. All but the constructor runs as a task of the call.
 */
final class Reoffer {
  private static final Logger LOG = LoggerFactory.getLogger(Reoffer.class);
  private static final int MAX_ATTEMPTS = 5;

  /** RFC 3261 §14.1: who did not make the Call-ID waits from 0 to 2 s in units of 10 ms. */
  private static final int GLARE_STEPS = 200;

  private static final int GLARE_STEP_MS = 10;

  /** The call that it is for. */
  interface Owner {
    /** Whether no INVITE is in progress, of either side. */
    boolean isFree();

    /** The peer does not know the call. */
    void lost(String why);
  }

  private final CallEnvironment environment;
  private final Dialog dialog;
  private final CallMedia media;
  private final SerialQueue tasks;
  private final Owner owner;
  private boolean wanted;
  private boolean waiting;
  private int attempts;
  private String codec = "";

  Reoffer(
      CallEnvironment environment, Dialog dialog, CallMedia media, SerialQueue tasks, Owner owner) {
    this.environment = environment;
    this.dialog = dialog;
    this.media = media;
    this.tasks = tasks;
    this.owner = owner;
  }

  /** The codec in use has no provider left: another one is offered as soon as that may be. */
  void want(String why) {
    wanted = true;
    attempts = 0;
    codec = media.codec();
    LOG.info("call {}: {}; offering other codecs", media.id(), why);
    goOn();
  }

  /** Offers what is wanted, where nothing stands against it; asked again when that has changed. */
  void goOn() {
    if (!wanted || waiting || !owner.isFree()) {
      return;
    }
    wanted = false;
    if (media.codec().equals(codec)) {
      send();
    } // else the peer has changed it meanwhile
  }

  private void send() {
    attempts++;
    try {
      String sdp = media.offer();
      String branch = environment.tokens().branch();
      Dialog.Outgoing invite =
          dialog.invite(environment.listen(), branch, environment.responses().ofInvite(), sdp);
      Dialog.Outgoing cancel = dialog.cancel(environment.listen(), branch);
      environment.requests().invite(invite, cancel, new Attempt(dialog.localSequence()));
    } catch (MediaSetupException | IOException e) {
      stays("nothing can be offered: " + e);
    }
  }

  private void stays(String why) {
    media.takeBackOffer();
    LOG.info("call {} stays with {}: {}", media.id(), codec, IncomingRequest.printable(why));
    goOn();
  }

  /** One re-INVITE; hears of it on the receiving thread. */
  private final class Attempt implements InviteTransaction.Listener {
    private final long sequence;
    private Optional<Dialog.Outgoing> ack = Optional.empty();

    Attempt(long sequence) {
      this.sequence = sequence;
    }

    @Override
    public void accepted(SIPResponse response) {
      tasks.add(() -> take(response));
    }

    /** Each 2xx gets the same ACK; the first one is the answer. */
    private void take(SIPResponse response) {
      if (ack.isPresent()) {
        environment.requests().acknowledge(ack.get());
        return;
      }
      dialog.refreshTarget(response);
      try {
        ack =
            Optional.of(dialog.ack(environment.listen(), environment.tokens().branch(), sequence));
        environment.requests().acknowledge(ack.get());
      } catch (IOException e) {
        LOG.info("call {}: the peer's new address cannot be used: {}", media.id(), e.toString());
      }
      if (!media.awaitsAnswer()) {
        return; // the call has ended meanwhile
      }
      if (media.answer(SdpBody.of(response).sdp())) {
        LOG.info("call {}: {} instead of {}", media.id(), media.codec(), codec);
        goOn();
      } else {
        stays("the answer cannot be used");
      }
    }

    @Override
    public void refused(SIPResponse response) {
      int status = response.getStatusCode();
      String what = status + " " + response.getReasonPhrase();
      tasks.add(() -> refused(status, what));
    }

    private void refused(int status, String what) {
      if (!media.awaitsAnswer()) {
        return; // as above
      }
      if (status == 481 || status == 408) {
        media.takeBackOffer();
        owner.lost("the re-INVITE was answered with " + IncomingRequest.printable(what));
      } else if (status == 491 && attempts < MAX_ATTEMPTS) {
        media.takeBackOffer();
        again();
      } else {
        stays(what);
      }
    }

    @Override
    public void unanswered() {
      tasks.add(
          () -> {
            if (media.awaitsAnswer()) {
              stays("the re-INVITE was not answered");
            }
          });
    }
  }

  /** Both sides have offered at the same time: later, and not both at the same time again. */
  private void again() {
    wanted = true;
    waiting = true;
    long delayMs = (long) environment.tokens().upTo(GLARE_STEPS) * GLARE_STEP_MS;
    environment
        .timers()
        .after(
            delayMs,
            () ->
                tasks.add(
                    () -> {
                      waiting = false;
                      goOn();
                    }));
  }
}
