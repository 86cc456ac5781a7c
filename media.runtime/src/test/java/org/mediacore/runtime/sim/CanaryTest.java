package org.mediacore.runtime.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mediacore.runtime.sim.SimulatedPlatform.G711;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.MediaSession;
import org.mediacore.api.swap.CanaryVerdict;
import org.mediacore.api.swap.SwapReceipt;
import org.mediacore.runtime.registry.ProviderInfo;
import org.mediacore.runtime.session.Canaries;
import org.mediacore.runtime.session.Swaps;
import org.mediacore.runtime.sim.SimulatedNetwork.Impairment;
import org.osgi.framework.Version;

/** Newcomers that are tried on a share of the calls. */
class CanaryTest {
  private static final String BUNDLE = "codec.g711";

  private final ExecutorService trials = Executors.newCachedThreadPool();
  private final List<SimulatedPhone> phones = new ArrayList<>();
  private SimulatedPlatform platform;
  private Swaps swaps;
  private Runnable arrival = () -> {};

  @BeforeEach
  void start() throws Exception {
    platform = new SimulatedPlatform(13, Impairment.NONE);
    swaps = platform.swaps(trials, 2_000);
  }

  @AfterEach
  void stop() {
    trials.shutdownNow();
  }

  /** Time passes for the calls while a canary waits; the bundle arrives in its first pause. */
  private void pause(long ms) {
    try {
      platform.run((int) ms);
    } catch (java.io.IOException impossible) {
      throw new java.io.UncheckedIOException(impossible);
    }
    Runnable coming = arrival;
    arrival = () -> {};
    coming.run();
  }

  private Canaries canaries() {
    return platform.manager().canaries(swaps, new SameThread(), this::pause);
  }

