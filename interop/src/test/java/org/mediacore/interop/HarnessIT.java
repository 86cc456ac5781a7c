package org.mediacore.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two baresips call each other without the platform. Where this fails, the peers or the judge are at
 * fault and no other test of this module says anything.
 */
class HarnessIT {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"PCMU/8000/1", "PCMA/8000/1", "opus/48000/1", "L16/48000/1"})
  void twoPeersHearEachOther(String codec) {
    try (Baresip anna = Baresip.start(folder, "anna", 425, codec);
        Baresip bert = Baresip.start(folder, "bert", 775, codec)) {
      anna.dial(bert.uri());
      anna.awaitEstablished();
      bert.awaitEstablished();
      anna.awaitHeard(Duration.ofSeconds(2));
      bert.awaitHeard(Duration.ofSeconds(2));
      anna.hangUp();
      anna.awaitClosed();
      bert.awaitClosed();
      assertHears(anna, 775);
      assertHears(bert, 425);
    }
  }

  private static void assertHears(Baresip peer, double toneHz) {
    ToneJudge.Verdict verdict = ToneJudge.judge(peer.heard(), toneHz);
    assertTrue(verdict.share() > 0.95, () -> verdict + "\n" + peer.context());
    assertEquals(0, verdict.gaps(), () -> verdict + "\n" + peer.context());
    assertTrue(verdict.lengthMs() > 1_800, () -> verdict + "\n" + peer.context());
  }
}
