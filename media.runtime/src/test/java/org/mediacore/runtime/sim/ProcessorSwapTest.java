package org.mediacore.runtime.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mediacore.runtime.sim.SimulatedPlatform.G711;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.processing.AudioProcessor;
import org.mediacore.api.processing.AudioProcessorFactory;
import org.mediacore.api.processing.ProcessorDescriptor;
import org.mediacore.api.processing.ProcessorDescriptor.Position;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.MediaSession;
import org.mediacore.api.swap.SwapReceipt;
import org.mediacore.runtime.processing.ProcessorProvider;
import org.mediacore.runtime.registry.ProviderInfo;
import org.mediacore.runtime.session.Swaps;
import org.mediacore.runtime.sim.SimulatedNetwork.Impairment;
import org.osgi.framework.Version;

/** Processors that come, are replaced and go under a call. */
class ProcessorSwapTest {
  private final ExecutorService trials = Executors.newCachedThreadPool();
  private SimulatedPlatform platform;
  private Swaps swaps;

  @BeforeEach
  void start() throws Exception {
    platform = new SimulatedPlatform(12, Impairment.NONE);
    swaps = platform.swaps(trials, 2_000);
  }

  @AfterEach
  void stop() {
    trials.shutdownNow();
  }

  private void add(AudioProcessorFactory factory, String version, long id) {
    ProviderInfo info = new ProviderInfo("processing.gain", Version.parseVersion(version), 0, id);
    platform.services().processors().add(new ProcessorProvider(factory, info));
  }

  private void remove(AudioProcessorFactory factory) {
    platform.services().processors().remove(provider -> provider.isOf(factory));
  }

  private SimulatedPhone call(String... processing) throws Exception {
    SimulatedPhone phone = platform.phone(G711, "PCMU/8000", 0, 425);
    MediaSession session =
        platform
            .manager()
            .createSession(platform.options().processing(List.of(processing)).build());
    phone.call(SimulatedPlatform.negotiate(session, phone.offer()));
    session.connect(session, ConnectOptions.DEFAULT);
    platform.run(500);
    return phone;
  }

  private void update(boolean fallBack) {
    platform.manager().update(swaps, fallBack);
  }

  private double level(SimulatedPhone phone) throws Exception {
    phone.forget();
    platform.run(400);
    SeamlessStream.check(phone, 425);
    return phone.levelDbov();
  }

  @Test
  void processorsWorkWhereTheyStand() throws Exception {
    add(new Gain("in", Position.RECEIVED, 0.5), "1.0.0", 10);
    add(new Gain("out", Position.SENT, 0.5), "1.0.0", 11);
    double plain = level(call());
    assertEquals(plain - 6.02, level(call("in")), 0.3);
    assertEquals(plain - 12.04, level(call("in", "out")), 0.3);
    MediaSession last = platform.manager().sessions().get(2);
    String plan = last.report().streams().get(0).plan().toString();
    assertTrue(plan.contains("in: process: in by processing.gain 1.0.0"), plan);
    assertTrue(plan.contains("process: out by processing.gain 1.0.0"), plan);
  }

  @Test
  void processorThatComesLateTakesItsPlace() throws Exception {
    SimulatedPhone phone = call("gain");
    double plain = level(phone);
    add(new Gain("gain", Position.RECEIVED, 0.5), "1.0.0", 10);
    update(false);
    platform.run(100);
    assertEquals(plain - 6.02, level(phone), 0.3);
    SwapReceipt receipt = platform.swapLog().receipts().get(0);
    assertEquals("processor gain", receipt.part());
    assertEquals("a provider has come", receipt.reason());
    assertEquals(-6.02, receipt.levelStepDb().getAsDouble(), 0.2);
  }

  @Test
  void aHundredProcessorsInARowLoseNothing() throws Exception {
    add(new Gain("gain", Position.RECEIVED, 1), "1.0.0", 9);
    SimulatedPhone phone = call("gain");
    for (int i = 1; i <= 100; i++) {
      add(new Gain("gain", Position.RECEIVED, 1), "1.0." + i, 10 + i);
      update(false);
      platform.run(40);
    }
    SeamlessStream.check(phone, 425);
    List<SwapReceipt> receipts = platform.swapLog().receipts();
    assertEquals(100, receipts.size());
    for (SwapReceipt receipt : receipts) {
      assertEquals(0, receipt.levelStepDb().getAsDouble(), 0.01);
      assertEquals(0, receipt.samplesConcealed());
      assertEquals(0, receipt.addedDelaySamples());
    }
  }

