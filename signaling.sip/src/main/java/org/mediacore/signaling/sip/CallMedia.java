package org.mediacore.signaling.sip;

import java.util.List;
import java.util.Optional;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.endpoint.EndpointException;
import org.mediacore.api.session.Description;
import org.mediacore.api.session.MediaManager;
import org.mediacore.api.session.MediaSession;
import org.mediacore.api.session.Negotiation;
import org.mediacore.api.session.SessionOptions;
import org.mediacore.api.session.StreamReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call's session and its offers and answers (RFC 3264). For one thread at a time. */
final class CallMedia {
  private static final Logger LOG = LoggerFactory.getLogger(CallMedia.class);

  private Optional<MediaSession> session = Optional.empty();
  private boolean awaitingAnswer;

  /**
   * Makes the session and connects it.
   *
   * @param address what is called
   * @param offer the caller's description; empty where ours is asked for
   * @return our answer, or our offer
   */
  String open(MediaManager manager, SessionOptions options, String address, Optional<String> offer)
      throws MediaSetupException, EndpointException {
    MediaSession opened = manager.createSession(options);
    session = Optional.of(opened);
    // The description first: a call without a common codec shall not take a place in a bridge.
    if (offer.isPresent()) {
      opened.negotiation().setRemote(Description.offer(offer.get()));
    }
    manager.open(opened, address);
    return describe(opened.negotiation(), offer.isPresent());
  }

  /**
   * A new offer of the caller's, or a new one of ours. A call that throws leaves all as it was.
   *
   * @return our answer, or our offer
   */
  String change(Optional<String> offer) throws MediaSetupException {
    Negotiation negotiation = session.orElseThrow().negotiation();
    if (offer.isEmpty()) {
      return describe(negotiation, false);
    }
    negotiation.setRemote(Description.offer(offer.get()));
    try {
      return describe(negotiation, true);
    } catch (MediaSetupException e) {
      rollBack(negotiation);
      throw e;
    }
  }

  private String describe(Negotiation negotiation, boolean offered) throws MediaSetupException {
    Description ours = offered ? negotiation.createAnswer() : negotiation.createOffer();
    negotiation.setLocal(ours);
    awaitingAnswer = !offered;
    return ours.sdp();
  }

  /** An offer of ours in a call that is up. One that throws leaves all as it was. */
  String offer() throws MediaSetupException {
    try {
      return describe(session.orElseThrow().negotiation(), false);
    } catch (MediaSetupException e) {
      takeBackOffer();
      throw e;
    }
  }

  /** The peer does not answer our offer: all stays as it was. */
  void takeBackOffer() {
    awaitingAnswer = false;
    try {
      if (session.isPresent()) {
        session.get().negotiation().setLocal(Description.rollback());
      }
    } catch (MediaSetupException e) {
      LOG.warn("an offer of ours that cannot be taken back: {}", e.getMessage());
    }
  }

  private static void rollBack(Negotiation negotiation) {
    try {
      negotiation.setRemote(Description.rollback());
    } catch (MediaSetupException e) {
      LOG.warn("an offer that cannot be taken back: {}", e.getMessage());
    }
  }

  /** Whether an offer of ours has no answer yet. */
  boolean awaitsAnswer() {
    return awaitingAnswer;
  }

  /**
   * The answer to our offer.
   *
   * @return whether there is one and it can be used
   */
  boolean answer(Optional<String> sdp) {
    awaitingAnswer = false;
    if (sdp.isEmpty() || session.isEmpty()) {
      return false;
    }
    try {
      session.get().negotiation().setRemote(Description.answer(sdp.get()));
      return true;
    } catch (MediaSetupException e) {
      LOG.info("{}: the answer cannot be used: {}", id(), Refusal.phrase(e.getMessage()));
      return false;
    }
  }

  String id() {
    return session.map(MediaSession::id).orElse("-");
  }

  /** The codec in use, as its rtpmap. */
  String codec() {
    List<StreamReport> streams = session.map(open -> open.report().streams()).orElse(List.of());
    return streams.isEmpty() ? "no stream" : streams.get(0).codec();
  }

  /**
   * Ends the session, where there is one; a failure in there does not keep the call from ending.
   */
  void close() {
    Optional<MediaSession> open = session;
    session = Optional.empty();
    awaitingAnswer = false;
    try {
      open.ifPresent(MediaSession::close);
    } catch (RuntimeException e) {
      LOG.error("a session was not closed", e);
    }
  }
}
