package org.mediacore.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIPp makes a thousand calls and none fails. */
class LoadIT {
  @TempDir Path folder;

  @Test
  void thousandCalls() throws IOException {
    Peers.SIPP.require();
    try (Platform platform = Platform.start(folder.resolve("home"))) {
      Path sipp = Files.createDirectories(folder.resolve("sipp"));
      Sipp.Result result =
          Sipp.call(sipp, "echo", platform.sipPort(), 1_000, 100, Duration.ofMillis(500));
      assertEquals(1_000, result.successful(), () -> result + "\n" + platform.describe());
      assertEquals(0, result.failed(), result::toString);
      assertEquals(0, result.exitCode(), result::toString);
      platform.stop();
    }
  }
}
