package org.mediacore.interop;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The only provider of a codec is deleted under a call: the phone is offered another one. */
class ReofferIT {
  private static final Duration PART = Duration.ofSeconds(2);

  /** The grace time and what follows it. */
  private static final Duration CHANGE = Duration.ofSeconds(20);

  @TempDir Path folder;

  /**
   * Opus and L16 of one sampling rate: baresip goes on with its recording and with its tone, so
   * that all of it can be judged.
   */
  @Test
  void opusIsDeletedAndTheEchoGoesOnWithL16() throws IOException {
    Peers.BARESIP.require();
    try (Platform platform = Platform.start(folder.resolve("home"));
        Baresip phone = Baresip.start(folder, "phone", 425, "opus/48000/1", "L16/48000/1")) {
      phone.dial(platform.uri("echo"));
      phone.awaitEstablished();
      phone.awaitTone(425, 0.8, PART);
      deleteOpus(platform, phone, "L16");
      phone.awaitTone(425, 0.8, phone.heard().length().plus(PART));
      phone.hangUp();
      phone.awaitClosed();
      goesOn(phone);
      platform.stop();
    }
  }

  /**
   * With another sampling rate baresip stops recording what it hears, and its tone starts anew: the
   * partner is the judge.
   */
  @ParameterizedTest
  @ValueSource(strings = {"bridge-x", "conf-x"})
  void opusIsDeletedAndTheCallGoesOnWithPcmu(String address) throws IOException {
    Peers.BARESIP.require();
    try (Platform platform = Platform.start(folder.resolve("home"));
        Baresip anna = Baresip.start(folder, "anna", 425, "opus/48000/1", "PCMU/8000/1");
        Baresip bert = Baresip.start(folder, "bert", 775, "PCMU/8000/1")) {
      anna.dial(platform.uri(address));
      anna.awaitEstablished();
      bert.dial(platform.uri(address));
      bert.awaitEstablished();
      anna.awaitTone(775, 0.8, PART);
      deleteOpus(platform, anna, "PCMU");
      bert.awaitTone(425, 0.8, bert.heard().length().plus(PART));
      anna.hangUp();
      anna.awaitClosed();
      Baresip.Packets packets = anna.packets();
      assertTrue(packets.received() > packets.sent() * 0.75, packets::toString);
      goesOn(bert);
      platform.stop();
    }
  }

  /** For how long baresip may send nothing while it closes its sound source and opens it anew. */
  private static final int PEER_RESTARTS_MS = 300;

  /**
   * The tone of 425 Hz came all the time, but for the moment in which the one who says it changes.
   * Where the codec changes, its phase may turn in each direction: Opus looks 6.5 ms ahead, the
   * others do not, and baresip begins its tone anew.
   */
  private static void goesOn(Baresip listener) {
    ToneJudge.Verdict verdict = ToneJudge.judge(listener.heard(), 425);
    String found = verdict.toString();
    assertTrue(verdict.share() > 0.95, () -> found + "\n" + listener.context());
    assertTrue(
        verdict.gaps() <= 2 && verdict.gapMs() <= PEER_RESTARTS_MS,
        () -> found + "\n" + listener.context());
    assertTrue(verdict.phaseBreaks() <= 3, () -> found + "\n" + listener.context());
    assertTrue(verdict.lengthMs() >= 9_000, () -> found + "\n" + listener.context());
  }

  private static void deleteOpus(Platform platform, Baresip phone, String next) throws IOException {
    assertTrue(phone.sendsWith("opus"), phone::context);
    Files.delete(platform.deployed("codec.opus"));
    Waiting.until("the phone sends " + next, CHANGE, () -> phone.sendsWith(next), phone::context);
    Waiting.until(
        "the platform says so",
        CHANGE,
        () -> !platform.shell("media:sessions").contains("opus"),
        () -> platform.shell("media:sessions") + platform.describe());
    String sessions = platform.shell("media:sessions");
    assertTrue(sessions.contains(next + "/"), sessions);
    assertFalse(platform.describe().contains("ERROR"), platform::describe);
  }
}
