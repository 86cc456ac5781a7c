package org.mediacore.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples in calls. baresip does not judge g726: it packs the codes the other way round, and
 * an echo returns its bytes to it whatever order they were decoded in.
 */
class ExamplesIT {
  private static final Path ROOT =
      Path.of(System.getProperty("mediacore.root", "..")).toAbsolutePath().normalize();
  private static final Duration PART = Duration.ofSeconds(2);
  private static final Duration START = Duration.ofSeconds(20);

  /** -10 log10(1 + (80 / f)^4): what the high-pass takes from 75 Hz; from 425 Hz it is 0.01 dB. */
  private static final double LOSS_AT_75_HZ_DB = 3.61;

  private static final double TOLERANCE_DB = 0.3;

  @TempDir Path folder;

  @Test
  void highpassTakesHumFromAPhoneAndLeavesItsVoice() throws IOException {
    Peers.BARESIP.require();
    try (Platform platform = Platform.start(folder.resolve("home"))) {
      // The phone's own resampling takes one or two dB: only differences count.
      double humDbfs = levelOf(platform, "hum", 75);
      double voiceDbfs = levelOf(platform, "voice", 425);
      switchHighpassOn(platform);
      double filteredDbfs = levelOf(platform, "filtered-hum", 75);
      assertEquals(humDbfs - LOSS_AT_75_HZ_DB, filteredDbfs, TOLERANCE_DB);
      assertEquals(voiceDbfs, levelOf(platform, "filtered-voice", 425), TOLERANCE_DB);
      platform.stop();
    }
  }

  /** With the filter in between, a decoder and an encoder that disagree are heard. */
  @Test
  void g726IsSpokenThroughTheHighpass() throws IOException {
    try (Platform platform = Platform.start(folder.resolve("home"))) {
      switchHighpassOn(platform);
      drop("g726");
      platform.awaitCodec("g726-32", true);
      List<String> command =
          List.of(
              "java",
              "-cp",
              jar("g726") + ":" + ROOT.resolve("media.api/target/media.api-1.0.0.jar"),
              ROOT.resolve("examples/Caller.java").toString(),
              "org.mediacore.example.g726.G726CodecFactory",
              platform.uri("echo"));
      try (Program caller = Program.start("caller", command, folder.resolve("log"), Map.of())) {
        assertEquals(0, caller.awaitExit(Duration.ofSeconds(30)), caller::describe);
        assertTrue(caller.log().contains("the call is up with G726-32/8000"), caller::describe);
        assertTrue(caller.log().contains("missing 0"), caller::describe);
      }
      platform.stop();
    }
  }

  private void switchHighpassOn(Platform platform) throws IOException {
    Path config = folder.resolve("home/conf/org.mediacore.runtime.cfg");
    Files.writeString(config, Files.readString(config) + "\nprocessing = highpass\n");
    drop("highpass");
    Waiting.until(
        "highpass is active",
        START,
        () -> platform.shell("media:bundles").contains("org.mediacore.example.highpass"),
        platform::describe);
  }

  /** Calls echo and returns at which level the tone came back, in dBFS. */
  private double levelOf(Platform platform, String name, double toneHz) {
    try (Baresip phone = Baresip.start(folder, name, toneHz, "PCMU/8000/1")) {
      phone.dial(platform.uri("echo"));
      phone.awaitEstablished();
      phone.awaitTone(toneHz, 0.8, PART);
      phone.hangUp();
      phone.awaitClosed();
      ToneJudge.Verdict verdict = ToneJudge.judge(phone.heard(), toneHz);
      assertTrue(verdict.share() > 0.95, () -> verdict + "\n" + phone.context());
      return verdict.levelDbfs();
    }
  }

  private void drop(String name) {
    try {
      Files.copy(jar(name), folder.resolve("home/deploy").resolve(jar(name).getFileName()));
    } catch (IOException e) {
      throw new UncheckedIOException("is it built? './mediacore build' does", e);
    }
  }

  private static Path jar(String name) {
    return ROOT.resolve("examples").resolve(name).resolve("target/" + name + "-1.0.0.jar");
  }
}
