package org.mediacore.runtime.session;

import java.io.IOException;
import java.util.Optional;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.session.AudioPort;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.MediaPeer;
import org.mediacore.api.session.MediaSession;
import org.mediacore.api.session.Negotiation;
import org.mediacore.api.session.SessionEvent;
import org.mediacore.api.session.SessionOptions;
import org.mediacore.api.session.SessionReport;
import org.mediacore.runtime.codec.CodecProvider;
import org.mediacore.runtime.loop.MediaLoop;
import org.mediacore.runtime.negotiation.NegotiatedAudio;
import org.mediacore.runtime.pipeline.AudioLeg;
import org.mediacore.runtime.pipeline.DecodeStage;
import org.mediacore.runtime.pipeline.EarlyPackets;
import org.mediacore.runtime.pipeline.EncodeStage;
import org.mediacore.runtime.pipeline.Inbound;
import org.mediacore.runtime.pipeline.LegMedia;
import org.mediacore.runtime.pipeline.TransportStage;
import org.mediacore.runtime.plan.LegFacts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session: its leg on a loop, what was agreed, and what it is connected to. */
final class CoreSession implements MediaSession {
  private static final Logger LOG = LoggerFactory.getLogger(CoreSession.class);

  private final String id;
  private final SessionOptions options;
  private final Platform platform;
  private final AudioLeg leg;
  private final SessionNegotiation negotiation;
  private final Runnable onClosed;
  private final long createdNs;
  private final SessionProcessing processing;
  private final CodecStages stages;
  private volatile Optional<NegotiatedAudio> negotiated = Optional.empty();
  private volatile Optional<Link> link = Optional.empty();
  private volatile boolean closed;
  private LegMedia pendingMedia;
  private final SessionCodecs codecs;

  /**
   * @param onClosed told once, when the session takes no calls any more
   */
  CoreSession(
      String id,
      SessionOptions options,
      Platform platform,
      PortAllocator.Pair ports,
      MediaLoop loop,
      SessionIdentity identity,
      Runnable onClosed) {
    this.id = id;
    this.options = options;
    this.platform = platform;
    this.onClosed = onClosed;
    this.createdNs = loop.nowNs();
    this.processing =
        new SessionProcessing(
            id,
            options.processing().orElse(platform.settings().processing()),
            platform.processors());
    this.codecs = new SessionCodecs(this, platform.codecs());
    this.stages = new CodecStages(platform.codecs(), processing);
    this.leg =
        new AudioLeg(ports.rtp(), ports.rtcp(), identity.random(), new LegWatch(this), createdNs);
    this.negotiation = new SessionNegotiation(this, platform, ports, identity.sessionId());
    loop.addLoad(1);
    attachTo(loop);
  }

  // ---- the API

  @Override
  public String id() {
    return id;
  }

  @Override
  public String describe() {
    return options.label().isEmpty() ? "session " + id : options.label();
  }

  @Override
  public Negotiation negotiation() {
    return negotiation;
  }

  @Override
  public void connect(MediaPeer peer, ConnectOptions connectOptions) throws MediaSetupException {
    Link next = linkTo(peer, connectOptions);
    platform.lock().lock();
    try {
      requireOpen();
      if (peer instanceof CoreSession other) {
        other.requireOpen();
      }
      if (link.isPresent() && link.get() == next) {
        return;
      }
      next.prepare(this);
      leaveFor(peer);
      next.join(this);
    } finally {
      platform.releaseRetired();
      platform.lock().unlock();
    }
    Platform.settle(this);
  }

  /** Leaves what both are connected to; the instances that were prepared stay. */
  private void leaveFor(MediaPeer peer) {
    CoreSession other = peer instanceof CoreSession session ? session : this;
    stages.hold(true);
    other.stages.hold(true);
    try {
      if (link.isPresent() && link.get() instanceof PairLink pair && pair.joins(this, other)) {
        pair.dissolve();
        return;
      }
      link.ifPresent(current -> current.leave(this));
      other.link.ifPresent(current -> current.leave(other));
    } finally {
      stages.hold(false);
      other.stages.hold(false);
    }
  }

