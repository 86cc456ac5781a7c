package org.mediacore.runtime.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mediacore.runtime.sim.SimulatedPlatform.G711;
import static org.mediacore.runtime.sim.SimulatedPlatform.L16;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.EncoderTuning;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.MediaSession;
import org.mediacore.api.session.StreamStatistics;
import org.mediacore.api.swap.SwapListener;
import org.mediacore.api.swap.SwapReceipt;
import org.mediacore.runtime.registry.ProviderInfo;
import org.mediacore.runtime.session.SwapLog;
import org.mediacore.runtime.session.Swaps;
import org.mediacore.runtime.sim.SimulatedNetwork.Impairment;
import org.osgi.framework.Version;

/** Codecs that are replaced under a call. */
class SwapTest {
  private final ExecutorService trials = Executors.newCachedThreadPool();
  private final SimulatedPlatform platform = platform();
  private final Swaps swaps = platform.swaps(trials, 500);

  private static SimulatedPlatform platform() {
    try {
      return new SimulatedPlatform(9, Impairment.NONE);
    } catch (java.io.IOException impossible) {
      throw new java.io.UncheckedIOException(impossible);
    }
  }

  private SwapLog log() {
    return platform.swapLog();
  }

  @AfterEach
  void stop() {
    trials.shutdownNow();
  }

  private void add(AudioCodecFactory factory, String version, int ranking, long id) {
    platform
        .services()
        .codecs()
        .add(factory, new ProviderInfo("codec.g711", Version.parseVersion(version), ranking, id));
  }

  private SimulatedPhone echo() throws Exception {
    SimulatedPhone phone = platform.phone(G711, "PCMU/8000", 0, 425);
    MediaSession session = platform.answer(phone);
    session.connect(session, ConnectOptions.DECODED);
    platform.run(500);
    return phone;
  }

  private void update(boolean fallBack) {
    platform.manager().update(swaps, fallBack);
  }

  private static void assertSeamless(SimulatedPhone phone) {
    SeamlessStream.check(phone, 425);
  }

  @Test
  void newerVersionTakesRunningCallsOver() throws Exception {
    SimulatedPhone phone = echo();
    Counting newer = new Counting(G711);
    add(newer, "1.1.0", 0, 10);
    update(false);
    platform.run(1_000);
    assertSeamless(phone);
    assertTrue(newer.decoded > 45 && newer.encoded > 45, newer.decoded + ", " + newer.encoded);
    List<SwapReceipt> receipts = log().receipts();
    assertEquals(2, receipts.size(), receipts.toString());
    SwapReceipt decoder = receipts.get(0);
    assertEquals("decoder PCMU/8000", decoder.part());
    assertEquals("codec.g711 1.0.0", decoder.from());
    assertEquals("codec.g711 1.1.0", decoder.to());
    String explained =
        platform.manager().sessions().get(0).report().streams().get(0).plan().toString();
    assertTrue(explained.contains("codec.g711 1.1.0"), explained);
    assertEquals("newer version", decoder.reason());
    assertEquals(0, decoder.levelStepDb().getAsDouble(), 0.01);
    SwapReceipt.Wire wire = receipts.get(1).wire().orElseThrow();
    assertEquals(0, wire.packetsMissing());
    assertEquals(160, wire.ticksBetween());
  }

  @Test
  void aHundredSwapsLoseNothing() throws Exception {
    SimulatedPhone phone = echo();
    for (int i = 1; i <= 100; i++) {
      add(new Counting(G711), "1.0." + i, 0, 10 + i);
      update(false);
      platform.run(60);
    }
    assertEquals(200, log().receipts().size());
    assertSeamless(phone);
    StreamStatistics statistics =
        platform.manager().sessions().get(0).report().streams().get(0).statistics();
    assertEquals(0, statistics.samplesConcealed());
    assertEquals(0, statistics.framesFailed());
  }

  @Test
  void olderVersionIsNoUpgrade() throws Exception {
    echo();
    add(new Counting(G711), "0.9.0", 0, 10);
    update(true);
    platform.run(100);
    assertEquals(List.of(), log().receipts());
  }

