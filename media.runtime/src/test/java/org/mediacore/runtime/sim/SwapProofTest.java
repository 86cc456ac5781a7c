package org.mediacore.runtime.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.swap.SwapListener;
import org.mediacore.api.swap.SwapReceipt;
import org.mediacore.runtime.registry.ProviderInfo;
import org.mediacore.runtime.session.Swaps;
import org.mediacore.runtime.sim.FaultyCodec.Fault;
import org.mediacore.runtime.sim.SwapScript.Kind;
import org.osgi.framework.Version;

/**
 * 200 calls in bridges and rooms through swaps of codecs, a processor and the transport, with the
 * real codecs, held against the same calls without.
 */
class SwapProofTest {
  private static final int SWAPS = 100;
  private static final int STEP_MS = 60;
  private static final int BEFORE_MS = 400;
  private static final int AFTER_MS = 300;
  private static final double MOST_LEVEL_STEP_DB = 1;
  private static final double MOST_TONE_LOSS = 0.04;

  /** Opus to Opus: two encodings, one of which chose otherwise; 1.04 dB were measured. */
  private static final double MOST_LEVEL_STEP_OF_OPUS_DB = 1.1;

  /** Opus rarely: what replaces a decoder that predicts may need half a second to sound alike. */
  private static final List<Kind> ORDER =
      List.of(
          Kind.OPUS,
          Kind.G711,
          Kind.HIGHPASS,
          Kind.TRANSPORT,
          Kind.G711,
          Kind.HIGHPASS,
          Kind.TRANSPORT,
          Kind.G711,
          Kind.HIGHPASS,
          Kind.TRANSPORT);

  private static AudioCodecFactory opus;
  private static AudioCodecFactory otherOpus;
  private static TwoHundredCalls.Tones tones;
  private static TwoHundredCalls without;
  private static ExecutorService trials;

  @BeforeAll
  static void runWithoutSwaps() throws Exception {
    opus = RealCodecs.opus();
    otherOpus = RealCodecs.opus();
    tones = new TwoHundredCalls.Tones(opus);
    trials = Executors.newCachedThreadPool();
    without = new TwoHundredCalls(tones, opus);
    without.platform().run(BEFORE_MS + SWAPS * STEP_MS + AFTER_MS);
  }

  @AfterAll
  static void stop() {
    trials.shutdownNow();
    without = null;
    tones = null;
  }

  @Test
  void hundredSwapsUnderTwoHundredCallsLoseNothing() throws Exception {
    TwoHundredCalls calls = new TwoHundredCalls(tones, opus);
    List<SwapReceipt> receipts = new ArrayList<>();
    calls.platform().swapListeners().add(keeping(receipts));
    Swaps swaps = calls.platform().swaps(trials, 20_000);
    SwapScript script = new SwapScript(calls.platform(), swaps, opus, otherOpus);
    Map<Kind, Integer> done = new EnumMap<>(Kind.class);
    calls.platform().run(BEFORE_MS);
    for (int i = 0; i < SWAPS; i++) {
      Kind kind = ORDER.get(i % ORDER.size());
      done.merge(kind, 1, Integer::sum);
      script.swap(kind);
    }
    calls.platform().run(AFTER_MS);
    assertEquals(List.of(), calls.platform().swapLog().quarantined());
    requireReceipts(receipts, done);
    requireSameAsWithout(calls);
  }

  @Test
  void badSuccessorsLeaveTwoHundredCallsUntouched() throws Exception {
    TwoHundredCalls calls = new TwoHundredCalls(tones, opus);
    List<SwapReceipt> receipts = new ArrayList<>();
    calls.platform().swapListeners().add(keeping(receipts));
    Swaps swaps = calls.platform().swaps(trials, 5_000);
    calls.platform().run(BEFORE_MS);
    long id = 100;
    for (Fault fault : Fault.values()) {
      for (AudioCodecFactory real : List.of(otherOpus, SimulatedPlatform.G711)) {
        String bundle = real == otherOpus ? "codec.opus" : "codec.g711";
        ProviderInfo info = new ProviderInfo(bundle, new Version(1, (int) id, 0), 0, id++);
        FaultyCodec faulty = new FaultyCodec(real, fault);
        calls.platform().services().codecs().add(faulty, info);
        calls.platform().manager().update(swaps, false);
        calls.platform().run(STEP_MS);
        assertEquals(1, calls.platform().swapLog().quarantined().size(), fault + " " + info);
        String why = calls.platform().swapLog().quarantined().get(0);
        assertTrue(why.contains(fault.said()), why);
        calls.platform().services().codecs().remove(faulty);
      }
    }
    calls.platform().run(AFTER_MS);
    assertEquals(List.of(), receipts);
    for (int i = 0; i < TwoHundredCalls.LEGS; i++) {
      StreamComparison comparison = comparison(calls, i);
      comparison.requireUnbroken();
      comparison.requireIdentical();
    }
  }

  private static void requireReceipts(List<SwapReceipt> receipts, Map<Kind, Integer> done) {
    Map<String, Integer> perPart = new TreeMap<>();
    for (SwapReceipt receipt : receipts) {
      perPart.merge(receipt.part(), 1, Integer::sum);
      receipt.wire().ifPresent(wire -> assertEquals(0, wire.packetsMissing(), receipt.toString()));
      assertEquals(0, receipt.samplesConcealed(), receipt.toString());
    }
    Map<String, Integer> expected = new TreeMap<>();
    int opusParts = TwoHundredCalls.OPUS_LEGS * done.get(Kind.OPUS);
    expected.put("encoder opus/48000/2", opusParts);
    int pcmuParts = TwoHundredCalls.DECODED_PCMU_LEGS * done.get(Kind.G711);
    expected.put("decoder PCMU/8000", pcmuParts);
    expected.put("encoder PCMU/8000", pcmuParts);
    expected.put("processor highpass", TwoHundredCalls.HIGHPASS_LEGS * done.get(Kind.HIGHPASS));
    expected.put("transport RTP/AVP", TwoHundredCalls.LEGS * done.get(Kind.TRANSPORT));
    // One that still waits when the next one comes makes way for it, without a receipt.
    int decoders = perPart.remove("decoder opus/48000/2");
    assertTrue(decoders > 0.9 * opusParts && decoders <= opusParts, decoders + " opus decoders");
    assertEquals(expected, perPart);
  }

  private static void requireSameAsWithout(TwoHundredCalls calls) throws Exception {
    for (int i = 0; i < TwoHundredCalls.LEGS; i++) {
      StreamComparison comparison = comparison(calls, i);
      comparison.requireUnbroken();
      comparison.measure();
      double mostDb =
          calls.legs().get(i).hearsOpus() ? MOST_LEVEL_STEP_OF_OPUS_DB : MOST_LEVEL_STEP_DB;
      assertTrue(
          comparison.largestLevelStepDb() <= mostDb
              && comparison.largestToneLoss() <= MOST_TONE_LOSS,
          "leg " + i + ": " + comparison);
    }
  }

  private static StreamComparison comparison(TwoHundredCalls calls, int leg) {
    return new StreamComparison("leg " + leg, calls.legs().get(leg), without.legs().get(leg));
  }

  private static SwapListener keeping(List<SwapReceipt> receipts) {
    return new SwapListener() {
      @Override
      public void swapped(SwapReceipt receipt) {
        receipts.add(receipt);
      }

      @Override
      public void quarantined(String provider, String why) {}
    };
  }
}
