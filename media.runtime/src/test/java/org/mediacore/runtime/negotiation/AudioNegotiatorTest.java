package org.mediacore.runtime.negotiation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.sdp.Direction;

class AudioNegotiatorTest {
  private static final String HEAD = NegotiatorFixture.HEAD;

  private final NegotiatorFixture session = new NegotiatorFixture();
  private final AudioNegotiator negotiator = session.negotiator;

  private NegotiatedAudio answer(String offer) throws MediaSetupException {
    negotiator.offered(offer);
    return negotiator.answered(negotiator.answer());
  }

  private Reason refusal(String offer) {
    return assertThrows(MediaSetupException.class, () -> negotiator.offered(offer)).reason();
  }

  @Test
  void ourPreferenceDecides() throws Exception {
    NegotiatedAudio agreed = answer(HEAD + "m=audio 4000 RTP/AVP 8 0\r\n");
    assertEquals("PCMU/8000", agreed.parameters().descriptor().rtpmap());
    assertEquals(0, agreed.sendPayloadType());
    assertEquals(Optional.of(new InetSocketAddress("198.51.100.9", 4000)), agreed.remoteRtp());
    assertEquals(Optional.of(new InetSocketAddress("198.51.100.9", 4001)), agreed.remoteRtcp());
  }

  @Test
  void dynamicTypeOfTheOfferIsUsedBothWays() throws Exception {
    NegotiatedAudio agreed =
        answer(HEAD + "m=audio 4000 RTP/AVP 110\r\na=rtpmap:110 L16/16000\r\n");
    assertEquals(110, agreed.receivePayloadType());
    assertEquals(110, agreed.sendPayloadType());
  }

  @Test
  void otherStreamsAreRefusedInTheirPlaces() throws Exception {
    negotiator.offered(
        HEAD
            + "m=video 5000 RTP/AVP 96\r\na=rtpmap:96 VP8/90000\r\n"
            + "m=audio 5002 RTP/SAVP 0\r\n"
            + "m=audio 4000 RTP/AVP 0\r\n"
            + "m=audio 4002 RTP/AVP 0\r\n");
    String answer = negotiator.answer();
    assertTrue(answer.contains("m=video 0 RTP/AVP 96\r\n"), answer);
    assertTrue(answer.contains("m=audio 0 RTP/SAVP 0\r\n"), answer);
    assertTrue(answer.contains("m=audio 20000 RTP/AVP 0\r\n"), answer);
    assertEquals(4, answer.split("\r\nm=").length - 1);
  }

  @Test
  void nothingInCommonIsSaid() {
    assertEquals(
        Reason.NO_COMMON_CODEC,
        refusal(HEAD + "m=audio 4000 RTP/AVP 97\r\na=rtpmap:97 speex/8000\r\n"));
    assertEquals(Reason.NO_COMMON_CODEC, refusal(HEAD + "m=audio 4000 RTP/SAVP 0\r\n"));
    assertEquals(Reason.NO_COMMON_CODEC, refusal(HEAD + "m=audio 0 RTP/AVP 0\r\n"));
    assertEquals(Reason.NO_COMMON_CODEC, refusal(HEAD));
  }

  @Test
  void whyAKnownCodecIsNotTakenIsSaid() {
    String offer = HEAD + "m=audio 4000 RTP/AVP 97 98\r\n";
    String maps = "a=rtpmap:97 speex/8000\r\na=rtpmap:98 PCMA/16000\r\n";
    String message =
        assertThrows(MediaSetupException.class, () -> negotiator.offered(offer + maps))
            .getMessage();
    assertTrue(message.contains("can be used (PCMA/16000: known is /8000)"), message);
  }

  @Test
  void manyRefusedFormatsMakeNoLongMessage() {
    StringBuilder formats = new StringBuilder(HEAD + "m=audio 4000 RTP/AVP");
    StringBuilder maps = new StringBuilder("\r\n");
    for (int type = 96; type < 128; type++) {
      formats.append(' ').append(type);
      maps.append("a=rtpmap:" + type + " PCMA/" + (16_000 + type / 2) + "\r\n");
    }
    String offer = formats.append(maps).toString();
    String message =
        assertThrows(MediaSetupException.class, () -> negotiator.offered(offer)).getMessage();
    String why =
        "(PCMA/16048: known is /8000; PCMA/16049: known is /8000; PCMA/16050: known is /8000; ...)";
    assertTrue(message.contains(why), message);
  }

  @Test
  void brokenDescriptionIsSaid() {
    assertEquals(Reason.BAD_DESCRIPTION, refusal("hello"));
    assertEquals(
        Reason.BAD_DESCRIPTION,
        refusal(
            HEAD.replace("c=IN IP4 198.51.100.9", "c=IN IP4 phone.example")
                + "m=audio 4000 RTP/AVP 0\r\n"));
  }

