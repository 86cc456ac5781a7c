package org.mediacore.runtime.negotiation;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.runtime.codec.CodecProvider;
import org.mediacore.runtime.negotiation.AudioSelector.Choice;
import org.mediacore.sdp.Connection;
import org.mediacore.sdp.Direction;
import org.mediacore.sdp.MediaDescription;
import org.mediacore.sdp.Origin;
import org.mediacore.sdp.RtcpAttribute;
import org.mediacore.sdp.RtpFormat;
import org.mediacore.sdp.SessionDescription;
import org.mediacore.sdp.Timing;
import org.mediacore.sdp.negotiation.AgreedFormat;
import org.mediacore.sdp.negotiation.AgreedMedia;
import org.mediacore.sdp.negotiation.AnswerCheck;
import org.mediacore.sdp.negotiation.AnswerPlan;
import org.mediacore.sdp.negotiation.MediaAnswer;
import org.mediacore.sdp.negotiation.NextOffer;
import org.mediacore.sdp.negotiation.OfferAnswer;

/**
 * Offer and answer of one session with one audio stream (RFC 3264): text in, text out, and what was
 * agreed as a value. Knows no ports, loops or pipelines. Used by one thread at a time. A call that
 * throws changes nothing.
 */
public final class AudioNegotiator {
  private static final String PROFILE = "RTP/AVP";
  private static final int NO_STREAM = -1;
  private static final int MOST_REASONS = 3;

  /** What is done with an agreement before it counts. */
  @FunctionalInterface
  public interface Effect {
    /** Puts it into effect, or throws and leaves all as it was. */
    void apply(NegotiatedAudio agreed) throws MediaSetupException;
  }

  /** What the negotiator asks of its session. */
  public interface Host {
    /** The codecs to choose from, the most wanted first. */
    List<CodecProvider> codecs();

    /** The codecs for an offer of ours, the most wanted first. */
    List<CodecProvider> codecsToOffer();

    /** Whether there is a transport for an SDP transport protocol. */
    boolean hasTransport(String profile);

    /** Whether telephone events that come in are passed on to another peer. */
    boolean relaysEvents();
  }

  private final Host host;
  private final InetSocketAddress rtp;
  private final int rtcpPort;
  private final Origin origin;
  private final OurFormats formats = new OurFormats();

  private Optional<SessionDescription> local = Optional.empty();
  private Optional<SessionDescription> remote = Optional.empty();
  private Optional<SessionDescription> localOffer = Optional.empty();
  private Optional<RemoteOffer> remoteOffer = Optional.empty();
  private int stream = NO_STREAM;
  private Optional<NegotiatedAudio> current = Optional.empty();

  /** An offer that waits for our answer; without a choice it takes the stream in use away. */
  private record RemoteOffer(SessionDescription offer, int stream, Optional<Choice> choice) {}

  /**
   * @param rtp our RTP address
   * @param rtcpPort our RTCP port where it is not shared
   * @param sessionId the session id of our origin line
   */
  public AudioNegotiator(Host host, InetSocketAddress rtp, int rtcpPort, long sessionId) {
    this.host = host;
    this.rtp = rtp;
    this.rtcpPort = rtcpPort;
    this.origin = Origin.of(sessionId, 1, rtp.getAddress().getHostAddress());
  }

  // ---- the peer offers

  /** Takes the peer's offer. */
  public void offered(String sdp) throws MediaSetupException {
    if (localOffer.isPresent() || remoteOffer.isPresent()) {
      throw state("an offer is already waiting for its answer");
    }
    SessionDescription offer = Descriptions.parse(sdp);
    if (remote.isPresent()) {
      Descriptions.requireNone(AnswerCheck.successorProblems(remote.get(), offer));
    }
    for (int index : candidates(offer)) {
      MediaDescription media = offer.media().get(index);
      Optional<Choice> choice = AudioSelector.choose(media, host.codecs());
      if (choice.isPresent()) {
        requireSameFamily(RemoteAddress.of(media.connection(), media.port()));
        formats.requireSameMeaning(media);
        remoteOffer = Optional.of(new RemoteOffer(offer, index, choice));
        return;
      }
    }
    if (takesAway(offer)) {
      remoteOffer = Optional.of(new RemoteOffer(offer, stream, Optional.empty()));
      return;
    }
    throw new MediaSetupException(
        Reason.NO_COMMON_CODEC,
        "no audio stream of the offer can be used" + whyRefused(offer),
        Descriptions.summary(offer));
  }

  /** In a few words, however long the offer: an answer is not to be larger than what asked. */
  private String whyRefused(SessionDescription offer) {
    Set<String> reasons = new LinkedHashSet<>();
    for (int index : candidates(offer)) {
      reasons.addAll(RefusedFormats.reasons(offer.media().get(index), host.codecs()));
    }
    if (reasons.isEmpty()) {
      return "";
    }
    List<String> told = reasons.stream().limit(MOST_REASONS).toList();
    return " (" + String.join("; ", told) + (told.size() < reasons.size() ? "; ..." : "") + ")";
  }

