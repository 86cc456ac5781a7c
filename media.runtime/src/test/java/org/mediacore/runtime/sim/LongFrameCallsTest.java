package org.mediacore.runtime.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mediacore.runtime.sim.SimulatedPlatform.G711;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.MediaSession;
import org.mediacore.api.session.Room;
import org.mediacore.api.session.RoomOptions;
import org.mediacore.codec.ilbc.IlbcCodecFactory;
import org.mediacore.runtime.registry.ProviderInfo;
import org.mediacore.runtime.sim.SimulatedNetwork.Impairment;
import org.mediacore.runtime.sim.SimulatedPhone.Received;
import org.osgi.framework.Version;

/**
 * Calls with a codec that has no frames of the usual 20 ms: iLBC with a peer that says nothing of
 * its mode, which is 30 ms (RFC 3952 §5), whatever the ptime.
 */
class LongFrameCallsTest {
  private static final AudioCodecFactory ILBC = new IlbcCodecFactory();

  private static SimulatedPlatform platform() throws Exception {
    SimulatedPlatform platform = new SimulatedPlatform(3952, Impairment.NONE);
    ProviderInfo info = new ProviderInfo("codec.ilbc", new Version(1, 0, 0), 0, 3);
    platform.services().codecs().add(ILBC, info);
    return platform;
  }

  private static void assertSteps(SimulatedPhone phone, int ticks) {
    List<Received> packets = phone.received();
    for (int i = 1; i < packets.size(); i++) {
      int step = packets.get(i).timestamp() - packets.get(i - 1).timestamp();
      assertEquals(ticks, step, "timestamp at " + i);
    }
  }

  @Test
  void bridgeOfThirtyAndTwentyMsTranscodes() throws Exception {
    SimulatedPlatform platform = platform();
    SimulatedPhone thirty = platform.phone(ILBC, "iLBC/8000", 98, 440);
    SimulatedPhone twenty = platform.phone(G711, "PCMU/8000", 0, 1000);
    MediaSession first = platform.session();
    String answer = SimulatedPlatform.negotiate(first, thirty.offer("ptime:20"));
    assertTrue(answer.contains("a=fmtp:98 mode=30\r\n"), answer);
    assertTrue(answer.contains("a=ptime:30\r\n"), answer);
    thirty.call(answer);
    first.connect(platform.answer(twenty), ConnectOptions.DEFAULT);
    platform.run(3_000);
    assertSteps(thirty, 240);
    assertSteps(twenty, 160);
    assertTrue(thirty.received().size() >= 98, thirty.received().size() + " packets");
    assertTrue(twenty.received().size() >= 147, twenty.received().size() + " packets");
    assertTrue(thirty.toneShare(1000) > 0.99, "30 ms hears " + thirty.toneShare(1000));
    assertTrue(twenty.toneShare(440) > 0.99, "20 ms hears " + twenty.toneShare(440));
  }

  @Test
  void roomMixesThirtyAndTwentyMs() throws Exception {
    SimulatedPlatform platform = platform();
    Room room = platform.manager().room(new RoomOptions("x", 10));
    SimulatedPhone thirty = platform.phone(ILBC, "iLBC/8000", 98, 440);
    SimulatedPhone twenty = platform.phone(G711, "PCMU/8000", 0, 1000);
    platform.answer(thirty).connect(room, ConnectOptions.DEFAULT);
    platform.answer(twenty).connect(room, ConnectOptions.DEFAULT);
    platform.run(3_000);
    assertSteps(thirty, 240);
    assertSteps(twenty, 160);
    assertTrue(thirty.toneShare(1000) > 0.99, "30 ms hears " + thirty.toneShare(1000));
    assertTrue(twenty.toneShare(440) > 0.99, "20 ms hears " + twenty.toneShare(440));
  }
}
