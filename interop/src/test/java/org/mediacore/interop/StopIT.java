package org.mediacore.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C hangs up, then stops. */
class StopIT {
  @TempDir Path folder;

  @Test
  void callsAreHungUpBeforeThePlatformStops() {
    Peers.BARESIP.require();
    try (Platform platform = Platform.start(folder.resolve("home"));
        Baresip phone = Baresip.start(folder, "phone", 425, "PCMU/8000/1")) {
      phone.dial(platform.uri("echo"));
      phone.awaitEstablished();
      phone.awaitTone(425, 0.8, Duration.ofSeconds(1));
      platform.stop();
      phone.awaitClosed();
      assertTrue(platform.describe().contains("shutting down"), platform::describe);
    }
  }
}