  @Test
  void telephoneEventIsAnsweredOnlyWhereItIsRelayed() throws Exception {
    String offer =
        HEAD
            + "m=audio 4000 RTP/AVP 0 101 102\r\na=rtpmap:101 telephone-event/8000\r\n"
            + "a=fmtp:101 0-15\r\na=rtpmap:102 telephone-event/48000\r\n";
    negotiator.offered(offer);
    assertFalse(negotiator.answer().contains("telephone-event"));
    session.relaysEvents = true;
    String answer = negotiator.answer();
    assertTrue(answer.contains("a=rtpmap:101 telephone-event/8000"), answer);
    assertFalse(answer.contains("telephone-event/48000"), answer);
    assertEquals(101, negotiator.answered(answer).sendEventType());
  }

  @Test
  void ptimeIsFollowedWithinMaxptime() throws Exception {
    NegotiatedAudio agreed =
        answer(HEAD + "m=audio 4000 RTP/AVP 0\r\na=ptime:40\r\na=maxptime:30\r\n");
    assertEquals(30_000, agreed.parameters().frameDurationUs());
    assertEquals(30, agreed.maxPtimeMs());
  }

  @Test
  void rtcpAttributeAndMuxAreFollowed() throws Exception {
    NegotiatedAudio agreed =
        answer(HEAD + "m=audio 4000 RTP/AVP 0\r\na=rtcp:4100 IN IP4 198.51.100.10\r\n");
    assertEquals(Optional.of(new InetSocketAddress("198.51.100.10", 4100)), agreed.remoteRtcp());
    agreed = answer(HEAD.replace("7 1 IN", "7 2 IN") + "m=audio 4000 RTP/AVP 0\r\na=rtcp-mux\r\n");
    assertTrue(agreed.rtcpMux());
    assertEquals(agreed.remoteRtp(), agreed.remoteRtcp());
  }

  @Test
  void holdInTheOldStyleHasNoAddress() throws Exception {
    NegotiatedAudio agreed =
        answer(
            HEAD.replace("c=IN IP4 198.51.100.9", "c=IN IP4 0.0.0.0")
                + "m=audio 4000 RTP/AVP 0\r\n");
    assertEquals(Optional.empty(), agreed.remoteRtp());
    assertEquals(Direction.RECVONLY, agreed.direction());
  }

  @Test
  void payloadTypeKeepsItsMeaningForTheSession() throws Exception {
    answer(HEAD + "m=audio 4000 RTP/AVP 96\r\na=rtpmap:96 L16/16000\r\n");
    assertEquals(
        Reason.BAD_DESCRIPTION,
        refusal(
            HEAD.replace("7 1 IN", "7 2 IN")
                + "m=audio 4000 RTP/AVP 96\r\na=rtpmap:96 L16/8000\r\n"));
  }

  @Test
  void secondOfferMustWaitForTheAnswer() throws Exception {
    negotiator.offered(HEAD + "m=audio 4000 RTP/AVP 0\r\n");
    assertEquals(Reason.WRONG_STATE, refusal(HEAD + "m=audio 4000 RTP/AVP 0\r\n"));
    negotiator.rollback();
    negotiator.offered(HEAD + "m=audio 4000 RTP/AVP 0\r\n");
  }

  @Test
  void versionRisesOnlyWithAChange() throws Exception {
    String offer = HEAD + "m=audio 4000 RTP/AVP 0 8\r\n";
    negotiator.offered(offer);
    String first = negotiator.answer();
    negotiator.answered(first);
    negotiator.offered(offer);
    assertEquals(first, negotiator.answer());
    negotiator.rollback();
    negotiator.offered(offer.replace("7 1 IN", "7 2 IN").replace("RTP/AVP 0 8", "RTP/AVP 8"));
    assertTrue(negotiator.answer().contains("o=- 4711 2 IN"), negotiator.answer());
  }

  @Test
  void ourOfferNamesAllCodecsInOrderAndTakesTheAnswer() throws Exception {
    String offer = negotiator.offer();
    assertTrue(offer.contains("m=audio 20000 RTP/AVP 0 8 "), offer);
    assertTrue(offer.contains("L16/16000"), offer);
    negotiator.offerSent(offer);
    NegotiatedAudio agreed =
        negotiator.answerReceived(HEAD + "m=audio 4000 RTP/AVP 8\r\na=sendonly\r\n");
    assertEquals("PCMA/8000", agreed.parameters().descriptor().rtpmap());
    assertEquals(Direction.RECVONLY, agreed.direction());
  }

  @Test
  void answerThatDoesNotFitTheOfferIsRefused() throws Exception {
    negotiator.offerSent(negotiator.offer());
    MediaSetupException refused =
        assertThrows(MediaSetupException.class, () -> negotiator.answerReceived(HEAD));
    assertEquals(Reason.BAD_DESCRIPTION, refused.reason());
  }
}
