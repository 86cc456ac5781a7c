package org.mediacore.interop;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three phones with different codecs meet in a room. */
class ConferenceIT {
  private static final Duration CALL = Duration.ofSeconds(3);

  /** Of two tones of the same level each has half of the energy. */
  private static final double BESIDE_ANOTHER = 0.3;

  @TempDir Path folder;

  @Test
  void eachHearsTheOthersAndNotItself() {
    Peers.BARESIP.require();
    try (Platform platform = Platform.start(folder.resolve("home"));
        Baresip anna = Baresip.start(folder, "anna", 425, "opus/48000/1");
        Baresip bert = Baresip.start(folder, "bert", 775, "PCMU/8000/1");
        Baresip carl = Baresip.start(folder, "carl", 1125, "PCMA/8000/1")) {
      for (Baresip peer : List.of(anna, bert, carl)) {
        peer.dial(platform.uri("conf-x"));
        peer.awaitEstablished();
      }
      anna.awaitTone(1125, BESIDE_ANOTHER, CALL);
      bert.awaitTone(1125, BESIDE_ANOTHER, CALL);
      carl.awaitTone(425, BESIDE_ANOTHER, CALL);
      carl.awaitTone(775, BESIDE_ANOTHER, CALL);
      for (Baresip peer : List.of(anna, bert, carl)) {
        peer.hangUp();
        peer.awaitClosed();
      }
      Heard.twoTones(anna, 775, 1125, 425, CALL);
      Heard.twoTones(bert, 425, 1125, 775, CALL);
      Heard.twoTones(carl, 425, 775, 1125, CALL);
      platform.stop();
    }
  }
}
