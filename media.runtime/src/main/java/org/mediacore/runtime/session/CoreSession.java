package org.mediacore.runtime.session;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
import org.mediacore.runtime.pipeline.DecodeStage;
import org.mediacore.runtime.pipeline.EncodeStage;
import org.mediacore.runtime.pipeline.Inbound;
import org.mediacore.runtime.pipeline.LegMedia;
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
  private final CodecStages stages = new CodecStages();
  private volatile Optional<NegotiatedAudio> negotiated = Optional.empty();
  private volatile Optional<Link> link = Optional.empty();
  private volatile boolean closed;
  private LegMedia pendingMedia;

  /**
   * @param onClosed told once, when the session has let go of its loop
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
    this.leg =
        new AudioLeg(ports.rtp(), ports.rtcp(), identity.random(), this::silentFor, createdNs);
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
    platform.lock().lock();
    try {
      requireOpen();
      Link next = linkTo(peer, connectOptions);
      if (link.isPresent() && link.get() == next) {
        return;
      }
      next.prepare(this);
      link.ifPresent(current -> current.leave(this));
      if (peer instanceof CoreSession other && other != this) {
        other.link.ifPresent(current -> current.leave(other));
      }
      next.join(this);
    } finally {
      platform.lock().unlock();
    }
  }

  private Link linkTo(MediaPeer peer, ConnectOptions connectOptions) throws MediaSetupException {
    if (peer instanceof CoreSession other) {
      other.requireOpen();
      return new PairLink(this, other, connectOptions, platform);
    }
    if (peer instanceof Link room) {
      return room;
    }
    if (peer instanceof AudioPort port) {
      return new PortLink(port, platform);
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
      List<Runnable> retired = stages.takeRetired();
      MediaLoop loop = leg.loop();
      loop.execute(
          () -> {
            leg.close();
            loop.addLoad(-1);
            platform.background().execute(() -> retired.forEach(CoreSession::closeQuietly));
          });
    } finally {
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
    negotiated = Optional.of(audio);
    pendingMedia = media;
    try {
      if (link.isPresent() && (before.isEmpty() || changesPipeline(before.get(), audio))) {
        link.get().rebuild(this);
      }
    } catch (MediaSetupException failed) {
      negotiated = before;
      pendingMedia = null;
      throw failed;
    }
    configurePending();
    if (audio.rtcpMux()) {
      leg.loop().execute(leg::releaseRtcpPort);
    }
  }

  private static boolean changesPipeline(NegotiatedAudio before, NegotiatedAudio now) {
    return before.provider() != now.provider()
        || !before.parameters().equals(now.parameters())
        || before.maxPtimeMs() != now.maxPtimeMs()
        || before.direction() != now.direction();
  }

  private void configurePending() {
    LegMedia media = pendingMedia;
    if (media != null) {
      pendingMedia = null;
      leg.loop().execute(() -> leg.configure(media));
    }
  }

  /**
   * Replaces what incoming packets do, in one step with a new configuration that waits; codec
   * instances that are not kept are closed once the loop has let go of them.
   */
  void install(Inbound inbound, boolean keepDecoder, boolean keepEncoder) {
    stages.keep(keepDecoder, keepEncoder);
    DecodeStage decoder = stages.decoder();
    EncodeStage encoder = stages.encoder();
    List<Runnable> retired = stages.takeRetired();
    LegMedia media = pendingMedia;
    pendingMedia = null;
    leg.loop()
        .execute(
            () -> {
              if (media != null) {
                leg.configure(media);
              }
              leg.install(inbound, decoder, encoder);
              if (!retired.isEmpty()) {
                platform.background().execute(() -> retired.forEach(CoreSession::closeQuietly));
              }
            });
  }

  private static void closeQuietly(Runnable close) {
    try {
      close.run();
    } catch (RuntimeException | LinkageError broken) {
      LOG.warn("a codec instance failed to close", broken);
    }
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
        audio.direction().receives(),
        audio.direction().sends());
  }

  /** Whether telephone events that come in are passed on. */
  boolean relaysEvents() {
    return link.map(Link::relaysEvents).orElse(false);
  }

  /** The codecs for a negotiation: those there are now, and the one in use though it may be gone. */
  List<org.mediacore.runtime.codec.CodecProvider> codecs() {
    List<org.mediacore.runtime.codec.CodecProvider> codecs =
        new ArrayList<>(platform.codecs().selected());
    negotiated.map(NegotiatedAudio::provider).filter(p -> !codecs.contains(p)).ifPresent(codecs::add);
    return codecs;
  }

  private void silentFor(long silentNs) {
    long limitMs = platform.settings().inactivityMs();
    long silentMs = silentNs / 1_000_000;
    if (limitMs > 0 && silentMs >= limitMs && !closed) {
      tell(new SessionEvent.MediaInactive(silentMs));
    }
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
