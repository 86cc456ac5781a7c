package org.mediacore.runtime.session;

import java.util.List;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.session.AudioPort;
import org.mediacore.api.session.SessionEvent;
import org.mediacore.runtime.loop.LoopScratch;
import org.mediacore.runtime.loop.MediaLoop;
import org.mediacore.runtime.pipeline.ClockedInbound;
import org.mediacore.runtime.pipeline.DecodeStage;
import org.mediacore.runtime.pipeline.EncodeStage;
import org.mediacore.runtime.pipeline.Inbound;
import org.mediacore.runtime.pipeline.OutboundAudio;
import org.mediacore.runtime.pipeline.PortDriver;
import org.mediacore.runtime.plan.PipelinePlan;
import org.mediacore.runtime.plan.PlanStage.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session connected to an audio port. */
final class PortLink implements Link {
  private static final Logger LOG = LoggerFactory.getLogger(PortLink.class);

  private final AudioPort port;
  private final Platform platform;
  private final String name;
  private final AudioFormat format;
  private PortDriver driver;
  private ClockedInbound inbound;

  private PortLink(AudioPort port, String name, AudioFormat format, Platform platform) {
    this.port = port;
    this.name = name;
    this.format = format;
    this.platform = platform;
  }

  /** Asks the port what it is: somebody's code, so not under the platform's lock. */
  static PortLink of(AudioPort port, Platform platform) throws MediaSetupException {
    AudioFormat format = port.format();
    if (format.sampleRateHz() > LoopScratch.MAX_SAMPLE_RATE_HZ) {
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED,
          "a port has a sampling rate of " + LoopScratch.MAX_SAMPLE_RATE_HZ + " Hz at most",
          format.toString());
    }
    return new PortLink(port, port.describe(), format, platform);
  }

  @Override
  public String describe() {
    return name;
  }

  @Override
  public boolean relaysEvents() {
    return false;
  }

  @Override
  public void prepare(CoreSession session) throws MediaSetupException {
    if (session.negotiated().isPresent()) {
      session.stages().requireDecoder(session.audio());
      session.stages().requireEncoder(session.audio());
    }
  }

  @Override
  public void join(CoreSession session) throws MediaSetupException {
    session.link(this);
    try {
      rebuild(session);
    } catch (MediaSetupException | RuntimeException failed) {
      // The port stays its owner's: it was never connected.
      session.media().install(Inbound.NONE, false, false);
      session.unlink();
      throw failed;
    }
  }

  @Override
  public void rebuild(CoreSession session) throws MediaSetupException {
    if (session.negotiated().isEmpty()) {
      return;
    }
    DecodeStage decoder = session.stages().requireDecoder(session.audio());
    EncodeStage encoder = session.stages().requireEncoder(session.audio());
    ClockedInbound former = inbound;
    inbound =
        new ClockedInbound(session.leg(), decoder, format, platform.settings().jitterDelayMs());
    OutboundAudio outbound = new OutboundAudio(session.leg(), encoder, format);
    MediaLoop loop = session.leg().loop();
    PortDriver next =
        new PortDriver(
            loop,
            port,
            format,
            inbound,
            outbound,
            () -> session.tell(new SessionEvent.PeerFinished(name)),
            session.leg()::failed);
    stopDriver(session);
    driver = next;
    install(session, former);
    loop.execute(next::start);
  }

  private void install(CoreSession session, ClockedInbound former) {
    ClockedInbound next = inbound;
    DecodeStage formerDecoder = session.stages().former();
    boolean changes = former != null && formerDecoder != null && former.decodesWith(formerDecoder);
    Runnable installation =
        session.media().installation(next, changes ? former : Inbound.NONE, true, true);
    session
        .leg()
        .loop()
        .execute(
            () -> {
              if (changes) {
                next.follow(former);
              }
              installation.run();
            });
  }

  private void stopDriver(CoreSession session) {
    if (driver != null) {
      session.leg().loop().execute(driver::stop);
      driver = null;
    }
  }

  @Override
  public void leave(CoreSession session) {
    stopDriver(session);
    session.media().install(Inbound.NONE, false, false);
    session.unlink();
    // Behind the commands above: the loop no longer reads or writes when the port is closed.
    session.leg().loop().execute(() -> platform.closes().execute(this::closePort));
  }

  private void closePort() {
    try {
      port.close();
    } catch (RuntimeException | LinkageError broken) {
      LOG.warn("{} failed to close", name, broken);
    }
  }

  @Override
  public List<PipelinePlan> plans(CoreSession session) {
    if (session.negotiated().isEmpty()) {
      return List.of();
    }
    return List.of(
        platform.planner().into(session.facts(), Role.PORT, name, format),
        platform.planner().outOf(Role.PORT, name, format, session.facts()));
  }
}
