package org.mediacore.runtime.negotiation;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mediacore.api.MediaSetupException;

class AudioNegotiatorEdgeTest {
  private static final String HEAD = NegotiatorFixture.HEAD;

  private final NegotiatorFixture session = new NegotiatorFixture();
  private final AudioNegotiator negotiator = session.negotiator;

  /** RFC 3264 §6.1, §7: the answerer sends the first format of its answer. */
  @Test
  void answerWithSeveralCodecsIsFollowedInItsOrder() throws Exception {
    negotiator.offerSent(negotiator.offer());
    NegotiatedAudio agreed = negotiator.answerReceived(HEAD + "m=audio 4000 RTP/AVP 8 0\r\n");
    assertEquals("PCMA/8000", agreed.parameters().descriptor().rtpmap());
  }

  @Test
  void numbersOfARejectedOfferMeanNothing() throws Exception {
    negotiator.offered(HEAD + "m=audio 4000 RTP/AVP 96\r\na=rtpmap:96 L16/16000\r\n");
    negotiator.rollback();
    assertDoesNotThrow(
        () -> negotiator.offered(HEAD + "m=audio 4000 RTP/AVP 96\r\na=rtpmap:96 L16/8000\r\n"));
  }

  /** An IPv4 port cannot send to an IPv6 address. */
  @Test
  void addressOfAnotherFamilyIsRefused() {
    assertThrows(
        MediaSetupException.class,
        () ->
            negotiator.offered(
                HEAD.replace("c=IN IP4 198.51.100.9", "c=IN IP6 2001:db8::9")
                    + "m=audio 4000 RTP/AVP 0\r\n"));
  }

  @Test
  void hugePtimeGivesTheLongestFrame() throws Exception {
    negotiator.offered(HEAD + "m=audio 4000 RTP/AVP 0\r\na=ptime:3000000\r\n");
    NegotiatedAudio agreed = negotiator.answered(negotiator.answer());
    List<Integer> durations = agreed.parameters().descriptor().frameDurationsUs();
    assertEquals(durations.get(durations.size() - 1), agreed.parameters().frameDurationUs());
  }

  /** RFC 3264 §8.2: a stream is taken away with port 0, and the answer says port 0 too. */
  @Test
  void streamInUseCanBeTakenAway() throws Exception {
    negotiator.offered(HEAD + "m=audio 4000 RTP/AVP 0\r\n");
    negotiator.answered(negotiator.answer());
    negotiator.offered(HEAD.replace("7 1 IN", "7 2 IN") + "m=audio 0 RTP/AVP 0\r\n");
    assertTrue(negotiator.answer().contains("m=audio 0 RTP/AVP 0"));
  }
}
