package org.mediacore.runtime.sim;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.mediacore.runtime.sim.SimulatedPlatform.G711;

import java.lang.ref.WeakReference;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.MediaSession;
import org.mediacore.runtime.registry.ProviderInfo;
import org.mediacore.runtime.session.Swaps;
import org.mediacore.runtime.sim.SimulatedNetwork.Impairment;
import org.osgi.framework.Version;

/** A provider that has gone is not kept by calls that go on with another one. */
class SwapLeftoversTest {
  private final ExecutorService trials = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    trials.shutdownNow();
  }

  private static ProviderInfo info(String version, long id) {
    return new ProviderInfo("codec.g711", Version.parseVersion(version), 0, id);
  }

  /** A call that uses a factory which nobody else holds. */
  private static WeakReference<AudioCodecFactory> call(SimulatedPlatform platform, boolean decode)
      throws Exception {
    AudioCodecFactory first = new WrappedCodec(G711);
    platform.services().codecs().add(first, info("1.1.0", 10));
    SimulatedPhone phone = platform.phone(G711, "PCMU/8000", 0, 425);
    MediaSession session = platform.answer(phone);
    session.connect(session, decode ? ConnectOptions.DECODED : ConnectOptions.DEFAULT);
    platform.run(200);
    platform.services().codecs().add(new WrappedCodec(G711), info("1.2.0", 11));
    platform.services().codecs().remove(first);
    return new WeakReference<>(first);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void factoryIsFreeWhenItsCallHasMoved(boolean decode) throws Exception {
    SimulatedPlatform platform = new SimulatedPlatform(14, Impairment.NONE);
    Swaps swaps = platform.swaps(trials, 2_000);
    WeakReference<AudioCodecFactory> first = call(platform, decode);
    platform.manager().update(swaps, false);
    platform.run(200);
    for (int i = 0; i < 20 && first.get() != null; i++) {
      System.gc();
    }
    assertNull(first.get(), "the call holds a factory that has gone");
    platform.run(20);
  }
}
