package org.mediacore.sdp.negotiation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mediacore.sdp.negotiation.Sdp.PCMA;
import static org.mediacore.sdp.negotiation.Sdp.PCMU;
import static org.mediacore.sdp.negotiation.Sdp.encoding;
import static org.mediacore.sdp.negotiation.Sdp.format;
import static org.mediacore.sdp.negotiation.Sdp.parse;
import static org.mediacore.sdp.negotiation.Sdp.plan;
import static org.mediacore.sdp.negotiation.Sdp.session;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mediacore.sdp.Connection;
import org.mediacore.sdp.Direction;
import org.mediacore.sdp.Group;
import org.mediacore.sdp.MediaDescription;
import org.mediacore.sdp.RtpEncoding;
import org.mediacore.sdp.SdpLine;
import org.mediacore.sdp.SessionDescription;

/** The rules of RFC 3264; the cases of its §10 are played with this project's own descriptions. */
class OfferAnswerTest {

  private static MediaDescription answerOne(String offer, MediaAnswer answer) {
    return OfferAnswer.answer(session(offer), plan(answer)).media().get(0);
  }

  @Test
  void audioAcceptedOneVideoRefusedOtherAccepted() {
    // RFC 3264 §10.1: one audio with three codecs, two video streams; the first video is refused.
    SessionDescription offer =
        session(
            "m=audio 51000 RTP/AVP 0 8 97;a=rtpmap:97 iLBC/8000;m=video 51002 RTP/AVP 31;"
                + "m=video 51004 RTP/AVP 32");
    SessionDescription answer =
        OfferAnswer.answer(
            offer,
            plan(
                MediaAnswer.accept(20002, List.of(PCMU)),
                MediaAnswer.refuse(),
                MediaAnswer.accept(20004, List.of(format(32, "MPV/90000")))));
    assertEquals(
        String.join(
            "\r\n",
            "v=0",
            "o=- 77 1 IN IP4 192.0.2.2",
            "s=-",
            "c=IN IP4 192.0.2.2",
            "t=0 0",
            "m=audio 20002 RTP/AVP 0",
            "a=rtpmap:0 PCMU/8000",
            "a=sendrecv",
            "m=video 0 RTP/AVP 31",
            "m=video 20004 RTP/AVP 32",
            "a=rtpmap:32 MPV/90000",
            "a=sendrecv",
            ""),
        answer.toText());
    assertEquals(List.of(), AnswerCheck.problems(offer, answer));

    List<AgreedMedia> agreed = AgreedMedia.of(offer, answer, true);
    assertEquals(List.of(true, false, true), agreed.stream().map(AgreedMedia::isAccepted).toList());
    assertEquals(Direction.INACTIVE, agreed.get(1).direction());
    assertEquals(0, agreed.get(1).remotePort());
    assertEquals(20002, agreed.get(0).remotePort());
    assertEquals(20003, agreed.get(0).remoteRtcpPort());
    assertEquals(Optional.of(Connection.of("192.0.2.2")), agreed.get(0).remoteConnection());
  }

  @Test
  void oneOfNCodecsThenAnotherByReinvite() {
    // RFC 3264 §10.2: several codecs agreed, the offerer can run one at a time and re-offers one.
    SessionDescription offer =
        session("m=audio 62986 RTP/AVP 0 4 18;a=rtpmap:0 PCMU/8000;a=rtpmap:18 G729/8000");
    SessionDescription answer =
        OfferAnswer.answer(
            offer,
            plan(
                MediaAnswer.accept(
                    54344, List.of(PCMU, format(4, "G723/8000"), format(18, "G729/8000")))));
    assertEquals(List.of(0, 4, 18), answer.media().get(0).payloadTypes());

    SessionDescription reoffer =
        NextOffer.after(offer, answer)
            .change(
                0,
                offer.media().get(0).toBuilder()
                    .rtpFormats(List.of(format(4, "G723/8000")))
                    .build())
            .build();
    assertEquals("2", reoffer.origin().sessionVersion());
    assertEquals(offer.origin().sessionId(), reoffer.origin().sessionId());
    assertEquals(List.of(), AnswerCheck.successorProblems(offer, reoffer));
    SessionDescription second =
        OfferAnswer.answer(
            reoffer,
            plan(MediaAnswer.accept(54344, List.of(format(4, "G723/8000")))).withPrevious(answer));
    assertEquals("2", second.origin().sessionVersion());
    AgreedMedia agreed = AgreedMedia.of(second, reoffer, false).get(0);
    assertEquals(1, agreed.formats().size());
    assertEquals("G723/8000", agreed.formats().get(0).remote().encoding().toString());
  }

