package org.mediacore.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the platform answers to requests that it cannot or will not serve. */
class LimitsIT {
  @TempDir static Path folder;
  private static Platform platform;

  @BeforeAll
  static void start() {
    platform = Platform.start(folder.resolve("home"), "--allow", "127.0.0.1/32");
  }

  @AfterAll
  static void stop() {
    if (platform != null) {
      try (Platform stopped = platform) {
        stopped.stop();
      }
    }
  }

  /** Whatever was asked before, the next caller is served. */
  @AfterEach
  void theNextCallIsServed() {
    try (RawSip sip = client()) {
      RawSip.Call call = sip.call("echo");
      assertEquals(200, call.invite(sip.offer()).status());
      assertEquals(200, call.bye().status());
    }
  }

  @Test
  void optionsAreAnsweredWithWhatIsAllowed() {
    try (RawSip sip = client()) {
      RawSip.Message answer = sip.call("echo").options();
      assertEquals(200, answer.status(), answer::text);
      String allow = answer.header("Allow").orElse("");
      for (String method : new String[] {"INVITE", "ACK", "BYE", "CANCEL", "OPTIONS"}) {
        assertTrue(allow.contains(method), answer::text);
      }
    }
  }

  @Test
  void callerOutsideOfAllowIsForbidden() {
    try (RawSip stranger = new RawSip("127.0.0.2", platform.sipPort())) {
      RawSip.Message answer = stranger.call("echo").invite(stranger.offer());
      assertEquals(403, answer.status(), answer::text);
    }
  }

  @Test
  void offerOfOnlyAnUnknownCodecIsNotAcceptable() {
    try (RawSip sip = client()) {
      String offer = sip.offer("m=audio 40000 RTP/AVP 96", "a=rtpmap:96 NOSUCH/8000");
      RawSip.Message answer = sip.call("echo").invite(offer);
      assertEquals(488, answer.status(), answer::text);
      assertTrue(answer.header("Warning").orElse("").matches("3\\d\\d .*"), answer::text);
    }
  }

  @Test
  void offerOfOnlySecureMediaIsNotAcceptable() {
    try (RawSip sip = client()) {
      RawSip.Message answer =
          sip.call("echo").invite(sip.offer("m=audio 40000 RTP/SAVP 0", "a=rtpmap:0 PCMU/8000"));
      assertEquals(488, answer.status(), answer::text);
      assertTrue(answer.header("Warning").isPresent(), answer::text);
    }
  }

  @Test
  void videoLineBesideAudioIsRefusedWithPortZero() {
    try (RawSip sip = client()) {
      RawSip.Call call = sip.call("echo");
      RawSip.Message answer =
          call.invite(
              sip.offer(
                  "m=audio 40000 RTP/AVP 0", "m=video 40002 RTP/AVP 97", "a=rtpmap:97 X/90000"));
      assertEquals(200, answer.status(), answer::text);
      assertTrue(answer.body().contains("m=video 0 "), answer::text);
      assertTrue(answer.body().matches("(?s).*m=audio [1-9]\\d* RTP/AVP 0.*"), answer::text);
      assertEquals(200, call.bye().status());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "this is no session description",
        "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio port RTP/AVP 0\r\n",
        "v=1\r\n"
      })
  void brokenDescriptionIsABadRequest(String body) {
    try (RawSip sip = client()) {
      RawSip.Message answer = sip.call("echo").invite(body);
      assertEquals(400, answer.status(), answer::text);
    }
  }

  @Test
  void unknownAddressIsNotFound() {
    try (RawSip sip = client()) {
      RawSip.Message answer = sip.call("nobody").invite(sip.offer());
      assertEquals(404, answer.status(), answer::text);
    }
  }

  /** RFC 3261 §9.2: a CANCEL that comes after the final response is answered and does nothing. */
  @Test
  void cancelRightAfterTheInviteIsAnsweredAndNothingIsLeft() {
    try (RawSip sip = client()) {
      RawSip.Call call = sip.call("echo");
      RawSip.Message cancelled = call.inviteAndCancel(sip.offer());
      assertEquals(200, cancelled.status(), cancelled::text);
      RawSip.Message answer = call.invite(sip.offer());
      assertTrue(answer.status() == 487 || answer.status() == 200, answer::text);
      if (answer.status() == 200) {
        assertEquals(200, call.bye().status());
      }
    }
  }

  /** RFC 3261 §9.2: no transaction matches. */
  @Test
  void cancelOfNothingIsRefused() {
    try (RawSip sip = client()) {
      RawSip.Message answer = sip.call("echo").cancel();
      assertEquals(481, answer.status(), answer::text);
    }
  }

  /** RFC 3261 §12.2.2: no dialog matches. */
  @Test
  void byeOutsideOfACallIsRefused() {
    try (RawSip sip = client()) {
      RawSip.Message answer = sip.call("echo").bye();
      assertEquals(481, answer.status(), answer::text);
    }
  }

  private static RawSip client() {
    return new RawSip("127.0.0.1", platform.sipPort());
  }
}