  private Link linkTo(MediaPeer peer, ConnectOptions connectOptions) throws MediaSetupException {
    if (peer instanceof CoreSession other) {
      return new PairLink(this, other, connectOptions, platform);
    }
    if (peer instanceof Link room) {
      return room;
    }
    if (peer instanceof AudioPort port) {
      return PortLink.of(port, platform);
    }
    throw new MediaSetupException(
        Reason.NOT_SUPPORTED,
        "a session can be connected to a session, a room of this platform or an audio port",
        peer.describe());
  }

  @Override
  public SessionReport report() {
    return SessionReports.of(this);
  }

  @Override
  public void close() {
    platform.lock().lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      link.ifPresent(current -> current.leave(this));
      stages.keep(false, false);
      stages.endFormer();
      platform.retire(leg.loop(), stages.takeRetired());
      MediaLoop loop = leg.loop();
      loop.execute(
          () -> {
            loop.addLoad(-1);
            leg.close();
          });
    } finally {
      platform.releaseRetired();
      platform.lock().unlock();
    }
    onClosed.run();
    tell(new SessionEvent.Closed());
  }

  void requireOpen() throws MediaSetupException {
    if (closed) {
      throw new MediaSetupException(Reason.WRONG_STATE, "the session is closed", id);
    }
  }

  // ---- for the control side, under the platform's lock

  /** What was agreed takes effect: the transport, the payload types, the pipelines. */
  void apply(NegotiatedAudio audio, LegMedia media) throws MediaSetupException {
    requireOpen();
    Optional<NegotiatedAudio> before = negotiated;
    CodecStages.Saved saved = stages.save();
    negotiated = Optional.of(audio);
    pendingMedia = media;
    try {
      if (link.isPresent() && (before.isEmpty() || changesPipeline(before.get(), audio))) {
        if (before.isPresent() && changesCodec(before.get(), audio)) {
          stages.setAside();
        }
        link.get().rebuild(this);
      }
    } catch (MediaSetupException failed) {
      negotiated = before;
      pendingMedia = null;
      stages.restore(saved);
      throw failed;
    }
    codecs.agreed(audio.provider());
    configurePending();
  }

  private static boolean changesPipeline(NegotiatedAudio before, NegotiatedAudio now) {
    return before.provider() != now.provider()
        || !before.parameters().equals(now.parameters())
        || before.maxPtimeMs() != now.maxPtimeMs()
        || before.direction() != now.direction();
  }

  private static boolean changesCodec(NegotiatedAudio before, NegotiatedAudio now) {
    return before.receivePayloadType() != now.receivePayloadType()
        && !before.parameters().equals(now.parameters());
  }

  private void configurePending() {
    LegMedia media = pendingMedia;
    if (media != null) {
      pendingMedia = null;
      leg.loop()
          .execute(
              () -> {
                leg.configure(media);
                leg.giveEarly();
              });
    }
  }

  /** Keeps packets of what was offered until the answer takes effect; empty: not any more. */
  void expect(Optional<EarlyPackets> early) {
    platform.lock().lock();
    try {
      leg.loop().execute(() -> leg.expect(early.orElse(null)));
    } finally {
      platform.lock().unlock();
    }
  }

  /** Replaces what incoming packets do. */
  void install(Inbound inbound, boolean keepDecoder, boolean keepEncoder) {
    leg.loop().execute(installation(inbound, keepDecoder, keepEncoder));
  }

  /**
   * A command for the loop that replaces what incoming packets do, in one step with a new
   * configuration that waits; codec instances that are not kept are closed once the loop has let go
   * of them. Where two sessions are concerned, both commands belong into one.
   */
  Runnable installation(Inbound inbound, boolean keepDecoder, boolean keepEncoder) {
    return installation(inbound, Inbound.NONE, keepDecoder, keepEncoder);
  }

  /**
   * As above, while packets of the codec before are taken, too.
   *
   * @param ofFormer what they do; {@link Inbound#NONE} where they are not taken any more
   */
  Runnable installation(
      Inbound inbound, Inbound ofFormer, boolean keepDecoder, boolean keepEncoder) {
    stages.keep(keepDecoder, keepEncoder);
    if (ofFormer == Inbound.NONE) {
      stages.endFormer();
    }
    DecodeStage decoder = stages.decoder();
    EncodeStage encoder = stages.encoder();
    DecodeStage former = stages.former();
    platform.retire(leg.loop(), stages.takeRetired());
    LegMedia media = pendingMedia;
    pendingMedia = null;
    return () -> {
      if (media != null) {
        leg.configure(media);
      }
      leg.install(inbound, decoder, encoder, ofFormer, former);
      if (media != null) {
        leg.giveEarly();
      }
    };
  }

  /** Puts the leg, which is on no loop now, onto one. */
  void attachTo(MediaLoop loop) {
    leg.assign(loop);
    loop.execute(
        () -> {
          try {
            leg.attach();
          } catch (IOException failed) {
            LOG.error("session {} cannot listen on loop {}", id, loop.index(), failed);
          }
        });
  }

  CodecStages stages() {
    return stages;
  }

  /** The transport in use; empty before the first negotiation. */
  Optional<TransportStage> transport() {
    return negotiation.transport();
  }

  /** What was agreed, and is put into effect; not under the platform's lock. */
  SessionNegotiation agreement() {
    return negotiation;
  }

  /** What was agreed with a provider goes on with another one. Under the lock. */
  void replaced(CodecProvider from, CodecProvider to) {
    negotiated = negotiated.map(audio -> audio.provider() == from ? audio.by(to) : audio);
  }

  /** The time of the codec before a change is over. */
  void formerEnded(DecodeStage decoder) {
    platform.lock().lock();
    try {
      if (stages.former() == decoder) {
        stages.endFormer();
        platform.retire(leg.loop(), stages.takeRetired());
      }
    } finally {
      platform.releaseRetired();
      platform.lock().unlock();
    }
  }

  void link(Link newLink) {
    link = Optional.of(newLink);
  }

  void unlink() {
    link = Optional.empty();
  }

  // ---- facts, from any thread

  Optional<Link> link() {
    return link;
  }

  AudioLeg leg() {
    return leg;
  }

  SessionOptions options() {
    return options;
  }

  Platform platform() {
    return platform;
  }

  long createdNs() {
    return createdNs;
  }

  Optional<NegotiatedAudio> negotiated() {
    return negotiated;
  }

  /** What was agreed; only where {@link #negotiated} is present. */
  NegotiatedAudio audio() {
    return negotiated.orElseThrow();
  }

  LegFacts facts() {
    NegotiatedAudio audio = audio();
    return new LegFacts(
        describe(),
        audio.parameters(),
        audio.provider().info().toString(),
        audio.maxPtimeMs(),
        processing.describe(stages.received()),
        processing.describe(stages.sent()),
        audio.direction().receives(),
        audio.direction().sends());
  }

  /** Whether telephone events that come in are passed on. */
  boolean relaysEvents() {
    return link.map(Link::relaysEvents).orElse(false);
  }

  SessionCodecs codecs() {
    return codecs;
  }

  /** Tells the listener, off the loop and in order. */
  void tell(SessionEvent event) {
    platform
        .background()
        .execute(
            () -> {
              try {
                options.listener().onEvent(this, event);
              } catch (RuntimeException broken) {
                LOG.warn("the listener of session {} failed at {}", id, event, broken);
              }
            });
  }

  @Override
  public String toString() {
    return describe();
  }
}
