package org.mediacore.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two phones meet in a bridge. */
class BridgeIT {
  private static final Duration CALL = Duration.ofSeconds(3);
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "opus/48000/1, PCMU/8000/1",
    "PCMU/8000/1, PCMU/8000/1",
    "PCMA/8000/1, L16/48000/1",
    "G722/16000/1, PCMU/8000/1",
    "G722/16000/1, G722/16000/1",
    "opus/48000/1, opus/48000/1"
  })
  void twoCallersHearEachOther(String annasCodec, String bertsCodec) {
    Peers.BARESIP.require();
    try (Platform platform = Platform.start(folder.resolve("home"));
        Baresip anna = Baresip.start(folder, "anna", 425, annasCodec);
        Baresip bert = Baresip.start(folder, "bert", 775, bertsCodec)) {
      anna.dial(platform.uri("bridge-x"));
      anna.awaitEstablished();
      bert.dial(platform.uri("bridge-x"));
      bert.awaitEstablished();
      anna.awaitTone(775, 0.8, CALL);
      bert.awaitTone(425, 0.8, CALL);
      anna.hangUp();
      anna.awaitClosed();
      Heard.onlyTone(anna, 775, CALL);
      Heard.onlyTone(bert, 425, CALL);
      platform.stop();
    }
  }

  @Test
  void thirdCallerFindsItBusy() {
    Peers.BARESIP.require();
    try (Platform platform = Platform.start(folder.resolve("home"));
        Baresip anna = Baresip.start(folder, "anna", 425, "PCMU/8000/1");
        Baresip bert = Baresip.start(folder, "bert", 775, "PCMU/8000/1");
        Baresip carl = Baresip.start(folder, "carl", 1125, "PCMU/8000/1")) {
      anna.dial(platform.uri("bridge-x"));
      anna.awaitEstablished();
      bert.dial(platform.uri("bridge-x"));
      bert.awaitEstablished();
      carl.dial(platform.uri("bridge-x"));
      String reason = carl.awaitClosed();
      assertTrue(reason.startsWith("486"), reason);
      anna.awaitTone(775, 0.8, Duration.ofSeconds(1));
      bert.awaitTone(425, 0.8, Duration.ofSeconds(1));
      platform.stop();
      anna.awaitClosed(); // Ctrl-C hangs up
      bert.awaitClosed();
    }
  }
}
