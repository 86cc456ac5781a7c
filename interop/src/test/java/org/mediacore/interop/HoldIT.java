package org.mediacore.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A caller puts the call on hold and takes it back, each with a re-INVITE. */
class HoldIT {
  private static final Duration PART = Duration.ofMillis(1_500);
  private static final int PACKETS_PER_SECOND = 50;
  @TempDir Path folder;

  /**
   * baresip stops sending while it holds, and its recording ends at a re-INVITE: the other caller,
   * who gets none, is the one who is judged by sound. That the platform sent nothing to the caller
   * who held is seen from the counts.
   */
  @Test
  void heldBridgeIsQuietAndComesBack() {
    Peers.BARESIP.require();
    try (Platform platform = Platform.start(folder.resolve("home"));
        Baresip anna = Baresip.start(folder, "anna", 425, "PCMU/8000/1");
        Baresip bert = Baresip.start(folder, "bert", 775, "PCMU/8000/1")) {
      anna.dial(platform.uri("bridge-x"));
      anna.awaitEstablished();
      bert.dial(platform.uri("bridge-x"));
      bert.awaitEstablished();
      anna.awaitTone(775, 0.8, PART);
      bert.hold();
      anna.awaitQuiet(Duration.ofSeconds(1));
      Duration held = anna.heard().length();
      bert.resume();
      anna.awaitHeard(held.plus(PART));
      anna.hangUp();
      anna.awaitClosed();
      bert.hangUp();
      bert.awaitClosed();
      double share = ToneJudge.share(anna.heard(), 775);
      assertTrue(share > 0.95, () -> share + "\n" + anna.context());
      int notForwarded = anna.packets().sent() - bert.packets().received();
      assertTrue(
          notForwarded >= PACKETS_PER_SECOND * 9 / 10,
          () -> anna.packets() + " " + bert.packets() + "\n" + platform.describe());
      assertTrue(bert.packets().received() > PACKETS_PER_SECOND, bert::context);
      platform.stop();
    }
  }

  /** Both styles of hold (RFC 3264 §8.4) and the way back, as the answer's direction tells. */
  @ParameterizedTest
  @CsvSource({
    "sendonly, 127.0.0.1, recvonly",
    "inactive, 127.0.0.1, inactive",
    "recvonly, 127.0.0.1, sendonly",
    "sendrecv, 0.0.0.0, sendrecv|recvonly"
  })
  void answerFollowsTheDirection(String offered, String address, String answered) {
    try (Platform platform = Platform.start(folder.resolve("home"));
        RawSip sip = new RawSip("127.0.0.1", platform.sipPort())) {
      RawSip.Call call = sip.call("echo");
      assertEquals("sendrecv", direction(call.invite(sip.offer())));
      String hold =
          sip.offer("m=audio 40000 RTP/AVP 0", "a=" + offered)
              .replace("c=IN IP4 127.0.0.1", "c=IN IP4 " + address)
              .replace("1 1 IN", "1 2 IN");
      RawSip.Message held = call.invite(hold);
      assertTrue(direction(held).matches(answered), held::text);
      RawSip.Message resumed = call.invite(sip.offer().replace("1 1 IN", "1 3 IN"));
      assertEquals("sendrecv", direction(resumed), resumed::text);
      assertEquals(200, call.bye().status());
      platform.stop();
    }
  }

  private static String direction(RawSip.Message answer) {
    assertEquals(200, answer.status(), answer::text);
    return answer
        .body()
        .lines()
        .filter(line -> line.matches("a=(sendrecv|sendonly|recvonly|inactive)"))
        .map(line -> line.substring(2))
        .findFirst()
        .orElse("sendrecv");
  }
}
