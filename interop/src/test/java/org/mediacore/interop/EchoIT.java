package org.mediacore.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A phone calls the echo with each codec and hears its own tone. */
class EchoIT {
  private static final Duration CALL = Duration.ofSeconds(3);
  @TempDir static Path folder;
  private static Platform platform;

  @BeforeAll
  static void start() {
    platform = Platform.start(folder.resolve("home"));
  }

  @AfterAll
  static void stop() {
    if (platform != null) {
      try (Platform stopped = platform) {
        stopped.stop();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "pcmu, PCMU/8000/1",
    "pcma, PCMA/8000/1",
    "g722, G722/16000/1",
    "opus, opus/48000/1",
    "l16, L16/48000/1"
  })
  void callerHearsItself(String name, String codec) {
    try (Baresip phone = Baresip.start(folder, name, 425, codec)) {
      phone.dial(platform.uri("echo"));
      phone.awaitEstablished();
      phone.awaitTone(425, 0.8, CALL);
      phone.hangUp();
      phone.awaitClosed();
      Heard.onlyTone(phone, 425, CALL);
      Baresip.Packets packets = phone.packets();
      assertTrue(
          packets.received() > packets.sent() * 0.9 && packets.received() <= packets.sent(),
          packets::toString);
    }
  }
}
