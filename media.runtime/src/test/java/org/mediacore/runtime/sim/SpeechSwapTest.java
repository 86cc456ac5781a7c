package org.mediacore.runtime.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mediacore.runtime.sim.SimulatedPlatform.G711;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.MediaSession;
import org.mediacore.codec.g722.G722CodecFactory;
import org.mediacore.runtime.registry.ProviderInfo;
import org.mediacore.runtime.session.Swaps;
import org.mediacore.runtime.sim.SimulatedNetwork.Impairment;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A minute of speech each way through a swap every second, held against the same speech without.
 * The figures, which this test logs, stand in docs/live-swap.md.
 */
class SpeechSwapTest {
  private static final Logger LOG = LoggerFactory.getLogger(SpeechSwapTest.class);
  private static final int SECONDS = 60;

  /** Look-ahead of the encoder, 6.5 ms. */
  private static final int OPUS_DELAY_SAMPLES = 312;

  /** The two filter banks of G.722. */
  private static final int G722_DELAY_SAMPLES = 22;

  private final ExecutorService trials = Executors.newCachedThreadPool();

  private record Heard(
      short[] byPort, short[] byPhone, List<Long> decoderMs, List<Long> encoderMs) {}

  private record Measured(SpeechDifference whole, SpeechDifference behindSeams) {}

  @AfterEach
  void stop() {
    trials.shutdownNow();
  }

  @Test
  void opusThroughASwapEverySecond() throws Exception {
    AudioCodecFactory opus = RealCodecs.opus();
    AudioCodecFactory other = RealCodecs.opus();
    short[] speech = Speech.minute(48_000);
    Heard without = call(opus, opus, "opus/48000/2", 111, speech, false);
    Heard with = call(opus, other, "opus/48000/2", 111, speech, true);
    Measured decoder =
        measure("Opus, decoder", without.byPort(), with.byPort(), 48_000, with.decoderMs());
    assertTrue(decoder.whole().segmentalSnrDb() > 25, decoder.toString());
    assertTrue(decoder.whole().spectralDistanceDb() < 1.5, decoder.toString());
    Measured encoder =
        measure("Opus, encoder", without.byPhone(), with.byPhone(), 48_000, with.encoderMs());
    assertTrue(encoder.whole().spectralDistanceDb() < 5, encoder.toString());
    assertNoFurtherFromOriginal("Opus", speech, without, with, 48_000, OPUS_DELAY_SAMPLES);
  }

  @Test
  void g711ThroughASwapEverySecond() throws Exception {
    short[] speech = Speech.minute(8_000);
    Heard without = call(G711, G711, "PCMU/8000", 0, speech, false);
    Heard with = call(G711, G711, "PCMU/8000", 0, speech, true);
    assertEquals(
        0,
        measure("G.711, decoder", without.byPort(), with.byPort(), 8_000, with.decoderMs())
            .whole()
            .changedPercent());
    assertEquals(
        0,
        measure("G.711, encoder", without.byPhone(), with.byPhone(), 8_000, with.encoderMs())
            .whole()
            .changedPercent());
  }

  @Test
  void g722ThroughASwapEverySecond() throws Exception {
    AudioCodecFactory g722 = new G722CodecFactory();
    short[] speech = Speech.minute(16_000);
    Heard without = call(g722, g722, "G722/8000", 9, speech, false);
    Heard with = call(g722, g722, "G722/8000", 9, speech, true);
    Measured decoder =
        measure("G.722, decoder", without.byPort(), with.byPort(), 16_000, with.decoderMs());
    assertTrue(decoder.whole().segmentalSnrDb() > 25, decoder.toString());
    Measured encoder =
        measure("G.722, encoder", without.byPhone(), with.byPhone(), 16_000, with.encoderMs());
    assertTrue(encoder.whole().segmentalSnrDb() > 15, encoder.toString());
    assertTrue(encoder.whole().spectralDistanceDb() < 5, encoder.toString());
    assertNoFurtherFromOriginal("G.722", speech, without, with, 16_000, G722_DELAY_SAMPLES);
  }

  /** An encoder's other choices count as little where they are as good. */
  private static void assertNoFurtherFromOriginal(
      String codec, short[] speech, Heard without, Heard with, int sampleRateHz, int delay) {
    Measured far =
        measure(
            codec + ", encoder, from the original",
            speech,
            Arrays.copyOfRange(with.byPhone(), delay, with.byPhone().length),
            sampleRateHz,
            with.encoderMs());
    Measured farWithout =
        measure(
            codec + ", without swaps, from the original",
            speech,
            Arrays.copyOfRange(without.byPhone(), delay, without.byPhone().length),
            sampleRateHz,
            with.encoderMs());
    assertTrue(
        far.whole().segmentalSnrDb() > farWithout.whole().segmentalSnrDb() - 2
            && far.whole().spectralDistanceDb() < farWithout.whole().spectralDistanceDb() + 0.5,
        far + ", " + farWithout);
  }

  private Heard call(
      AudioCodecFactory first,
      AudioCodecFactory others,
      String rtpmap,
      int payloadType,
      short[] speech,
      boolean swap)
      throws Exception {
    SimulatedPlatform platform = new SimulatedPlatform(3, Impairment.NONE);
    if (first != G711) {
      platform.services().codecs().add(first, new ProviderInfo("codec", version(0), 0, 5));
    }
    SpeechPhone phone = new SpeechPhone(platform, first, rtpmap, payloadType, speech);
    MediaSession session = platform.session();
    phone.call(SimulatedPlatform.negotiate(session, phone.offer()));
    session.connect(phone.port(), ConnectOptions.DEFAULT);
    Swaps swaps = platform.swaps(trials, 20_000);
    String bundle = first == G711 ? "codec.g711" : "codec";
    for (int second = 1; second <= SECONDS; second++) {
      platform.run(1_000);
      if (swap && second < SECONDS) {
        ProviderInfo info = new ProviderInfo(bundle, version(second), 0, 10 + second);
        platform.services().codecs().add(RealCodecs.another(others), info);
        platform.manager().update(swaps, false);
      }
    }
    platform.run(100);
    assertEquals(List.of(), platform.swapLog().quarantined());
    return new Heard(
        phone.written(), phone.heard(), seams(platform, "decoder"), seams(platform, "encoder"));
  }

  private static Version version(int minor) {
    return new Version(1, minor, 0);
  }

  /** When the changes were made, in ms of the call. */
  private static List<Long> seams(SimulatedPlatform platform, String part) {
    long endMs = platform.loop().engine().wallClockMs();
    return platform.swapLog().receipts().stream()
        .filter(receipt -> receipt.part().startsWith(part))
        .map(receipt -> SECONDS * 1_000L + 100 - (endMs - receipt.atMs()))
        .toList();
  }

  private static Measured measure(
      String what, short[] reference, short[] heard, int sampleRateHz, List<Long> seamsMs) {
    SpeechDifference.Where behindSeams =
        sample -> {
          long ms = sample * 1_000L / sampleRateHz;
          return seamsMs.stream().anyMatch(seam -> ms >= seam - 20 && ms < seam + 100);
        };
    Measured measured =
        new Measured(
            SpeechDifference.of(reference, heard, sampleRateHz, sample -> true),
            SpeechDifference.of(reference, heard, sampleRateHz, behindSeams));
    LOG.info("{}: {} seams; {}", what, seamsMs.size(), measured);
    return measured;
  }
}
