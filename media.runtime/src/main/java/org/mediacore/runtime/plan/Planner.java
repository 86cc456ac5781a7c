package org.mediacore.runtime.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.dsp.ConversionPlan;
import org.mediacore.dsp.Resampler;
import org.mediacore.runtime.plan.PlanStage.Role;

/** Chooses the cheapest pipeline that does what is needed. Stateless: facts in, plan out. */
public final class Planner {
  /** How well calls are resampled. */
  public static final Resampler.Quality RESAMPLING = Resampler.Quality.DEFAULT;

  private final int jitterDelayMs;

  /**
   * @param jitterDelayMs delay of the jitter buffer of clocked pipelines
   */
  public Planner(int jitterDelayMs) {
    this.jitterDelayMs = jitterDelayMs;
  }

  /**
   * Plans the way from one leg to another, or to itself (an echo).
   *
   * @param passesUnchanged whether the codec says that its payloads may be passed on, where both
   *     sides have the same
   */
  public PipelinePlan between(
      LegFacts from,
      LegFacts to,
      BiPredicate<CodecParameters, CodecParameters> passesUnchanged,
      ConnectOptions options) {
    String obstacle = relayObstacle(from, to, passesUnchanged, options);
    List<PlanStage> stages = new ArrayList<>();
    stages.add(receive(from));
    if (obstacle.isEmpty()) {
      stages.add(
          new PlanStage(
              Role.RELAY,
              to.codec().descriptor().rtpmap(),
              "both sides agreed on it; another codec on either side would transcode"));
      stages.add(send(to));
      return new PipelinePlan(Drive.RELAY, stages);
    }
    stages.add(decode(from, obstacle));
    stages.add(
        conceal(
            "lost packets are filled in when the next one arrives; where the peer pauses, its"
                + " comfort noise goes on by a timer"));
    process(stages, from.received());
    convert(stages, from.codec().receiveFormat(), to.codec().sendFormat());
    encode(stages, to);
    return new PipelinePlan(Drive.TRANSCODE, stages);
  }

  /** Plans the way from a leg into something that is pulled by a tick. */
  public PipelinePlan into(LegFacts from, Role sink, String what, AudioFormat format) {
    List<PlanStage> stages = new ArrayList<>();
    stages.add(receive(from));
    stages.add(
        new PlanStage(
            Role.JITTER_BUFFER, jitterDelayMs + " ms", "a tick pulls it: " + what + " is clocked"));
    stages.add(decode(from, what + " needs audio"));
    stages.add(conceal("a lost packet is filled in at its turn"));
    process(stages, from.received());
    convert(stages, from.codec().receiveFormat(), format);
    stages.add(new PlanStage(sink, what, format.toString()));
    return new PipelinePlan(Drive.CLOCKED, stages);
  }

  /** Plans the way from something that is pulled by a tick to a leg. */
  public PipelinePlan outOf(Role source, String what, AudioFormat format, LegFacts to) {
    List<PlanStage> stages = new ArrayList<>();
    stages.add(new PlanStage(source, what, format.toString()));
    convert(stages, format, to.codec().sendFormat());
    encode(stages, to);
    return new PipelinePlan(Drive.CLOCKED, stages);
  }

  /** Why packets cannot be passed on unchanged; empty where they can. */
  private static String relayObstacle(
      LegFacts from,
      LegFacts to,
      BiPredicate<CodecParameters, CodecParameters> passesUnchanged,
      ConnectOptions options) {
    CodecParameters one = from.codec();
    CodecParameters other = to.codec();
    if (options.decode()) {
      return "decoding was asked for";
    }
    if (from.isProcessed() || to.isProcessed()) {
      return "processing needs audio";
    }
    if (!one.descriptor().rtpmap().equalsIgnoreCase(other.descriptor().rtpmap())) {
      return other.descriptor().rtpmap() + " is needed there";
    }
    if (one.receiveFormat().channels() > other.sendFormat().channels()) {
      return "the receiver takes " + other.sendFormat() + " only";
    }
    if (!passesUnchanged.test(one, other)) {
      return "the parameters differ: " + one.local() + " here, " + other.remote() + " there";
    }
    if (to.maxPtimeMs() > 0 && one.frameDurationUs() > to.maxPtimeMs() * 1000L) {
      return "the receiver takes packets of " + to.maxPtimeMs() + " ms at most";
    }
    return "";
  }

  private static PlanStage receive(LegFacts from) {
    return new PlanStage(
        Role.RECEIVE,
        from.codec().descriptor().rtpmap() + " from " + from.name(),
        from.sends() ? "" : "the peer does not send now");
  }

  private static PlanStage decode(LegFacts from, String why) {
    return new PlanStage(
        Role.DECODE,
        from.codec().descriptor().rtpmap()
            + " to "
            + from.codec().receiveFormat()
            + " by "
            + from.provider(),
        why);
  }

  private static void process(List<PlanStage> stages, List<String> processors) {
    for (String processor : processors) {
      stages.add(new PlanStage(Role.PROCESS, processor, "the session is to have it"));
    }
  }

  private static PlanStage conceal(String when) {
    return new PlanStage(Role.CONCEAL, "the codec's own, else fading", when);
  }

  private static void convert(List<PlanStage> stages, AudioFormat from, AudioFormat to) {
    if (!from.equals(to)) {
      ConversionPlan way =
          ConversionPlan.between(
              from.sampleRateHz(), from.channels(), to.sampleRateHz(), to.channels(), RESAMPLING);
      stages.add(
          new PlanStage(
              Role.CONVERT,
              from + " to " + to,
              "the two sides differ; the cheapest way that keeps what both have: "
                  + way.describe()));
    }
  }

  private static void encode(List<PlanStage> stages, LegFacts to) {
    stages.add(
        new PlanStage(
            Role.REBLOCK,
            to.codec().frameDurationUs() / 1000.0 + " ms frames",
            "passed through where frames have that length already"));
    process(stages, to.sent());
    stages.add(
        new PlanStage(
            Role.ENCODE,
            to.codec().sendFormat()
                + " to "
                + to.codec().descriptor().rtpmap()
                + " by "
                + to.provider(),
            ""));
    stages.add(send(to));
  }

  private static PlanStage send(LegFacts to) {
    return new PlanStage(
        Role.SEND,
        to.codec().descriptor().rtpmap() + " to " + to.name(),
        to.receives() ? "" : "the peer does not want to receive now");
  }
}
