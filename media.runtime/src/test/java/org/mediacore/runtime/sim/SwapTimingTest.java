package org.mediacore.runtime.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mediacore.runtime.sim.SimulatedPlatform.G711;
import static org.mediacore.runtime.sim.SimulatedPlatform.L16;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.MediaSession;
import org.mediacore.api.session.Room;
import org.mediacore.api.session.RoomOptions;
import org.mediacore.runtime.registry.ProviderInfo;
import org.mediacore.runtime.session.SwapLog;
import org.mediacore.runtime.session.Swaps;
import org.mediacore.runtime.sim.SimulatedNetwork.Impairment;
import org.osgi.framework.Version;

/** Codecs that come and go at awkward times. */
class SwapTimingTest {
  private final ExecutorService trials = Executors.newCachedThreadPool();
  private SimulatedPlatform platform;
  private Swaps swaps;

  SwapTimingTest() throws Exception {
    platform = new SimulatedPlatform(9, Impairment.NONE);
    swaps = platform.swaps(trials, 500);
  }

  private SwapLog log() {
    return platform.swapLog();
  }

  @AfterEach
  void stop() {
    trials.shutdownNow();
  }

  private void add(AudioCodecFactory factory, String version, long id) {
    platform
        .services()
        .codecs()
        .add(factory, new ProviderInfo("codec.g711", Version.parseVersion(version), 0, id));
  }

  private SimulatedPhone echo() throws Exception {
    SimulatedPhone phone = platform.phone(G711, "PCMU/8000", 0, 425);
    MediaSession session = platform.answer(phone);
    session.connect(session, ConnectOptions.DECODED);
    platform.run(500);
    return phone;
  }

  @Test
  void whoWaitedInABridgeGetsTheCodecThatIsThereNow() throws Exception {
    platform.services().codecs().remove(G711);
    HookedCodec former = new HookedCodec(G711);
    add(former, "1.0.0", 10);
    SimulatedPhone one = platform.phone(G711, "PCMU/8000", 0, 425);
    MediaSession waiting = platform.answer(one);
    Room room = platform.manager().room(RoomOptions.bridge("a"));
    waiting.connect(room, ConnectOptions.DEFAULT);
    platform.run(200);
    platform.services().codecs().remove(former);
    former.refuses = true; // its class loader is gone
    add(new HookedCodec(G711), "1.0.0", 11);
    platform.manager().update(swaps, true);
    SimulatedPhone other = platform.phone(L16, "L16/16000", 100, 425);
    MediaSession second = platform.answer(other);
    second.connect(room, ConnectOptions.DEFAULT);
    platform.run(1_000);
    assertTrue(one.toneShare(425) > 0.9, "tone " + one.toneShare(425));
  }

  @Test
  void onlyCodecThatFailedInOneCallStaysForOthers() throws Exception {
    platform.services().codecs().remove(G711);
    HookedCodec only = new HookedCodec(G711);
    add(only, "1.0.0", 10);
    echo();
    only.error = new AssertionError("a payload that it cannot bear");
    platform.run(500);
    only.error = null;
    assertEquals(1, log().quarantined().size(), log().quarantined().toString());
    SimulatedPhone next = platform.phone(G711, "PCMU/8000", 0, 425);
    MediaSession session = platform.answer(next);
    assertEquals("PCMU/8000", session.report().streams().get(0).codec());
  }
}
