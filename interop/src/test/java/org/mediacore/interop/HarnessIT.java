package org.mediacore.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two baresips call each other without the platform. Where this fails, the peers or the judge are
 * at fault and no other test of this module says anything.
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
      anna.awaitSaid(Duration.ofSeconds(2));
      anna.hangUp();
      anna.awaitClosed();
      bert.awaitClosed();
      assertHears(anna, 775);
      assertHears(bert, 425);
    }
  }

  @Test
  void busyPeerIsReportedWithItsStatus() {
    try (Baresip anna = Baresip.start(folder, "anna", 425, "PCMU/8000/1");
        Baresip bert = Baresip.start(folder, "bert", 775, "PCMA/8000/1")) {
      anna.dial(bert.uri());
      String reason = anna.awaitClosed();
      assertTrue(reason.startsWith("488"), reason);
    }
  }

  /** SIPp itself is the callee, in the role that its own built-in scenario plays. */
  @Test
  void sippCallsSipp() throws IOException {
    Path executable = Peers.SIPP.require();
    int port = Ports.block(16); // SIPp looks for its media ports by itself
    String options = " -nostdin -sn uas -i 127.0.0.1 -m 200 -p " + port + " -mp " + (port + 8);
    List<String> command = List.of((executable + options).split(" "));
    Path log = folder.resolve("uas.log");
    Path sipp = Files.createDirectories(folder.resolve("sipp"));
    try (Program callee = Program.start("uas", command, log, Map.of())) {
      Sipp.Result result = Sipp.call(sipp, "echo", port, 200, 100, Duration.ofMillis(200));
      assertEquals(200, result.successful(), () -> result + "\n" + callee.describe());
      assertEquals(0, result.failed(), result::toString);
      assertEquals(0, result.exitCode(), result::toString);
    }
  }

  @Test
  void failedCallsOfSippAreCounted() throws IOException {
    Path sipp = Files.createDirectories(folder.resolve("sipp"));
    try (Baresip bert = Baresip.start(folder, "bert", 775, "PCMA/8000/1")) {
      int port = Integer.parseInt(bert.uri().substring(bert.uri().lastIndexOf(':') + 1));
      Sipp.Result result = Sipp.call(sipp, "bert", port, 3, 3, Duration.ofMillis(100));
      assertEquals(0, result.successful(), result::toString);
      assertEquals(3, result.failed(), result::toString);
      assertEquals(1, result.exitCode(), result::toString);
    }
  }

  /** The hand-written client understands what a real peer answers. */
  @Test
  void rawClientCallsAPeer() {
    try (Baresip bert = Baresip.start(folder, "bert", 775, "PCMU/8000/1")) {
      int port = Integer.parseInt(bert.uri().substring(bert.uri().lastIndexOf(':') + 1));
      try (RawSip sip = new RawSip("127.0.0.1", port)) {
        assertEquals(200, sip.call("bert").options().status());
        RawSip.Call call = sip.call("bert");
        RawSip.Message answer = call.invite(sip.offer());
        assertEquals(200, answer.status(), answer::text);
        assertTrue(answer.body().contains("m=audio "), answer::text);
        String held = sip.offer("m=audio 40000 RTP/AVP 0", "a=inactive");
        RawSip.Message quiet = call.invite(held.replace("1 1 IN", "1 2 IN"));
        assertTrue(quiet.body().contains("a=inactive"), quiet::text);
        assertEquals(200, call.bye().status());
      }
    }
  }

  private static void assertHears(Baresip peer, double toneHz) {
    ToneJudge.Verdict verdict = ToneJudge.judge(peer.heard(), toneHz);
    assertTrue(verdict.share() > 0.95, () -> verdict + "\n" + peer.context());
    assertEquals(0, verdict.gaps(), () -> verdict + "\n" + peer.context());
    assertTrue(verdict.lengthMs() > 1_800, () -> verdict + "\n" + peer.context());
  }
}
