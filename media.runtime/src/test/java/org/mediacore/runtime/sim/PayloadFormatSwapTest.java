package org.mediacore.runtime.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mediacore.runtime.sim.SimulatedPlatform.L16;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.MediaSession;
import org.mediacore.api.swap.SwapReceipt;
import org.mediacore.runtime.registry.ProviderInfo;
import org.mediacore.runtime.session.Swaps;
import org.mediacore.runtime.sim.SimulatedNetwork.Impairment;
import org.mediacore.runtime.sim.SimulatedPhone.Received;
import org.osgi.framework.Version;

/** Payload formats that come, go and are replaced under a call. */
class PayloadFormatSwapTest {
  private final ExecutorService trials = Executors.newCachedThreadPool();
  private final Enveloped.Format format = new Enveloped.Format();
  private SimulatedPlatform platform;
  private Swaps swaps;

  @BeforeEach
  void start() throws Exception {
    platform = new SimulatedPlatform(17, Impairment.NONE);
    swaps = platform.swaps(trials, 2_000);
    platform.services().codecs().remove(L16);
    add(new Enveloped.Samples(), "1.0.0", 10);
  }

  @AfterEach
  void stop() {
    trials.shutdownNow();
  }

  private void add(Enveloped.Samples codec, String version, long id) {
    ProviderInfo info = new ProviderInfo("codec.samples", Version.parseVersion(version), 0, id);
    platform.services().codecs().add(codec, info);
  }

  private void add(Enveloped.Format added, String version, long id) {
    ProviderInfo info = new ProviderInfo("payload.plain", Version.parseVersion(version), 0, id);
    platform.services().codecs().add(added, info);
  }

  private SimulatedPhone echo() throws Exception {
    SimulatedPhone phone = platform.phone(L16, "L16/8000", 100, 425);
    MediaSession session = platform.answer(phone);
    session.connect(session, ConnectOptions.DECODED);
    platform.run(500);
    return phone;
  }

  private void update(boolean fallBack) throws Exception {
    platform.manager().update(swaps, fallBack);
    platform.run(500);
  }

  private List<String> receipts() {
    return platform.swapLog().receipts().stream()
        .map(one -> one.part() + ": " + one.from() + " -> " + one.to() + ", " + one.reason())
        .toList();
  }

  @Test
  void codecOfFramesIsUsedAsSoonAsThereIsAFormatForIt() throws Exception {
    assertThrows(MediaSetupException.class, this::echo);
    String there = platform.manager().codecs().toString();
    assertTrue(there.contains("codec.samples 1.0.0, no payload format"), there);
    add(format, "1.0.0", 20);
    SeamlessStream.check(echo(), 425);
    assertTrue(format.packetized > 20, "" + format.packetized);
    there = platform.manager().codecs().toString();
    assertTrue(there.contains("codec.samples 1.0.0 with payload.plain 1.0.0"), there);
  }

  @Test
  void markerStandsWhereTheFormatHasIt() throws Exception {
    add(format, "1.0.0", 20);
    assertEquals(1, echo().received().stream().filter(Received::marked).count());
    Enveloped.Format marking = new Enveloped.Format();
    marking.marks = true;
    add(marking, "1.1.0", 21);
    SimulatedPhone phone = echo();
    assertTrue(phone.received().size() > 20);
    assertTrue(phone.received().stream().allMatch(Received::marked));
  }

  @Test
  void newerFormatTakesRunningCallsOver() throws Exception {
    add(format, "1.0.0", 20);
    SimulatedPhone phone = echo();
    Enveloped.Format newer = new Enveloped.Format();
    add(newer, "1.1.0", 21);
    update(false);
    String change =
        ": codec.samples 1.0.0 with payload.plain 1.0.0"
            + " -> codec.samples 1.0.0 with payload.plain 1.1.0, newer version";
    assertEquals(List.of("decoder L16/8000" + change, "encoder L16/8000" + change), receipts());
    SeamlessStream.check(phone, 425);
    assertTrue(newer.packetized > 20 && newer.read > 20, newer.packetized + ", " + newer.read);
    assertEquals(0, format.open);
    assertEquals(2, newer.open);
  }

  @Test
  void newerCodecTakesRunningCallsOverInTheSameFormat() throws Exception {
    add(format, "1.0.0", 20);
    SimulatedPhone phone = echo();
    add(new Enveloped.Samples(), "1.2.0", 11);
    update(false);
    List<SwapReceipt> receipts = platform.swapLog().receipts();
    assertEquals(2, receipts.size());
    assertEquals("codec.samples 1.2.0 with payload.plain 1.0.0", receipts.get(0).to());
    SeamlessStream.check(phone, 425);
  }

  @Test
  void callsGoOnWithAFormatThatHasGoneAndTakeItsNextVersion() throws Exception {
    add(format, "1.0.0", 20);
    SimulatedPhone phone = echo();
    assertEquals(L16.descriptors().size(), platform.services().codecs().remove(format).size());
    update(true);
    assertEquals(List.of(), receipts());
    Enveloped.Format again = new Enveloped.Format();
    add(again, "1.0.0", 21);
    update(false);
    assertEquals(2, receipts().size());
    assertTrue(receipts().get(0).endsWith("the provider has gone"), receipts().get(0));
    SeamlessStream.check(phone, 425);
    assertEquals(0, format.open);
  }

  @Test
  void wholeCodecStepsInWhereItsPartsHaveGone() throws Exception {
    add(format, "1.0.0", 20);
    SimulatedPhone phone = echo();
    platform.services().codecs().remove(format);
    platform
        .services()
        .codecs()
        .add(L16, new ProviderInfo("codec.l16", new Version(1, 0, 0), 0, 30));
    update(false);
    assertEquals(List.of(), receipts());
    update(true);
    assertEquals("codec.l16 1.0.0", platform.swapLog().receipts().get(0).to());
    SeamlessStream.check(phone, 425);
  }

  @Test
  void badFormatIsQuarantinedAndTheCallUntouched() throws Exception {
    add(format, "1.0.0", 20);
    SimulatedPhone phone = echo();
    Enveloped.Format bad = new Enveloped.Format();
    bad.later = MediaStatus.FAILED;
    add(bad, "1.1.0", 21);
    update(false);
    assertTrue(
        platform.swapLog().quarantined().toString().contains("payload.plain 1.1.0"),
        platform.swapLog().quarantined().toString());
    assertTrue(
        receipts().stream().noneMatch(one -> one.startsWith("decoder")), receipts().toString());
    SeamlessStream.check(phone, 425);
  }
}