  @Test
  void theSameAnswerAgainKeepsItsVersion() {
    SessionDescription offer = session("m=audio 4000 RTP/AVP 0");
    AnswerPlan plan = plan(MediaAnswer.accept(5000, List.of(PCMU)));
    SessionDescription first = OfferAnswer.answer(offer, plan);
    SessionDescription again = OfferAnswer.answer(offer, plan.withPrevious(first));
    assertSame(first, again);
    SessionDescription held =
        OfferAnswer.answer(session("m=audio 4000 RTP/AVP 0;a=sendonly"), plan.withPrevious(again));
    assertEquals("2", held.origin().sessionVersion());
    assertEquals("77", held.origin().sessionId());
  }

  @ParameterizedTest(name = "{0} and willing {1}: {2}")
  @CsvSource({
    "'',                           SENDRECV, sendrecv",
    "a=sendrecv,                   SENDONLY, sendonly",
    "a=sendrecv,                   RECVONLY, recvonly",
    "a=sendrecv,                   INACTIVE, inactive",
    "a=sendonly,                   SENDRECV, recvonly",
    "a=sendonly,                   SENDONLY, inactive",
    "a=recvonly,                   SENDRECV, sendonly",
    "a=recvonly,                   RECVONLY, inactive",
    "a=inactive,                   SENDRECV, inactive",
    "c=IN IP4 0.0.0.0,             SENDRECV, recvonly",
    "c=IN IP4 0.0.0.0;a=sendonly,  SENDRECV, recvonly",
    "c=IN IP4 0.0.0.0;a=recvonly,  SENDRECV, inactive",
    "c=IN IP4 0.0.0.0;a=inactive,  SENDRECV, inactive",
  })
  void directionIsReversedAndCutDown(String offered, Direction willing, String expected) {
    SessionDescription offer = session("m=audio 4000 RTP/AVP 0;" + offered);
    SessionDescription answer =
        OfferAnswer.answer(
            offer, plan(MediaAnswer.accept(5000, List.of(PCMU)).withDirection(willing)));
    MediaDescription media = answer.media().get(0);
    assertEquals(expected, media.direction().attributeName());
    assertTrue(media.hasAttribute(expected));
    assertEquals(5000, media.port(), "a stream on hold keeps its port");
    assertEquals(List.of(), AnswerCheck.problems(offer, answer));
    Direction ours = AgreedMedia.of(answer, offer, false).get(0).direction();
    assertEquals(media.direction(), ours);
    assertEquals(ours.reversed(), AgreedMedia.of(offer, answer, true).get(0).direction());
  }

  @Test
  void sessionLevelHoldIsSeen() {
    SessionDescription offer =
        parse("v=0\no=- 1 1 IN IP4 h\ns=-\nc=IN IP4 0.0.0.0\nt=0 0\nm=audio 4000 RTP/AVP 0\n");
    MediaDescription media =
        OfferAnswer.answer(offer, plan(MediaAnswer.accept(5000, List.of(PCMU)))).media().get(0);
    assertEquals(Direction.RECVONLY, media.direction());
  }