  /**
   * Whether the stream in use is offered with port 0 (RFC 3264 §8.2), which is answered in kind.
   */
  private boolean takesAway(SessionDescription offer) {
    return stream != NO_STREAM && offer.media().get(stream).isRefused();
  }

  /** A port of one address family cannot send to the other. */
  private void requireSameFamily(Optional<InetSocketAddress> remote) throws MediaSetupException {
    if (remote.isPresent() && remote.get().getAddress().getClass() != rtp.getAddress().getClass()) {
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED,
          "the address is not of the family of " + rtp.getAddress().getHostAddress(),
          remote.get().getAddress().getHostAddress());
    }
  }

  /** The streams that could be taken: the one in use first, since it keeps its slot. */
  private List<Integer> candidates(SessionDescription offer) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < offer.media().size(); i++) {
      if (AudioSelector.isCandidate(offer.media().get(i), host::hasTransport)) {
        found.add(i == stream ? 0 : found.size(), i);
      }
    }
    return found;
  }

  /** Our answer to the offer that waits. */
  public String answer() throws MediaSetupException {
    return describeAnswer(waitingOffer()).toText();
  }

  private RemoteOffer waitingOffer() throws MediaSetupException {
    return remoteOffer.orElseThrow(() -> state("there is no offer to answer"));
  }

  private SessionDescription describeAnswer(RemoteOffer waiting) throws MediaSetupException {
    List<MediaAnswer> answers = new ArrayList<>();
    for (int i = 0; i < waiting.offer().media().size(); i++) {
      answers.add(
          i == waiting.stream() && waiting.choice().isPresent()
              ? accept(waiting.offer().media().get(i), waiting.choice().get())
              : MediaAnswer.refuse());
    }
    AnswerPlan plan = AnswerPlan.of(origin, connection(), answers);
    return OfferAnswer.answer(
        waiting.offer(), local.isPresent() ? plan.withPrevious(local.get()) : plan);
  }

  private MediaAnswer accept(MediaDescription media, Choice choice) throws MediaSetupException {
    return MediaAnswer.accept(rtp.getPort(), formats.toAnswer(media, choice, host.relaysEvents()))
        .withPtimeMs(choice.parameters().frameDurationUs() / 1000.0)
        .withRtcpMux(true)
        .withRtcpPort(rtcpPort);
  }

  /** Our answer takes effect. */
  public NegotiatedAudio answered(String sdp) throws MediaSetupException {
    return answered(sdp, agreed -> {});
  }

  /** As above; where {@code effect} throws, nothing was agreed. */
  public NegotiatedAudio answered(String sdp, Effect effect) throws MediaSetupException {
    RemoteOffer waiting = waitingOffer();
    SessionDescription answer = Descriptions.parse(sdp);
    Descriptions.requireNone(AnswerCheck.problems(waiting.offer(), answer));
    NegotiatedAudio negotiated;
    if (waiting.choice().isPresent()) {
      AgreedMedia agreed = AgreedMedia.of(answer, waiting.offer(), false).get(waiting.stream());
      negotiated = negotiated(agreed, waiting.choice().get());
    } else {
      negotiated = current.orElseThrow().withoutMedia();
    }
    effect.apply(negotiated);
    settle(answer, waiting.offer(), waiting.stream(), negotiated);
    return negotiated;
  }

  // ---- we offer

  /** Our offer: all codecs there are, in the order of preference. */
  public String offer() throws MediaSetupException {
    if (remoteOffer.isPresent()) {
      throw state("the peer's offer waits for an answer");
    }
    MediaDescription media = describeOffer();
    if (local.isEmpty() || remote.isEmpty()) {
      return SessionDescription.builder()
          .origin(origin)
          .connection(connection())
          .timing(Timing.PERMANENT)
          .media(List.of(media))
          .build()
          .toText();
    }
    NextOffer next = NextOffer.after(local.get(), remote.get());
    if (stream == NO_STREAM) {
      next.add(media);
    } else {
      next.change(stream, media);
    }
    return next.build().toText();
  }

  private MediaDescription describeOffer() throws MediaSetupException {
    MediaDescription.Builder builder =
        MediaDescription.builder("audio", rtp.getPort(), PROFILE)
            .rtpFormats(formats.toOffer(host.codecsToOffer(), host.relaysEvents()))
            .direction(Direction.SENDRECV)
            .rtcpMux(true);
    if (stream != NO_STREAM) {
      local.flatMap(before -> before.media().get(stream).mid()).ifPresent(builder::mid);
    }
    if (rtcpPort != rtp.getPort() + 1) {
      builder.rtcp(new RtcpAttribute(rtcpPort));
    }
    return builder.build();
  }

  /** Our offer was sent. */
  public void offerSent(String sdp) throws MediaSetupException {
    if (localOffer.isPresent() || remoteOffer.isPresent()) {
      throw state("an offer is already waiting for its answer");
    }
    localOffer = Optional.of(Descriptions.parse(sdp));
  }

  /** The payload types in our offer that waits. */
  public List<Integer> offeredTypes() {
    return localOffer.stream()
        .flatMap(offer -> offer.media().stream())
        .filter(media -> !media.isRefused())
        .flatMap(media -> media.rtpFormats().stream())
        .map(RtpFormat::payloadType)
        .toList();
  }

  /** The peer answered our offer. */
  public NegotiatedAudio answerReceived(String sdp) throws MediaSetupException {
    return answerReceived(sdp, agreed -> {});
  }

  /** As above; where {@code effect} throws, nothing was agreed. */
  public NegotiatedAudio answerReceived(String sdp, Effect effect) throws MediaSetupException {
    SessionDescription offer =
        localOffer.orElseThrow(() -> state("there is no offer of ours to answer"));
    SessionDescription answer = Descriptions.parse(sdp);
    Descriptions.requireNone(AnswerCheck.problems(offer, answer));
    for (AgreedMedia agreed : AgreedMedia.of(offer, answer, true)) {
      Optional<Choice> choice =
          agreed.isAccepted()
              ? AudioSelector.chooseOfAnswer(
                  agreed.remote(),
                  agreed.formats().stream().map(AgreedFormat::remote).toList(),
                  host.codecs())
              : Optional.empty();
      if (choice.isPresent()) {
        formats.requireSameMeaning(agreed.remote());
        NegotiatedAudio negotiated = negotiated(agreed, choice.get());
        effect.apply(negotiated);
        settle(offer, answer, agreed.index(), negotiated);
        return negotiated;
      }
    }
    throw new MediaSetupException(
        Reason.NO_COMMON_CODEC,
        "the answer has no audio stream that can be used",
        Descriptions.summary(answer));
  }

  /** Takes back whatever offer waits. */
  public void rollback() {
    localOffer = Optional.empty();
    remoteOffer = Optional.empty();
  }

  // ---- both

  private NegotiatedAudio negotiated(AgreedMedia agreed, Choice choice) throws MediaSetupException {
    AgreedFormat codec =
        agreed.formats().stream()
            .filter(f -> f.remote().encoding().equals(choice.format().encoding()))
            .findFirst()
            .orElseThrow(() -> state("the codec of the answer is not the one agreed on"));
    requireSameFamily(RemoteAddress.of(agreed.remoteConnection(), agreed.remotePort()));
    requireSameFamily(RemoteAddress.of(agreed.remoteRtcpConnection(), agreed.remoteRtcpPort()));
    int clockRateHz = choice.provider().descriptor().rtpClockRateHz();
    Optional<AgreedFormat> events = beside(agreed, AudioSelector.EVENTS, clockRateHz);
    Optional<AgreedFormat> noise =
        choice.provider().describesPauses()
            ? beside(agreed, AudioSelector.NOISE, clockRateHz)
            : Optional.empty();
    return new NegotiatedAudio(
        choice.provider(),
        choice.parameters(),
        agreed.remote().protocol(),
        codec.local().payloadType(),
        codec.remote().payloadType(),
        events.map(f -> f.local().payloadType()).orElse(-1),
        events.map(f -> f.remote().payloadType()).orElse(-1),
        noise.map(f -> f.local().payloadType()).orElse(-1),
        noise.map(f -> f.remote().payloadType()).orElse(-1),
        agreed.direction(),
        RemoteAddress.of(agreed.remoteConnection(), agreed.remotePort()),
        RemoteAddress.of(agreed.remoteRtcpConnection(), agreed.remoteRtcpPort()),
        agreed.rtcpMux(),
        (int) agreed.remoteMaxPtimeMs().orElse(0));
  }

  private static Optional<AgreedFormat> beside(
      AgreedMedia agreed, String encoding, int clockRateHz) {
    return agreed.formats().stream()
        .filter(f -> AudioSelector.isBeside(f.local().encoding(), encoding, clockRateHz))
        .findFirst();
  }

  private void settle(
      SessionDescription newLocal,
      SessionDescription newRemote,
      int newStream,
      NegotiatedAudio negotiated) {
    current = Optional.of(negotiated);
    local = Optional.of(newLocal);
    remote = Optional.of(newRemote);
    stream = newStream;
    formats.bindRemote(newRemote.media().get(newStream)); // only what was agreed binds
    rollback();
  }

  /** What a provider provides comes from another one now; what was agreed stays. */
  public void replaced(CodecProvider from, CodecProvider to) {
    current = current.map(audio -> audio.provider() == from ? audio.by(to) : audio);
  }

  private Connection connection() {
    return Connection.of(rtp.getAddress().getHostAddress());
  }

  private static MediaSetupException state(String what) {
    return new MediaSetupException(Reason.WRONG_STATE, what, "");
  }
}
