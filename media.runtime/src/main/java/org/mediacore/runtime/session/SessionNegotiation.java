package org.mediacore.runtime.session;

import java.util.List;
import java.util.Optional;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.session.Description;
import org.mediacore.api.session.DescriptionType;
import org.mediacore.api.session.Negotiation;
import org.mediacore.api.state.TransportState;
import org.mediacore.runtime.codec.CodecProvider;
import org.mediacore.runtime.negotiation.AudioNegotiator;
import org.mediacore.runtime.negotiation.NegotiatedAudio;
import org.mediacore.runtime.pipeline.EarlyPackets;
import org.mediacore.runtime.pipeline.LegMedia;
import org.mediacore.runtime.pipeline.TransportStage;
import org.mediacore.runtime.transport.TransportProvider;

/** The negotiation of a session: serialises calls and puts what was agreed into effect. */
final class SessionNegotiation implements Negotiation, AudioNegotiator.Host {
  private final CoreSession session;
  private final Platform platform;
  private final AudioNegotiator negotiator;
  private volatile TransportStage transport;
  private TransportState transportState;

  SessionNegotiation(
      CoreSession session, Platform platform, PortAllocator.Pair ports, long sessionId) {
    this.session = session;
    this.platform = platform;
    this.negotiator =
        new AudioNegotiator(this, ports.rtp().local(), ports.rtcp().local().getPort(), sessionId);
  }

  @Override
  public synchronized Description createOffer() throws MediaSetupException {
    session.requireOpen();
    return Description.offer(negotiator.offer());
  }

  @Override
  public synchronized Description createAnswer() throws MediaSetupException {
    session.requireOpen();
    return Description.answer(negotiator.answer());
  }

  @Override
  public synchronized void setLocal(Description description) throws MediaSetupException {
    session.requireOpen();
    switch (description.type()) {
      case OFFER -> {
        negotiator.offerSent(description.sdp());
        expectOffered();
      }
      case ANSWER -> {
        negotiator.answered(description.sdp(), this::apply);
        Platform.settle(session);
      }
      case ROLLBACK -> {
        negotiator.rollback();
        session.media().expect(Optional.empty());
      }
      case PRANSWER -> throw provisional();
    }
  }

  @Override
  public synchronized void setRemote(Description description) throws MediaSetupException {
    session.requireOpen();
    switch (description.type()) {
      case OFFER -> negotiator.offered(description.sdp());
      case ANSWER -> {
        negotiator.answerReceived(description.sdp(), this::apply);
        Platform.settle(session);
      }
      case ROLLBACK -> negotiator.rollback();
      case PRANSWER -> throw provisional();
    }
  }

  /** From now on the peer may send what we have offered. */
  private void expectOffered() throws MediaSetupException {
    if (session.negotiated().isEmpty()) {
      return;
    }
    session.media().expect(Optional.of(new EarlyPackets(negotiator.offeredTypes())));
    try {
      Platform.settle(session);
    } catch (MediaSetupException stuck) {
      negotiator.rollback();
      session.media().expect(Optional.empty());
      throw stuck;
    }
  }

  private static MediaSetupException provisional() {
    return new MediaSetupException(
        Reason.NOT_SUPPORTED,
        "provisional answers are not built yet; use an answer",
        DescriptionType.PRANSWER.name());
  }

  private void apply(NegotiatedAudio audio) throws MediaSetupException {
    TransportState wanted =
        TransportState.initial(
            audio.profile(),
            audio.rtcpMux(),
            audio.remoteRtp(),
            audio.remoteRtcp(),
            platform.latchPolicyOf(session.options()));
    TransportStage next =
        wanted.equals(transportState) ? transport : create(onHold(audio) ? held(wanted) : wanted);
    platform.lock().lock();
    try {
      session.apply(audio, media(audio, next));
    } catch (MediaSetupException | RuntimeException failed) {
      if (next != transport) {
        next.discard();
      }
      throw failed;
    } finally {
      platform.releaseRetired();
      platform.lock().unlock();
    }
    transport = next;
    transportState = wanted;
  }

  /** The peer wants nothing for now, without a word of where it is (RFC 3264 §8.4). */
  private boolean onHold(NegotiatedAudio audio) {
    return audio.remoteRtp().isEmpty() && transport != null;
  }

  /** On hold the peer may go on sending from where it was: music. */
  private TransportState held(TransportState wanted) throws MediaSetupException {
    TransportStage before = transport;
    TransportState now = Platform.await(session.leg().loop(), before::snapshot);
    return new TransportState(
        wanted.version(),
        wanted.profile(),
        wanted.rtcpMux(),
        wanted.signalledRtp(),
        wanted.signalledRtcp(),
        now.latchedRtp(),
        now.latchedRtcp(),
        wanted.latchPolicy());
  }

  private TransportStage create(TransportState state) throws MediaSetupException {
    TransportProvider provider =
        platform
            .transports()
            .best(candidate -> candidate.serves(state.profile()))
            .orElseThrow(
                () ->
                    new MediaSetupException(
                        Reason.NOT_SUPPORTED, "no transport is installed for", state.profile()));
    return new TransportStage(provider, state, session.leg(), session.leg());
  }

  /**
   * What was agreed with one provider goes on with another: the next instances come from it, and
   * nothing of the former one is kept. Takes the platform's lock.
   */
  synchronized void replaced(CodecProvider from, CodecProvider to) {
    negotiator.replaced(from, to);
    platform.lock().lock();
    try {
      session.media().replaced(from, to);
    } finally {
      platform.lock().unlock();
    }
  }

  /** The transport in use; empty before the first negotiation. */
  Optional<TransportStage> transport() {
    return Optional.ofNullable(transport);
  }

  private static LegMedia media(NegotiatedAudio audio, TransportStage transport) {
    return new LegMedia(
        transport,
        audio.receivePayloadType(),
        audio.sendPayloadType(),
        audio.receiveEventType(),
        audio.sendEventType(),
        audio.receiveNoiseType(),
        audio.sendNoiseType(),
        audio.parameters().descriptor().rtpClockRateHz(),
        audio.rtcpMux(),
        audio.direction().receives(),
        audio.direction().sends());
  }

  // ---- what the negotiator asks

  @Override
  public List<CodecProvider> codecs() {
    return session.codecs().toChooseFrom();
  }

  @Override
  public List<CodecProvider> codecsToOffer() {
    return session.codecs().toOffer();
  }

  @Override
  public boolean hasTransport(String profile) {
    return platform.transports().best(candidate -> candidate.serves(profile)).isPresent();
  }

  @Override
  public boolean relaysEvents() {
    return session.relaysEvents();
  }
}