  @Test
  void holdAndResumeKeepSlotAndNumbers() {
    SessionDescription offer = session("m=audio 4000 RTP/AVP 0");
    SessionDescription answer =
        OfferAnswer.answer(offer, plan(MediaAnswer.accept(5000, List.of(PCMU))));
    MediaDescription live = answer.media().get(0);
    SessionDescription hold =
        NextOffer.after(answer, offer)
            .change(0, live.toBuilder().direction(Direction.SENDONLY).build())
            .build();
    assertTrue(hold.media().get(0).isHold());
    SessionDescription resumed = NextOffer.after(hold, offer).change(0, live).build();
    assertEquals("3", resumed.origin().sessionVersion());
    assertEquals(answer.media(), resumed.media());
  }

  @Test
  void portZeroIsAnsweredWithPortZeroWhateverThePlanSays() {
    MediaDescription media =
        answerOne("m=audio 0 RTP/AVP 0 8;a=mid:x", MediaAnswer.accept(5000, List.of(PCMU)));
    assertEquals("m=audio 0 RTP/AVP 0\r\na=mid:x\r\n", media.toText());
  }

  @Test
  void bundleOnlyCountsOnlyWhereBundleIsAccepted() {
    SessionDescription offer =
        session("a=group:BUNDLE x;m=audio 0 RTP/AVP 0;a=mid:x;a=bundle-only");
    AnswerPlan plan = plan(MediaAnswer.accept(5000, List.of(PCMU)));
    assertEquals(0, OfferAnswer.answer(offer, plan).media().get(0).port());
    SessionDescription bundled = OfferAnswer.answer(offer, plan.withGroup("BUNDLE"));
    assertEquals(5000, bundled.media().get(0).port());
    assertEquals(List.of(new Group("BUNDLE", List.of("x"))), bundled.groups());
    assertEquals(List.of(), AnswerCheck.problems(offer, bundled));
  }

  @Test
  void secureAudioIsRefusedWithItsOwnProtocolBesideAcceptedPlainAudio() {
    SessionDescription offer =
        session(
            "m=audio 4000 RTP/SAVP 8 0;a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x;"
                + "m=audio 4002 RTP/AVP 8 0;m=video 4004 RTP/AVP 96;a=rtpmap:96 VP8/90000");
    SessionDescription answer =
        OfferAnswer.answer(
            offer,
            plan(
                MediaAnswer.refuse(),
                MediaAnswer.accept(5002, List.of(PCMA)),
                MediaAnswer.refuse()));
    assertEquals("m=audio 0 RTP/SAVP 8\r\n", answer.media().get(0).toText());
    assertEquals(List.of(8), answer.media().get(1).payloadTypes());
    assertEquals("m=video 0 RTP/AVP 96\r\n", answer.media().get(2).toText());
    assertEquals(List.of(), AnswerCheck.problems(offer, answer));
  }

  @Test
  void rtcpMuxIsEchoedOnlyIfOfferedAndWanted() {
    MediaAnswer.Accept both = MediaAnswer.accept(5000, List.of(PCMU)).withRtcpMux(true);
    MediaAnswer.Accept without = MediaAnswer.accept(5000, List.of(PCMU));
    assertTrue(answerOne("m=audio 4000 RTP/AVP 0;a=rtcp-mux", both).rtcpMux());
    assertFalse(answerOne("m=audio 4000 RTP/AVP 0", both).rtcpMux());
    assertFalse(answerOne("m=audio 4000 RTP/AVP 0;a=rtcp-mux", without).rtcpMux());
  }

  @Test
  void rtcpPortIsWrittenOnlyWhereItIsNotImplied() {
    MediaAnswer.Accept accept = MediaAnswer.accept(5000, List.of(PCMU)).withRtcpMux(true);
    String plain = "m=audio 4000 RTP/AVP 0";
    assertFalse(answerOne(plain, accept.withRtcpPort(5001)).hasAttribute("rtcp"));
    assertEquals(5009, answerOne(plain, accept.withRtcpPort(5009)).rtcp().orElseThrow().port());
    assertFalse(answerOne(plain + ";a=rtcp-mux", accept.withRtcpPort(5009)).hasAttribute("rtcp"));
  }