  private void calls(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      SimulatedPhone phone = platform.phone(G711, "PCMU/8000", 0, 425);
      MediaSession session = platform.answer(phone);
      session.connect(session, ConnectOptions.DECODED);
      phones.add(phone);
    }
    platform.run(500);
  }

  private void arrives(AudioCodecFactory factory) {
    arrives(factory, 1);
  }

  private void arrives(AudioCodecFactory factory, int minor) {
    arrival =
        () -> {
          ProviderInfo info = new ProviderInfo(BUNDLE, new Version(1, minor, 0), 0, 10 + minor);
          platform.services().codecs().add(factory, info);
          platform.manager().update(swaps, false);
        };
  }

  private CanaryVerdict verdict(int percent) throws Exception {
    return canaries().canary(BUNDLE, "1.1.0", percent).get(0, TimeUnit.SECONDS);
  }

  private void assertUntouched() throws Exception {
    platform.run(300);
    for (SimulatedPhone phone : phones) {
      SeamlessStream.check(phone, 425);
    }
  }

  private long receipts(String reason) {
    return platform.swapLog().receipts().stream().filter(r -> r.reason().equals(reason)).count();
  }

  @Test
  void goodNewcomerIsTriedOnAShareAndGetsAll() throws Exception {
    calls(10);
    arrives(new Altered(1, Integer.MAX_VALUE));
    CanaryVerdict verdict = verdict(15);
    assertTrue(verdict.promoted(), verdict.toString());
    assertEquals(2, verdict.sessions());
    assertTrue(verdict.frames() >= 2 * 2 * 450, verdict.toString());
    assertTrue(
        verdict.findings().contains("kept:   decoder PCMU/8000, level: +0.00 dB, allowed ±1 dB"),
        verdict.toString());
    assertUntouched();
    assertEquals(4, receipts("canary 15 %"));
    assertEquals(16, receipts("newer version"));
  }

  @Test
  void newcomerThatIsTooLoudIsRolledBack() throws Exception {
    calls(4);
    arrives(new Altered(1.3, Integer.MAX_VALUE));
    CanaryVerdict verdict = verdict(25);
    assertFalse(verdict.promoted(), verdict.toString());
    assertEquals(1, verdict.sessions());
    assertTrue(
        verdict.findings().stream()
            .anyMatch(line -> line.startsWith("broken: decoder PCMU/8000, level: +2.2")),
        verdict.toString());
    platform.run(2_000); // a decoder that never sounds alike takes over after 100 payloads
    assertUntouched();
    assertEquals(2, receipts("canary 25 %"));
    assertEquals(2, receipts("the canary failed"));
    assertEquals(0, receipts("newer version"));
    assertEquals(
        1, platform.swapLog().quarantined().stream().filter(q -> q.startsWith("PCMU")).count());
  }

  @Test
  void newcomerThatFailsIsRolledBackAtOnce() throws Exception {
    calls(4);
    arrives(new Altered(1, 200));
    CanaryVerdict verdict = verdict(25);
    assertFalse(verdict.promoted(), verdict.toString());
    assertTrue(verdict.frames() < 500, verdict.toString());
    platform.run(500);
    for (SwapReceipt receipt : platform.swapLog().receipts()) {
      assertFalse(receipt.reason().equals("newer version"), receipt.toString());
    }
    for (SimulatedPhone phone : phones) {
      phone.forget();
    }
    assertUntouched();
  }

  /** Somebody's code that never returns, where nobody hears it. */
  @Test
  void newcomerThatHangsInTheComparisonIsGivenUp() throws Exception {
    swaps = platform.swaps(trials, 300);
    calls(4);
    Thread loop = Thread.currentThread();
    CountDownLatch end = new CountDownLatch(1);
    arrives(
        new Altered(
            1,
            (frame, payload) -> {
              if (frame > 200 && Thread.currentThread() != loop) {
                hang(end);
              }
              return 0;
            }));
    CanaryVerdict verdict = verdict(25);
    assertFalse(verdict.promoted(), verdict.toString());
    assertTrue(
        verdict.findings().stream()
            .anyMatch(f -> f.startsWith("broken: ") && f.contains("did not return within 300 ms")),
        verdict.toString());
    assertTrue(
        platform.swapLog().quarantined().toString().contains("did not return"),
        platform.swapLog().quarantined()::toString);
    assertUntouched();
    arrives(new Altered(1, Integer.MAX_VALUE), 2);
    CanaryVerdict next = canaries().canary(BUNDLE, "1.2.0", 25).get(0, TimeUnit.SECONDS);
    assertTrue(next.promoted(), next.toString());
    assertUntouched();
    end.countDown();
  }

  private static void hang(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void fewFramesAreNotEnoughAndHeldAgainstNobody() throws Exception {
    calls(2);
    phones.forEach(phone -> phone.pause(19));
    platform.run(40);
    arrives(new Altered(1, Integer.MAX_VALUE));
    CanaryVerdict verdict = verdict(50);
    assertFalse(verdict.promoted(), verdict.toString());
    assertEquals(1, verdict.sessions());
    assertTrue(verdict.frames() < 50, verdict.toString());
    assertTrue(
        verdict.findings().stream()
            .anyMatch(
                f ->
                    f.startsWith("unsure: decoder PCMU/8000, frames compared: ")
                        && f.contains("more calls")
                        && f.contains("swap.canary.seconds")),
        verdict.toString());
    assertTrue(
        verdict.findings().stream().noneMatch(finding -> finding.startsWith("broken")),
        verdict.toString());
    assertEquals(List.of(), platform.swapLog().quarantined());
    phones.forEach(SimulatedPhone::resume);
    platform.run(500);
    assertEquals(0, receipts("canary 50 %"), "it was taken back before a frame came");
    CanaryVerdict again = verdict(50); // the same, with calls that talk
    assertTrue(again.promoted(), again.toString());
  }

  /** What only the newcomer refuses is a difference; a few may be the senders' fault. */
  @Test
  void newcomerThatRefusesAFewPayloadsIsPromoted() throws Exception {
    calls(4);
    arrives(new Altered(1, (frame, payload) -> frame == 200 ? MediaStatus.BAD_INPUT : 0));
    CanaryVerdict verdict = verdict(25);
    assertTrue(verdict.promoted(), verdict.toString());
    assertTrue(
        verdict
            .findings()
            .contains(
                "kept:   decoder PCMU/8000, payloads that only the newcomer refuses: 1"
                    + " (BAD_INPUT where the predecessor decodes 160 samples), allowed 5"),
        verdict.toString());
  }

  @Test
  void newcomerThatRefusesManyPayloadsIsRolledBack() throws Exception {
    calls(4);
    arrives(new Altered(1, (frame, payload) -> frame % 10 == 0 ? MediaStatus.BAD_INPUT : 0));
    CanaryVerdict verdict = verdict(25);
    assertFalse(verdict.promoted(), verdict.toString());
    assertTrue(
        verdict.findings().stream()
            .anyMatch(
                f ->
                    f.startsWith(
                        "broken: decoder PCMU/8000, payloads that only the newcomer refuses: ")),
        verdict.toString());
    assertTrue(verdict.frames() > 400, "which is no fault that ends it at once: " + verdict);
  }

  /** What the call's decoder refuses, which is a newcomer's by then, is heard by both, too. */
  @Test
  void payloadsThatAreRefusedInTheCallAreComparedToo() throws Exception {
    calls(1);
    byte[] refused = new byte[1];
    arrives(
        new Altered(
            1,
            (frame, payload) -> {
              if (frame == 1) { // the tone alternates between two payloads
                refused[0] = payload.get(payload.position());
              }
              boolean isThat = payload.get(payload.position()) == refused[0];
              return isThat && frame > 200 ? MediaStatus.BAD_INPUT : 0;
            }));
    CanaryVerdict verdict = verdict(50);
    assertFalse(verdict.promoted(), verdict.toString());
    assertTrue(
        verdict.findings().stream()
            .anyMatch(
                f ->
                    f.startsWith("broken: decoder")
                        && f.contains("payloads that only the newcomer refuses")),
        verdict.toString());
  }

  @Test
  void withoutCallsThereIsNothingToCompare() throws Exception {
    arrives(new Altered(1, Integer.MAX_VALUE));
    CanaryVerdict verdict = verdict(50);
    assertFalse(verdict.promoted());
    assertTrue(verdict.findings().get(0).startsWith("unsure: "), verdict.toString());
    assertTrue(verdict.findings().get(0).contains("nothing to compare"), verdict.toString());
    assertEquals(List.of(), platform.swapLog().quarantined());
    calls(1);
    assertEquals(
        "codec.g711 1.0.0",
        platform.manager().codecs().stream()
            .filter(codec -> codec.selected() && codec.descriptor().encoding().equals("PCMU"))
            .findFirst()
            .orElseThrow()
            .provider());
  }

  @Test
  void bundleThatDoesNotComeEndsIt() throws Exception {
    calls(1);
    CanaryVerdict verdict = verdict(50);
    assertFalse(verdict.promoted());
    assertTrue(verdict.findings().get(0).contains("no codec or processor of codec.g711 1.1.0"));
    assertUntouched();
  }

  @Test
  void shareOutOfRangeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> canaries().canary(BUNDLE, "1.1.0", 101));
  }

  /** Runs what it is given before it returns. */
  private static final class SameThread extends AbstractExecutorService {
    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }

  /** G.711 whose decoders change the level, throw, or give a negative status of a test's choice. */
  private static final class Altered extends WrappedCodec {
    /** What a decoder does with a frame first: 0 to go on, or a status. */
    private interface Before {
      int on(int frame, ByteBuffer payload);
    }

    private final double factor;
    private final Before before;

    Altered(double factor, Before before) {
      super(G711);
      this.factor = factor;
      this.before = before;
    }

    Altered(double factor, int throwAt) {
      this(
          factor,
          (frame, payload) -> {
            if (frame >= throwAt) {
              throw new IllegalStateException("broken at frame " + frame);
            }
            return 0;
          });
    }

    @Override
    public AudioDecoder createDecoder(CodecParameters parameters) throws MediaSetupException {
      AudioDecoder decoder = real.createDecoder(parameters);
      return new AudioDecoder() {
        private int frames;

        @Override
        public int decode(ByteBuffer payload, short[] pcm, int offset) {
          int status = before.on(++frames, payload);
          if (status < 0) {
            return status;
          }
          int samples = decoder.decode(payload, pcm, offset);
          for (int i = 0; i < samples; i++) {
            pcm[offset + i] = (short) Math.round(pcm[offset + i] * factor);
          }
          return samples;
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
