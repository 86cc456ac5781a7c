package org.mediacore.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A codec is dropped into the running platform and taken out again, with a call up. */
class DeployIT {
  private static final Duration PART = Duration.ofSeconds(1);
  @TempDir Path folder;

  @Test
  void codecComesAndGoesWhileACallIsUp() throws IOException {
    Peers.BARESIP.require();
    Path opus = Platform.bundle("codec.opus");
    try (Platform platform = Platform.start(folder.resolve("home"));
        Baresip phone = Baresip.start(folder, "phone", 425, "PCMU/8000/1")) {
      Path deployed = platform.deployed("codec.opus");
      Files.delete(platform.deployed("codec.l16"));
      Files.delete(deployed);
      platform.awaitCodec("opus", false);
      phone.dial(platform.uri("echo"));
      phone.awaitEstablished();
      phone.awaitTone(425, 0.8, PART);
      nextCallUses(platform, "before", "PCMU");

      Files.copy(opus, deployed);
      platform.awaitCodec("opus", true);
      nextCallUses(platform, "with", "opus");

      Files.delete(deployed);
      platform.awaitCodec("opus", false);
      nextCallUses(platform, "without", "PCMU");

      phone.awaitTone(425, 0.8, phone.heard().length().plus(PART));
      phone.hangUp();
      phone.awaitClosed();
      nothingWasLost(phone);
      platform.stop();
    }
  }

  /** Calls with a phone that prefers Opus and looks at what was agreed. */
  private void nextCallUses(Platform platform, String name, String encoding) {
    try (Baresip next = Baresip.start(folder, name, 775, "opus/48000/1", "PCMU/8000/1")) {
      next.dial(platform.uri("echo"));
      next.awaitEstablished();
      next.awaitTone(775, 0.8, PART);
      next.hangUp();
      next.awaitClosed();
      assertTrue(next.sendsWith(encoding), next::context);
      Heard.onlyTone(next, 775, PART);
    }
  }

  /** A packet that was lost would leave a gap, or break the tone's phase where it was closed up. */
  private static void nothingWasLost(Baresip phone) {
    ToneJudge.Verdict verdict = ToneJudge.judge(phone.heard(), 425);
    assertEquals(0, verdict.gaps(), () -> verdict + "\n" + phone.context());
    assertEquals(0, verdict.phaseBreaks(), () -> verdict + "\n" + phone.context());
    Heard.onlyTone(phone, 425, PART.multipliedBy(4));
  }
}