  @Test
  void whereRtcpGoes() {
    SessionDescription answer =
        OfferAnswer.answer(
            session("m=audio 4000 RTP/AVP 0;a=rtcp-mux"),
            plan(MediaAnswer.accept(5000, List.of(PCMU)).withRtcpMux(true)));
    assertRtcp(answer, "a=rtcp-mux", 4000, "192.0.2.1");
    assertRtcp(answer, "a=rtcp-mux;a=rtcp:4009 IN IP4 192.0.2.3", 4000, "192.0.2.1");
    assertRtcp(answer, "a=rtcp:4009", 4009, "192.0.2.1");
    assertRtcp(answer, "a=rtcp:4009 IN IP4 192.0.2.3", 4009, "192.0.2.3");
    assertRtcp(answer, "a=x", 4001, "192.0.2.1");
  }

  private static void assertRtcp(
      SessionDescription local, String attributes, int port, String address) {
    AgreedMedia agreed =
        AgreedMedia.of(local, session("m=audio 4000 RTP/AVP 0;" + attributes), false).get(0);
    assertEquals(port, agreed.remoteRtcpPort());
    assertEquals(address, agreed.remoteRtcpConnection().orElseThrow().address());
  }

  @Test
  void groupsNameOnlyAcceptedStreams() {
    SessionDescription offer =
        session(
            "a=group:BUNDLE a v;a=group:LS a v;m=audio 4000 RTP/AVP 0;a=mid:a;"
                + "m=video 4002 RTP/AVP 31;a=mid:v");
    AnswerPlan plan =
        plan(MediaAnswer.accept(5000, List.of(PCMU)), MediaAnswer.refuse()).withGroup("BUNDLE");
    SessionDescription answer = OfferAnswer.answer(offer, plan);
    assertEquals(List.of(new Group("BUNDLE", List.of("a"))), answer.groups());
    assertEquals(Optional.of("v"), answer.media().get(1).mid());
    assertEquals(
        List.of(),
        OfferAnswer.answer(
                offer, plan(MediaAnswer.refuse(), MediaAnswer.refuse()).withGroup("BUNDLE"))
            .groups());
    assertEquals(
        List.of(),
        OfferAnswer.answer(offer, plan(MediaAnswer.refuse(), MediaAnswer.refuse())).groups());
  }

  @Test
  void timesAreCopiedAndAttributesWritten() {
    SessionDescription offer =
        parse(
            "v=0\no=- 1 1 IN IP4 h\ns=-\nc=IN IP4 192.0.2.1\nt=3724394400 3724398000\n"
                + "r=604800 3600 0\nt=5 6\nm=audio 4000 RTP/AVP 0\n");
    SessionDescription answer =
        OfferAnswer.answer(
            offer,
            plan(MediaAnswer.accept(5000, List.of(PCMU))
                    .withPtimeMs(20)
                    .withMaxPtimeMs(60)
                    .withConnection(Connection.of("192.0.2.99"))
                    .withAttribute(SdpLine.attribute("label", "1")))
                .withAttribute(SdpLine.attribute("tool", "x")));
    assertEquals(
        String.join(
            "\r\n",
            "v=0",
            "o=- 77 1 IN IP4 192.0.2.2",
            "s=-",
            "c=IN IP4 192.0.2.2",
            "t=3724394400 3724398000",
            "r=604800 3600 0",
            "t=5 6",
            "a=tool:x",
            "m=audio 5000 RTP/AVP 0",
            "c=IN IP4 192.0.2.99",
            "a=rtpmap:0 PCMU/8000",
            "a=ptime:20",
            "a=maxptime:60",
            "a=sendrecv",
            "a=label:1",
            ""),
        answer.toText());
    assertEquals(20.0, AgreedMedia.of(offer, answer, true).get(0).remotePtimeMs().orElseThrow());
    assertEquals(60.0, AgreedMedia.of(offer, answer, true).get(0).remoteMaxPtimeMs().orElseThrow());
    SessionDescription timeless =
        parse("v=0\no=- 1 1 IN IP4 h\nc=IN IP4 192.0.2.1\nm=audio 4000 RTP/AVP 0\n");
    assertTrue(OfferAnswer.answer(timeless, plan(MediaAnswer.refuse())).toText().contains("t=0 0"));
  }

