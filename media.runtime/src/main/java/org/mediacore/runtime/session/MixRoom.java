package org.mediacore.runtime.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.session.RoomOptions;
import org.mediacore.runtime.loop.MediaLoop;
import org.mediacore.runtime.pipeline.ClockedInbound;
import org.mediacore.runtime.pipeline.DecodeStage;
import org.mediacore.runtime.pipeline.EncodeStage;
import org.mediacore.runtime.pipeline.Inbound;
import org.mediacore.runtime.pipeline.OutboundAudio;
import org.mediacore.runtime.pipeline.RoomMixer;
import org.mediacore.runtime.plan.PipelinePlan;
import org.mediacore.runtime.plan.PlanStage.Role;

/**
 * A mixing room. It is mono, at the highest sampling rate that any member's codec has had, and
 * lives on the loop of its first member; those who come later move there.
 */
final class MixRoom extends CoreRoom {
  private static final int LOWEST_RATE_HZ = 8_000;

  private final Map<CoreSession, RoomMixer.Member> mixed = new HashMap<>();
  private AudioFormat format = new AudioFormat(LOWEST_RATE_HZ, 1);
  private MediaLoop loop;
  private RoomMixer mixer;

  MixRoom(RoomOptions options, RoomNames names, Platform platform) {
    super(options, names, platform);
  }

  @Override
  public boolean relaysEvents() {
    return false;
  }

  @Override
  void prepareStages(CoreSession session) throws MediaSetupException {
    if (session.negotiated().isPresent()) {
      session.stages().requireDecoder(session.audio());
      session.stages().requireEncoder(session.audio());
    }
  }

  @Override
  public void rebuild(CoreSession session) throws MediaSetupException {
    if (session.negotiated().isEmpty()) {
      return;
    }
    prepareStages(session);
    if (mixer == null) {
      loop = session.leg().loop();
      mixer = new RoomMixer(loop, format);
    }
    platform().move(session, loop);
    raiseRate(session);
    RoomMixer.Member former = mixed.remove(session);
    ClockedInbound inbound =
        new ClockedInbound(
            session.leg(),
            session.stages().decoder(),
            format,
            platform().settings().jitterDelayMs());
    RoomMixer.Member member = new RoomMixer.Member(inbound, outbound(session, format), format);
    mixed.put(session, member);
    DecodeStage formerDecoder = session.stages().former();
    boolean changes =
        former != null && formerDecoder != null && former.inbound().decodesWith(formerDecoder);
    Inbound ofFormer = changes ? former.inbound() : Inbound.NONE;
    Runnable installation = session.media().installation(inbound, ofFormer, true, true);
    loop.execute(
        () -> {
          if (changes) {
            inbound.follow(former.inbound());
          }
          installation.run();
          if (former != null) {
            mixer.remove(former);
          }
          mixer.add(member);
        });
  }

  private OutboundAudio outbound(CoreSession session, AudioFormat roomFormat) {
    EncodeStage encoder = session.stages().encoder();
    return new OutboundAudio(session.leg(), encoder, roomFormat);
  }

  /** A member with a higher rate raises the room's; the others' stages are made anew for it. */
  private void raiseRate(CoreSession session) {
    int rateHz =
        Math.max(
            session.audio().parameters().receiveFormat().sampleRateHz(),
            session.audio().parameters().sendFormat().sampleRateHz());
    if (rateHz <= format.sampleRateHz()) {
      return;
    }
    format = new AudioFormat(rateHz, 1);
    AudioFormat raised = format;
    List<Runnable> reshapes = new ArrayList<>();
    mixed.forEach(
        (other, member) -> {
          OutboundAudio outbound = outbound(other, raised);
          reshapes.add(() -> member.reshape(outbound, raised));
        });
    loop.execute(
        () -> {
          mixer.reshape(raised);
          reshapes.forEach(Runnable::run);
        });
  }

  @Override
  void stop(CoreSession session) {
    RoomMixer.Member member = mixed.remove(session);
    Runnable installation = session.media().installation(Inbound.NONE, false, false);
    session
        .leg()
        .loop()
        .execute(
            () -> {
              if (member != null) {
                mixer.remove(member);
              }
              installation.run();
            });
  }

  @Override
  public List<PipelinePlan> plans(CoreSession session) {
    if (!mixed.containsKey(session)) {
      return List.of();
    }
    return List.of(
        platform().planner().into(session.facts(), Role.MIX, describe(), format),
        platform().planner().outOf(Role.MIX, describe(), format, session.facts()));
  }
}
