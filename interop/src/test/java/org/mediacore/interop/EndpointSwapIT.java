package org.mediacore.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The code of endpoints and file formats is replaced while callers are in a room, listen to a file
 * and are recorded.
 */
class EndpointSwapIT {
  private static final Duration PART = Duration.ofSeconds(2);
  private static final Duration FILE = Duration.ofSeconds(14);
  private static final Duration WITHIN = Duration.ofSeconds(20);

  /** What may miss a call at its ends. */
  private static final Duration EDGES = Duration.ofMillis(300);

  private static final int FILE_RATE_HZ = 16_000;

  @TempDir Path folder;

  @Test
  void callersMeetAndFilesAreCompleteAcrossAReplacement() throws IOException {
    Peers.BARESIP.require();
    Path home = folder.resolve("home");
    Path data = Files.createDirectories(home.resolve("data"));
    Recording.tone(FILE_RATE_HZ, 525, Baresip.TONE_PEAK, FILE).write(data.resolve("tone.wav"));
    try (Platform platform = Platform.start(home);
        Baresip first = Baresip.start(folder, "first", 425, "PCMU/8000/1");
        Baresip second = Baresip.start(folder, "second", 775, "opus/48000/1");
        Baresip listener = Baresip.start(folder, "listener", 1125, "PCMU/8000/1");
        Baresip speaker = Baresip.start(folder, "speaker", 925, "PCMU/8000/1")) {
      call(first, platform, "conf-blue");
      call(speaker, platform, "record-memo");
      call(listener, platform, "play-tone");
      listener.awaitTone(525, 0.8, Duration.ofSeconds(1));
      speaker.awaitSaid(Duration.ofSeconds(1));

      for (String bundle : List.of("format.wav", "endpoint.standard")) {
        replace(platform, bundle);
      }
      String replaced = platform.describe();
      assertTrue(replaced.contains("file format of org.mediacore.format.wav 1.0.1"), replaced);
      assertTrue(stillPlays(listener), "the file ended before all was replaced");

      call(second, platform, "conf-blue");
      first.awaitTone(775, 0.8, PART);
      second.awaitTone(425, 0.8, PART);
      for (Baresip peer : List.of(first, second)) {
        peer.hangUp();
        peer.awaitClosed();
      }

      listener.awaitClosed(); // the platform hangs up at the end of the file
      Heard.onlyTone(listener, 525, FILE.minus(EDGES));
      speaker.awaitSaid(FILE);
      speaker.hangUp();
      speaker.awaitClosed();
      recordingIsComplete(platform, FILE.minus(EDGES));
      String recorded = "(?s).*recorded memo.wav: [0-9.]+ s, 0 samples lost.*";
      Waiting.until( // the file has its length before it is closed
          "memo.wav is closed",
          WITHIN,
          () -> platform.describe().matches(recorded),
          platform::describe);
      platform.stop();
    }
  }

  private static void call(Baresip peer, Platform platform, String address) {
    peer.dial(platform.uri(address));
    peer.awaitEstablished();
  }

  private static boolean stillPlays(Baresip listener) {
    return listener.heard().length().compareTo(FILE.minus(PART)) < 0;
  }

  /** A newer version is put beside, and the older one taken away. */
  private static void replace(Platform platform, String bundle) throws IOException {
    Path older = platform.deployed(bundle);
    SwapIT.copyAs("1.0.1", Platform.bundle(bundle), older.resolveSibling(bundle + "-1.0.1.jar"));
    awaitBundle(platform, bundle, "1.0.1", true);
    Files.delete(older);
    awaitBundle(platform, bundle, "1.0.0", false);
  }

  private static void awaitBundle(
      Platform platform, String bundle, String version, boolean active) {
    Waiting.until(
        bundle + " " + version + (active ? " runs" : " has gone"),
        WITHIN,
        () -> runs(platform.shell("media:bundles"), bundle, version) == active,
        () -> platform.shell("media:bundles") + "\n" + platform.describe());
  }

  private static boolean runs(String bundles, String bundle, String version) {
    return bundles
        .lines()
        .map(line -> line.toLowerCase(Locale.ROOT))
        .anyMatch(
            line ->
                line.contains("org.mediacore." + bundle + " ")
                    && line.contains(version)
                    && line.contains("active"));
  }

  private static void recordingIsComplete(Platform platform, Duration length) {
    Path memo = platform.data().resolve("memo.wav");
    Waiting.until(
        memo + " holds " + length.toMillis() + " ms",
        WITHIN,
        () -> isComplete(memo, length),
        platform::describe);
    ToneJudge.Verdict verdict = ToneJudge.judge(Recording.read(memo), 925);
    assertTrue(verdict.share() > 0.95, verdict::toString);
    assertEquals(-15, verdict.levelDbfs(), 2, verdict::toString);
  }

  private static boolean isComplete(Path file, Duration length) {
    try {
      return ToneJudge.judge(Recording.read(file), 925).lengthMs() >= length.toMillis();
    } catch (IllegalArgumentException headerNotWrittenYet) {
      return false;
    }
  }
}