  @Test
  void updateInPlaceMovesToTheSameBundleAtOnce() throws Exception {
    SimulatedPhone phone = echo();
    platform.services().codecs().remove(G711);
    update(false);
    platform.run(100);
    assertEquals(List.of(), log().receipts());
    add(new Counting(G711), "1.0.0", 0, 10);
    update(false);
    platform.run(500);
    assertEquals(2, log().receipts().size());
    assertEquals("the provider has gone", log().receipts().get(0).reason());
    assertSeamless(phone);
  }

  @Test
  void anotherBundleStepsInOnlyAfterTheGraceTime() throws Exception {
    SimulatedPhone phone = echo();
    platform
        .services()
        .codecs()
        .add(new Counting(G711), new ProviderInfo("other", new Version(1, 0, 0), -5, 10));
    platform.services().codecs().remove(G711);
    update(false);
    platform.run(100);
    assertEquals(List.of(), log().receipts());
    update(true);
    platform.run(500);
    assertEquals("other 1.0.0", log().receipts().get(0).to());
    assertSeamless(phone);
  }

  private void assertQuarantined(Counting bad, String why) throws Exception {
    SimulatedPhone phone = echo();
    add(bad, "1.1.0", 0, 10);
    update(false);
    platform.run(1_000);
    update(false);
    platform.run(500);
    assertSeamless(phone);
    assertEquals(List.of(), log().receipts());
    assertEquals(
        1,
        log().quarantined().stream().filter(line -> line.contains(why)).count(),
        log().quarantined().toString());
    MediaSession next = platform.answer(platform.phone(G711, "PCMU/8000", 0, 425));
    assertTrue(next.report().streams().get(0).codec().equals("PCMU/8000"));
  }

  @Test
  void successorThatCannotBeMadeIsQuarantined() throws Exception {
    Counting bad = new Counting(G711);
    bad.failToCreate = true;
    assertQuarantined(bad, "broken constructor");
  }

  @Test
  void successorThatThrowsInItsTrialIsQuarantined() throws Exception {
    Counting bad = new Counting(G711);
    bad.throwAt = 5;
    assertQuarantined(bad, "broken at frame");
  }

  @Test
  void successorThatThrowsAtItsHundredthFrameIsQuarantined() throws Exception {
    Counting bad = new Counting(G711);
    bad.throwAt = 100;
    assertQuarantined(bad, "broken at frame 100");
  }

  @Test
  void successorThatLeaksMemoryIsQuarantined() throws Exception {
    Counting bad = new Counting(G711);
    bad.leakBytes = 128 * 1024;
    assertQuarantined(bad, "allocates 128 KiB per frame");
  }

  @Test
  void listenersHearOfChangesAndQuarantines() throws Exception {
    List<String> heard = new ArrayList<>();
    platform
        .swapListeners()
        .add(
            new SwapListener() {
              @Override
              public void swapped(SwapReceipt receipt) {
                heard.add(receipt.part() + " to " + receipt.to());
              }

              @Override
              public void quarantined(String provider, String why) {
                heard.add(provider + " quarantined");
              }
            });
    echo();
    add(new Counting(G711), "1.1.0", 0, 10);
    update(false);
    platform.run(100);
    Counting bad = new Counting(G711);
    bad.failToCreate = true;
    add(bad, "1.2.0", 0, 11);
    update(false);
    assertEquals(
        List.of(
            "decoder PCMU/8000 to codec.g711 1.1.0",
            "encoder PCMU/8000 to codec.g711 1.1.0",
            "PCMU/8000 of codec.g711 1.2.0 quarantined"),
        heard);
  }

  @Test
  void successorThatReturnsOneSampleLessIsQuarantined() throws Exception {
    Counting bad = new Counting(G711);
    bad.samplesMissing = 1;
    assertQuarantined(bad, "decoded");
  }

  @Test
  void successorThatHangsIsQuarantinedAndTheCallsGoOn() throws Exception {
    Counting bad = new Counting(G711);
    bad.hang = new CountDownLatch(1);
    assertQuarantined(bad, "longer than 500 ms");
    bad.hang.countDown();
  }

  @Test
  void successorThatFailsLaterInTheCallLosesItAgain() throws Exception {
    SimulatedPhone phone = echo();
    Counting bad = new Counting(G711);
    bad.throwAt = 220; // behind its probation
    add(bad, "1.1.0", 0, 10);
    update(false);
    platform.run(1_500);
    assertEquals(2, log().receipts().size());
    assertEquals(1, log().quarantined().size(), log().quarantined().toString());
    update(false);
    platform.run(200);
    List<SwapReceipt> receipts = log().receipts();
    assertEquals(4, receipts.size());
    assertEquals("the provider failed", receipts.get(2).reason());
    assertEquals("codec.g711 1.0.0", receipts.get(2).to());
    phone.forget();
    platform.run(1_000);
    assertSeamless(phone);
  }

