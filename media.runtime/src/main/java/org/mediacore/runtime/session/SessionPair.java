package org.mediacore.runtime.session;

import java.util.List;
import java.util.Optional;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.runtime.codec.CodecProvider;
import org.mediacore.runtime.pipeline.DecodeStage;
import org.mediacore.runtime.pipeline.EncodeStage;
import org.mediacore.runtime.pipeline.Inbound;
import org.mediacore.runtime.pipeline.OutboundAudio;
import org.mediacore.runtime.pipeline.RelayInbound;
import org.mediacore.runtime.pipeline.TranscodeInbound;
import org.mediacore.runtime.plan.Drive;
import org.mediacore.runtime.plan.PipelinePlan;

/** Two sessions that hear each other, or one that hears itself. Under the platform's lock. */
final class SessionPair {
  private final CoreSession one;
  private final CoreSession other;
  private final ConnectOptions options;
  private final Platform platform;
  private PipelinePlan toOther;
  private PipelinePlan toOne;

  SessionPair(CoreSession one, CoreSession other, ConnectOptions options, Platform platform) {
    this.one = one;
    this.other = other;
    this.options = options;
    this.platform = platform;
  }

  CoreSession one() {
    return one;
  }

  CoreSession other() {
    return other;
  }

  /**
   * Plans both directions and makes the codec instances they need; nothing that runs is changed.
   */
  void prepare() throws MediaSetupException {
    if (!ready()) {
      return;
    }
    plan();
    prepare(toOther, one, other);
    prepare(toOne, other, one);
  }

  private boolean ready() {
    return one.negotiated().isPresent() && other.negotiated().isPresent();
  }

  private void plan() {
    toOther = plan(one, other);
    toOne = plan(other, one);
  }

  private PipelinePlan plan(CoreSession from, CoreSession to) {
    CodecProvider provider = from.audio().provider();
    return platform.planner().between(from.facts(), to.facts(), provider::passesUnchanged, options);
  }

  private static void prepare(PipelinePlan plan, CoreSession from, CoreSession to)
      throws MediaSetupException {
    if (plan.drive() == Drive.TRANSCODE) {
      from.stages().requireDecoder(from.audio());
    }
    if (encodes(plan, from)) {
      to.stages().requireEncoder(to.audio());
    }
  }

  /** Packets of the codec before a change are transcoded, whatever becomes of those behind. */
  private static boolean encodes(PipelinePlan plan, CoreSession from) {
    return plan.drive() == Drive.TRANSCODE || from.stages().former() != null;
  }

  /** Brings both onto one loop and puts the plans into effect. */
  void build() throws MediaSetupException {
    if (!ready()) {
      silence();
      toOther = null;
      toOne = null;
      return;
    }
    prepare();
    platform.move(other, one.leg().loop());
    Runnable atOne = installation(one, toOther, other, toOne);
    if (one == other) {
      one.leg().loop().execute(atOne);
      return;
    }
    Runnable atOther = installation(other, toOne, one, toOther);
    one.leg()
        .loop()
        .execute(
            () -> {
              atOne.run();
              atOther.run();
            });
  }

  private static Runnable installation(
      CoreSession session, PipelinePlan in, CoreSession partner, PipelinePlan out)
      throws MediaSetupException {
    boolean encodes = encodes(out, partner);
    Inbound inbound = realise(in, session, partner);
    return session
        .media()
        .installation(inbound, ofFormer(session, partner), transcodes(in), encodes);
  }

  /** What packets of the codec before a change do. */
  private static Inbound ofFormer(CoreSession from, CoreSession to) throws MediaSetupException {
    DecodeStage former = from.stages().former();
    return former == null ? Inbound.NONE : transcoder(former, from, to).withoutPauses();
  }

  /** Stops both directions; a pipeline of one must not go on with codec instances of the other. */
  void silence() {
    Runnable atOne = one.media().installation(Inbound.NONE, false, false);
    if (one == other) {
      one.leg().loop().execute(atOne);
      return;
    }
    Runnable atOther = other.media().installation(Inbound.NONE, false, false);
    if (one.leg().loop() == other.leg().loop()) {
      one.leg()
          .loop()
          .execute(
              () -> {
                atOne.run();
                atOther.run();
              });
    } else {
      one.leg().loop().execute(atOne);
      other.leg().loop().execute(atOther);
    }
  }

  private static boolean transcodes(PipelinePlan plan) {
    return plan.drive() == Drive.TRANSCODE;
  }

  private static Inbound realise(PipelinePlan plan, CoreSession from, CoreSession to)
      throws MediaSetupException {
    if (plan.drive() == Drive.RELAY) {
      return new RelayInbound(to.leg());
    }
    return transcoder(from.stages().requireDecoder(from.audio()), from, to);
  }

  private static TranscodeInbound transcoder(DecodeStage decoder, CoreSession from, CoreSession to)
      throws MediaSetupException {
    EncodeStage encoder = to.stages().requireEncoder(to.audio());
    OutboundAudio out = new OutboundAudio(to.leg(), encoder, decoder.format());
    return new TranscodeInbound(from.leg(), to.leg(), decoder, out);
  }

  List<PipelinePlan> plans(CoreSession session) {
    if (toOther == null) {
      return List.of();
    }
    // Planned anew: a provider may have been replaced since.
    CoreSession partner = session == one ? other : one;
    return List.of(plan(session, partner), plan(partner, session));
  }

  Optional<CoreSession> partnerOf(CoreSession session) {
    if (one == other) {
      return Optional.empty();
    }
    return Optional.of(session == one ? other : one);
  }
}