  @Test
  void successorHasHeardItsWarmUp() throws Exception {
    add(new Gain("gain", Position.RECEIVED, 1, 400), "1.0.0", 9);
    SimulatedPhone phone = call("gain");
    Gain newer = new Gain("gain", Position.RECEIVED, 1, 400);
    add(newer, "1.1.0", 10);
    update(false);
    // The one that serves, behind the one on probation.
    assertEquals(400 * 8, newer.samplesOfLast, "samples heard before it takes over");
    platform.run(100);
    SeamlessStream.check(phone, 425);
    assertEquals(1, platform.swapLog().receipts().size());
  }

  @Test
  void processorThatGoesIsPassedByAfterTheGraceTime() throws Exception {
    Gain gain = new Gain("gain", Position.RECEIVED, 0.5);
    add(gain, "1.0.0", 10);
    SimulatedPhone phone = call("gain");
    double halved = level(phone);
    remove(gain);
    update(false);
    platform.run(100);
    assertEquals(halved, level(phone), 0.3);
    update(true);
    platform.run(100);
    assertEquals(halved + 6.02, level(phone), 0.3);
    assertEquals("the provider has gone", platform.swapLog().receipts().get(0).reason());
    assertEquals(0, gain.open);
  }

  @Test
  void processorThatThrowsIsPassedByAndReplaced() throws Exception {
    Gain bad = new Gain("gain", Position.RECEIVED, 1);
    bad.throwAt = 60;
    add(bad, "1.0.0", 9);
    SimulatedPhone phone = call("gain");
    platform.run(1_000);
    assertEquals(1, platform.swapLog().quarantined().size());
    SeamlessStream.check(phone, 425);
    add(new Gain("gain", Position.RECEIVED, 1), "0.9.0", 10);
    update(false);
    platform.run(200);
    assertEquals("the provider failed", platform.swapLog().receipts().get(0).reason());
    SeamlessStream.check(phone, 425);
  }

  @Test
  void badSuccessorNeverGetsTheCall() throws Exception {
    add(new Gain("gain", Position.RECEIVED, 1), "1.0.0", 9);
    SimulatedPhone phone = call("gain");
    Gain bad = new Gain("gain", Position.RECEIVED, 1);
    bad.throwAt = 100;
    add(bad, "1.1.0", 10);
    update(false);
    platform.run(500);
    assertEquals(List.of(), platform.swapLog().receipts());
    assertEquals(1, platform.swapLog().quarantined().size());
    assertEquals(0, bad.open);
    SeamlessStream.check(phone, 425);
  }

  /** A gain that does wrong where a test says so. */
  private static final class Gain implements AudioProcessorFactory {
    private final ProcessorDescriptor descriptor;
    private final double factor;
    private int open;
    private int throwAt = Integer.MAX_VALUE;
    private int samplesOfLast;

    Gain(String name, Position position, double factor) {
      this(name, position, factor, 0);
    }

    Gain(String name, Position position, double factor, int warmUpMs) {
      this.descriptor = new ProcessorDescriptor(name, position, warmUpMs);
      this.factor = factor;
    }

    @Override
    public ProcessorDescriptor descriptor() {
      return descriptor;
    }

    @Override
    public AudioProcessor create(AudioFormat format) throws MediaSetupException {
      open++;
      samplesOfLast = 0;
      return new AudioProcessor() {
        private int blocks;

        @Override
        public int process(short[] pcm, int offset, int samples) {
          if (++blocks >= throwAt) {
            throw new IllegalStateException("broken at block " + blocks);
          }
          samplesOfLast += samples;
          for (int i = 0; i < samples * format.channels(); i++) {
            pcm[offset + i] = (short) Math.round(pcm[offset + i] * factor);
          }
          return samples;
        }

        @Override
        public void close() {
          open--;
        }
      };
    }
  }
}
