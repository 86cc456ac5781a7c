package org.mediacore.runtime.session;

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
import org.mediacore.runtime.loop.MediaLoop;
import org.mediacore.runtime.negotiation.NegotiatedAudio;
import org.mediacore.runtime.pipeline.AudioLeg;
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
  private final SessionMedia media;
  private volatile Optional<Link> link = Optional.empty();
  private volatile boolean closed;
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
    this.media = new SessionMedia(id, platform, leg, stages);
    this.negotiation = new SessionNegotiation(this, platform, ports, identity.sessionId());
    loop.addLoad(1);
    media.attachTo(loop);
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
  void apply(NegotiatedAudio audio, LegMedia legMedia) throws MediaSetupException {
    requireOpen();
    media.apply(audio, legMedia, link.map(current -> () -> current.rebuild(this)));
    codecs.agreed(audio.provider());
    media.configurePending();
  }

  /** What its leg does. */
  SessionMedia media() {
    return media;
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
    return media.negotiated();
  }

  /** What was agreed; only where {@link #negotiated} is present. */
  NegotiatedAudio audio() {
    return media.negotiated().orElseThrow();
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
