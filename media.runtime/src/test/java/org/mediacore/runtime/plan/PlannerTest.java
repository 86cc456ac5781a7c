package org.mediacore.runtime.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.api.codec.MediaKind;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.runtime.plan.PlanStage.Role;

class PlannerTest {
  private final Planner planner = new Planner(40);

  private static LegFacts leg(String encoding, AudioFormat audio, int frameMs, int maxPtimeMs) {
    CodecDescriptor descriptor =
        new CodecDescriptor(
            encoding,
            MediaKind.AUDIO,
            audio.sampleRateHz(),
            1,
            audio,
            OptionalInt.empty(),
            List.of(10_000, 20_000, 60_000),
            Fmtp.NONE);
    CodecParameters parameters =
        new CodecParameters(descriptor, audio, audio, Fmtp.NONE, Fmtp.NONE, frameMs * 1000);
    return new LegFacts(
        encoding, parameters, "codec.test 1.0.0", maxPtimeMs, List.of(), List.of(), true, true);
  }

  private static LegFacts leg(String encoding, int rateHz) {
    return leg(encoding, new AudioFormat(rateHz, 1), 20, 0);
  }

  private PipelinePlan plan(LegFacts from, LegFacts to, ConnectOptions options) {
    return planner.between(from, to, (one, other) -> true, options);
  }

  @Test
  void parametersThatTheCodecCannotPassOnAreTranscoded() {
    LegFacts leg = leg("ilbc", 8000);
    PipelinePlan plan = planner.between(leg, leg, (one, other) -> false, ConnectOptions.DEFAULT);
    assertEquals(Drive.TRANSCODE, plan.drive());
  }

  @Test
  void oneCodecOnBothSidesIsRelayed() {
    PipelinePlan plan = plan(leg("PCMU", 8000), leg("pcmu", 8000), ConnectOptions.DEFAULT);
    assertEquals(Drive.RELAY, plan.drive());
    assertFalse(plan.has(Role.DECODE));
  }

  @Test
  void decodingOnRequestTranscodes() {
    PipelinePlan plan = plan(leg("PCMU", 8000), leg("PCMU", 8000), ConnectOptions.DECODED);
    assertEquals(Drive.TRANSCODE, plan.drive());
    assertFalse(plan.has(Role.CONVERT));
  }

  @Test
  void twoCodecsOfOneRateNeedNoConversion() {
    PipelinePlan plan = plan(leg("PCMU", 8000), leg("PCMA", 8000), ConnectOptions.DEFAULT);
    assertEquals(Drive.TRANSCODE, plan.drive());
    assertFalse(plan.has(Role.CONVERT));
    assertTrue(plan.has(Role.DECODE) && plan.has(Role.ENCODE));
  }

  @Test
  void twoRatesAreConverted() {
    PipelinePlan plan = plan(leg("PCMU", 8000), leg("opus", 48_000), ConnectOptions.DEFAULT);
    assertTrue(plan.has(Role.CONVERT));
    assertTrue(plan.explain().toString().contains("resample"), plan.explain().toString());
    assertTrue(
        plan.explain().stream().anyMatch(line -> line.contains("8000 Hz mono to 48000 Hz mono")),
        plan.explain().toString());
  }

  @Test
  void packetsLongerThanTheReceiverTakesAreNotRelayed() {
    LegFacts sixty = leg("PCMU", new AudioFormat(8000, 1), 60, 0);
    LegFacts twentyAtMost = leg("PCMU", new AudioFormat(8000, 1), 20, 20);
    assertEquals(Drive.TRANSCODE, plan(sixty, twentyAtMost, ConnectOptions.DEFAULT).drive());
    assertEquals(Drive.RELAY, plan(twentyAtMost, sixty, ConnectOptions.DEFAULT).drive());
  }

  @Test
  void stereoIsNotRelayedToAMonoReceiver() {
    LegFacts stereo = leg("L16", new AudioFormat(48_000, 2), 10, 0);
    LegFacts mono = leg("L16", new AudioFormat(48_000, 1), 10, 0);
    assertEquals(Drive.TRANSCODE, plan(stereo, mono, ConnectOptions.DEFAULT).drive());
  }

  @Test
  void clockedPlanSaysWhatPullsIt() {
    PipelinePlan plan =
        planner.into(leg("opus", 48_000), Role.MIX, "room x", new AudioFormat(16_000, 1));
    assertEquals(Drive.CLOCKED, plan.drive());
    assertEquals(
        List.of(
            Role.RECEIVE, Role.JITTER_BUFFER, Role.DECODE, Role.CONCEAL, Role.CONVERT, Role.MIX),
        plan.stages().stream().map(PlanStage::role).toList());
  }
}