  @Test
  void twoNumbersForOneCodec() {
    SessionDescription offer =
        session("m=audio 4000 RTP/AVP 96 0;a=rtpmap:96 opus/48000/2;a=fmtp:96 useinbandfec=1");
    SessionDescription answer =
        OfferAnswer.answer(
            offer, plan(MediaAnswer.accept(5000, List.of(format(111, "OPUS/48000/2"), PCMU))));
    AgreedMedia ours = AgreedMedia.of(answer, offer, false).get(0);
    assertEquals(111, ours.formats().get(0).local().payloadType());
    assertEquals(96, ours.formats().get(0).remote().payloadType());
    assertEquals("useinbandfec=1", ours.formats().get(0).remote().fmtp());
    assertFalse(ours.formats().get(0).sameNumber());
    assertTrue(ours.formats().get(1).sameNumber());
    AgreedMedia theirs = AgreedMedia.of(offer, answer, true).get(0);
    assertEquals(96, theirs.formats().get(0).local().payloadType());
    assertEquals(111, theirs.formats().get(0).remote().payloadType());
  }

  @Test
  void oneEncodingWithSeveralParametersIsPairedByNumberThenParameters() {
    SessionDescription offer =
        session(
            "m=video 4000 RTP/AVP 96 97;a=rtpmap:96 H264/90000;a=fmtp:96 packetization-mode=0;"
                + "a=rtpmap:97 H264/90000;a=fmtp:97 packetization-mode=1");
    SessionDescription byNumber =
        session("m=video 5 RTP/AVP 97;a=rtpmap:97 H264/90000;a=fmtp:97 packetization-mode=0");
    SessionDescription byParameters =
        session("m=video 5 RTP/AVP 99;a=rtpmap:99 H264/90000;a=fmtp:99 packetization-mode=1");
    for (SessionDescription answer : List.of(byNumber, byParameters)) {
      AgreedMedia agreed = AgreedMedia.of(offer, answer, true).get(0);
      assertEquals(97, agreed.formats().get(0).local().payloadType());
    }
  }

  @Test
  void matchesInEitherOrder() {
    MediaDescription offered =
        session("m=audio 4000 RTP/AVP 0 96 8 97;a=rtpmap:96 opus/48000/2;a=rtpmap:97 x/8000")
            .media()
            .get(0);
    List<RtpEncoding> supported =
        List.of(encoding("opus/48000/2"), encoding("PCMA/8000"), encoding("pcmu/8000"));
    assertEquals(
        List.of(0, 96, 8),
        FormatMatch.of(offered, supported, FormatMatch.Preference.OFFERER).stream()
            .map(m -> m.offered().payloadType())
            .toList());
    assertEquals(
        List.of(96, 8, 0),
        FormatMatch.of(offered, supported, FormatMatch.Preference.ANSWERER).stream()
            .map(m -> m.offered().payloadType())
            .toList());
  }

  @Test
  void aWrongPlanIsTheCallersFault() {
    SessionDescription offer = session("m=audio 4000 RTP/AVP 0");
    assertThrows(IllegalArgumentException.class, () -> OfferAnswer.answer(offer, plan()));
    assertThrows(
        IllegalArgumentException.class,
        () -> OfferAnswer.answer(offer, plan(MediaAnswer.accept(5000, List.of(PCMA)))));
    assertThrows(IllegalArgumentException.class, () -> MediaAnswer.accept(0, List.of(PCMU)));
    assertThrows(IllegalArgumentException.class, () -> MediaAnswer.accept(5000, List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> MediaAnswer.accept(5000, List.of(PCMU, format(0, "GSM/8000"))));
    assertThrows(
        IllegalArgumentException.class,
        () -> MediaAnswer.accept(5000, List.of(PCMU)).withAttribute(new SdpLine('c', "x")));
  }
}