  @Test
  void successorThatWaitsIsWithdrawnWhenItsProviderGoes() throws Exception {
    SimulatedPhone phone = echo();
    Counting newer = new Counting(G711);
    add(newer, "1.1.0", 0, 10);
    update(false); // no packet comes meanwhile, so its instances wait
    platform.services().codecs().remove(newer);
    update(false);
    platform.run(500);
    assertEquals(List.of(), log().receipts());
    assertEquals(List.of(), log().quarantined());
    assertSeamless(phone);
  }

  @Test
  void successorThatOnlyDecodesIsRefusedWhereOnesThatEncodeAre() throws Exception {
    Counting mute = new Counting(G711);
    mute.encodes = false;
    SimulatedPhone phone = echo();
    add(mute, "1.1.0", 0, 10);
    update(false);
    assertTrue(
        log().quarantined().toString().contains("does not encode"), log().quarantined()::toString);
    platform.run(500);
    assertSeamless(phone);
  }

  @Test
  void payloadThatOnlyTheNewcomerRefusesIsNotItsFault() throws Exception {
    SimulatedPhone phone = echo();
    Counting stricter = new Counting(G711);
    stricter.refuseAt = 3;
    add(stricter, "1.1.0", 0, 10);
    update(false);
    platform.run(1_000);
    assertEquals(List.of(), log().quarantined());
    assertEquals(2, log().receipts().size());
    assertSeamless(phone);
  }

  @Test
  void sessionsOfOtherCodecsAreLeftAlone() throws Exception {
    SimulatedPhone phone = platform.phone(L16, "L16/16000", 100, 425);
    MediaSession session = platform.answer(phone);
    session.connect(session, ConnectOptions.DECODED);
    platform.run(200);
    add(new Counting(G711), "1.1.0", 0, 10);
    update(true);
    platform.run(200);
    assertEquals(List.of(), log().receipts());
  }

  /** A codec that counts, and does wrong where a test says so. */
  private static final class Counting extends WrappedCodec {
    private int decoded;
    private int encoded;
    private boolean failToCreate;
    private int throwAt = Integer.MAX_VALUE;
    private int samplesMissing;
    private int refuseAt = -1;
    private boolean encodes = true;
    private int leakBytes;
    private final List<byte[]> leaked = new ArrayList<>();
    private CountDownLatch hang = new CountDownLatch(0);

    Counting(AudioCodecFactory real) {
      super(real);
    }

    @Override
    public boolean encodes(CodecDescriptor descriptor) {
      return encodes;
    }

    @Override
    public AudioEncoder createEncoder(CodecParameters parameters) throws MediaSetupException {
      AudioEncoder encoder = real.createEncoder(parameters);
      return new AudioEncoder() {
        @Override
        public int encode(short[] pcm, int offset, int samples, ByteBuffer out) {
          encoded++;
          return encoder.encode(pcm, offset, samples, out);
        }

        @Override
        public boolean tune(EncoderTuning tuning) {
          return encoder.tune(tuning);
        }

        @Override
        public void close() {
          encoder.close();
        }
      };
    }

    @Override
    public AudioDecoder createDecoder(CodecParameters parameters) throws MediaSetupException {
      if (failToCreate) {
        throw new IllegalStateException("broken constructor");
      }
      try {
        hang.await();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
      AudioDecoder decoder = real.createDecoder(parameters);
      return new AudioDecoder() {
        @Override
        public int decode(ByteBuffer payload, short[] pcm, int offset) {
          if (++decoded >= throwAt) {
            throw new IllegalStateException("broken at frame " + decoded);
          }
          if (decoded == refuseAt) {
            return MediaStatus.BAD_INPUT;
          }
          if (leakBytes > 0) {
            leaked.add(new byte[leakBytes]);
          }
          return decoder.decode(payload, pcm, offset) - samplesMissing;
        }

        @Override
        public int samplesIn(ByteBuffer payload) {
          return decoder.samplesIn(payload);
        }

        @Override
        public void close() {
          decoder.close();
        }
      };
    }
  }
}
