package org.mediacore.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files under home/data are played to callers and recorded from them. */
class PlayRecordIT {
  private static final Duration CALL = Duration.ofSeconds(3);
  @TempDir static Path folder;
  private static Platform platform;

  @BeforeAll
  static void start() throws IOException {
    Path data = Files.createDirectories(folder.resolve("home/data"));
    for (int sampleRateHz : new int[] {8_000, 48_000}) {
      Recording.tone(sampleRateHz, 525, Baresip.TONE_PEAK, Duration.ofSeconds(20))
          .write(data.resolve("tone" + sampleRateHz + ".wav"));
    }
    Files.copy(data.resolve("tone8000.wav"), folder.resolve("outside.wav"));
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
    "tone8000, PCMU/8000/1",
    "tone48000, PCMU/8000/1",
    "tone8000, opus/48000/1",
    "tone48000, opus/48000/1"
  })
  void callerHearsTheFile(String file, String codec) {
    String name = "play-" + file + "-" + codec.substring(0, 4);
    try (Baresip phone = Baresip.start(folder, name, 425, codec)) {
      phone.dial(platform.uri("play-" + file));
      phone.awaitEstablished();
      phone.awaitTone(525, 0.8, CALL);
      phone.hangUp();
      phone.awaitClosed();
      Heard.onlyTone(phone, 525, CALL);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PCMU/8000/1", "opus/48000/1"})
  void callerIsRecorded(String codec) {
    String name = "rec" + codec.substring(0, 4);
    Path file = platform.data().resolve(name + ".wav");
    try (Baresip phone = Baresip.start(folder, name, 425, codec)) {
      phone.dial(platform.uri("record-" + name));
      phone.awaitEstablished();
      phone.awaitSaid(CALL);
      phone.hangUp();
      phone.awaitClosed();
      Waiting.until(
          file + " holds nearly " + CALL.toMillis() + " ms",
          Duration.ofSeconds(5),
          () -> Files.exists(file) && isComplete(file),
          platform::describe);
      ToneJudge.Verdict verdict = ToneJudge.judge(Recording.read(file), 425);
      assertTrue(verdict.share() > 0.95, verdict::toString);
      assertTrue(verdict.gaps() <= 1 && verdict.gapMs() <= 60, verdict::toString);
      assertEquals(-15, verdict.levelDbfs(), 2, verdict::toString);
    }
  }

  private static boolean isComplete(Path file) {
    try {
      Duration most = CALL.minusMillis(300); // the first and last packets may miss the call
      return ToneJudge.judge(Recording.read(file), 425).lengthMs() >= most.toMillis();
    } catch (IllegalArgumentException headerNotWrittenYet) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "play-nothing-of-that-name",
        "play-..%2F..%2Foutside",
        "play-../../outside",
        "record-..%2F..%2Fstolen",
        "record-../stolen",
        "record-a%2Fb",
        "record-..",
        "record-"
      })
  void nameThatIsNoFileNameIsRefused(String user) throws IOException {
    List<Path> before = files();
    try (RawSip sip = new RawSip("127.0.0.1", platform.sipPort())) {
      RawSip.Message answer = sip.call(user).invite(sip.offer());
      assertTrue(answer.status() >= 400 && answer.status() < 500, answer::text);
    }
    assertEquals(before, files());
  }

  @Test
  void nameOfTheOutsideFileIsNotFoundInsideEither() {
    assertFalse(Files.exists(platform.data().resolve("outside.wav")));
    try (RawSip sip = new RawSip("127.0.0.1", platform.sipPort())) {
      assertEquals(404, sip.call("play-outside").invite(sip.offer()).status());
    }
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(".wav")).sorted().toList();
    }
  }
}
