package org.mediacore.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionDescriptionTest {
  private static final String FULL =
      String.join(
          "\r\n",
          "v=0",
          "o=anna 18446744073709551617 7 IN IP4 192.0.2.9",
          "s=Talk",
          "i=about it",
          "c=IN IP4 192.0.2.10",
          "b=AS:256",
          "b=broken",
          "t=0 0",
          "a=group:BUNDLE a1 v1",
          "a=sendonly",
          "a=setup:actpass",
          "a=fingerprint:sha-256 AA:BB",
          "a=ice-ufrag:sess",
          "a=ice-lite",
          "m=audio 49170/2 RTP/AVP 111 0 101 96",
          "i=voice",
          "b=TIAS:64000",
          "a=rtpmap:111 opus/48000/2",
          "a=fmtp:111 minptime=10; UseInbandFec=1;stereo",
          "a=rtpmap:101 telephone-event/8000",
          "a=fmtp:101 0-15",
          "a=ptime:20",
          "a=maxptime:2.5",
          "a=rtcp:53020 IN IP4 192.0.2.11",
          "a=rtcp-mux",
          "a=mid:a1",
          "a=ssrc:4294967295 cname:u@h",
          "a=ssrc:1",
          "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:abc|2^31",
          "m=video 0 RTP/SAVP 31",
          "c=IN IP6 2001:db8::1",
          "a=inactive",
          "a=ice-ufrag:own",
          "a=mid:v1",
          "");

  private final SessionDescription session = parse(FULL);
  private final MediaDescription audio = session.media().get(0);
  private final MediaDescription video = session.media().get(1);

  private static SessionDescription parse(String text) {
    try {
      return SessionDescription.parse(text);
    } catch (SdpParseException e) {
      throw new AssertionError(e);
    }
  }

  private static MediaDescription media(String lines) {
    return parse("v=0\no=- 1 1 IN IP4 h\ns=-\nt=0 0\n" + lines.replace(';', '\n')).media().get(0);
  }

  @Test
  void sessionLevel() {
    Origin origin = session.origin();
    assertEquals("anna", origin.username());
    assertEquals("18446744073709551617", origin.sessionId());
    assertEquals("8", origin.nextVersion().sessionVersion());
    assertTrue(origin.sameSession(origin.nextVersion()));
    assertEquals("Talk", session.sessionName());
    assertEquals(Optional.of("about it"), session.information());
    assertEquals(Optional.of(Connection.of("192.0.2.10")), session.connection());
    assertEquals(List.of(new Bandwidth("AS", 256)), session.bandwidths());
    assertEquals(List.of(Timing.PERMANENT), session.timings());
    assertEquals(List.of(new Group("BUNDLE", List.of("a1", "v1"))), session.groups());
    assertEquals(Optional.of(Direction.SENDONLY), session.direction());
    assertTrue(session.iceLite());
    assertEquals(Optional.of("actpass"), session.attribute("setup"));
    assertEquals(Optional.of(""), session.attribute("ice-lite"));
    assertEquals(Optional.empty(), session.attribute("ice"));
  }

  @Test
  void mediaLineAndFormats() {
    assertEquals("audio", audio.type());
    assertEquals(49170, audio.port());
    assertEquals(2, audio.portCount());
    assertEquals("RTP/AVP", audio.protocol());
    assertEquals(List.of("111", "0", "101", "96"), audio.formats());
    assertEquals(List.of(111, 0, 101, 96), audio.payloadTypes());
    assertEquals(
        List.of(
            new RtpFormat(
                111, new RtpEncoding("OPUS", 48000, 2), "minptime=10; UseInbandFec=1;stereo"),
            new RtpFormat(0, new RtpEncoding("PCMU", 8000)),
            new RtpFormat(101, new RtpEncoding("telephone-event", 8000), "0-15")),
        audio.rtpFormats(),
        "96 has no meaning and is left out");
    assertEquals(2, audio.rtpMaps().size());
    assertFalse(audio.isRefused());
    assertTrue(video.isRefused());
  }

  @Test
  void formatParametersAreFoundInAnyCaseAndRawTextIsKept() {
    assertEquals(Optional.of("minptime=10; UseInbandFec=1;stereo"), audio.fmtp(111));
    Map<String, String> parameters = audio.fmtpParameters(111);
    assertEquals("1", parameters.get("useinbandfec"));
    assertEquals("10", parameters.get("MINPTIME"));
    assertEquals("", parameters.get("stereo"));
    assertEquals("minptime=10;stereo;UseInbandFec=1", FormatParameters.format(parameters));
    assertEquals(Map.of("0-15", ""), audio.fmtpParameters(101));
    assertTrue(audio.fmtpParameters(0).isEmpty());
    assertThrows(UnsupportedOperationException.class, () -> parameters.put("a", "b"));
  }

  @Test
  void mediaAttributes() {
    assertEquals(OptionalDouble.of(20), audio.ptimeMs());
    assertEquals(OptionalDouble.of(2.5), audio.maxPtimeMs());
    assertEquals(
        Optional.of(new RtcpAttribute(53020, Optional.of(Connection.of("192.0.2.11")))),
        audio.rtcp());
    assertTrue(audio.rtcpMux());
    assertEquals(Optional.of("a1"), audio.mid());
    assertEquals(
        List.of(new SsrcAttribute(0xffff_ffffL, "cname", "u@h"), new SsrcAttribute(1, "", "")),
        audio.ssrcs());
    assertEquals(List.of("1 AES_CM_128_HMAC_SHA1_80 inline:abc|2^31"), audio.crypto());
    assertEquals(List.of(new Bandwidth("TIAS", 64000)), audio.bandwidths());
    assertEquals(Optional.of("voice"), audio.information());
  }

  @Test
  void theSessionLevelIsInheritedUnlessOverridden() {
    assertEquals("192.0.2.10", audio.connection().orElseThrow().address());
    assertEquals("2001:db8::1", video.connection().orElseThrow().address());
    assertEquals(Direction.SENDONLY, audio.direction());
    assertEquals(Direction.INACTIVE, video.direction());
    assertEquals(Optional.of("sess"), audio.iceUfrag());
    assertEquals(Optional.of("own"), video.iceUfrag());
    assertEquals(Optional.of("actpass"), video.setup());
    assertEquals(List.of("sha-256 AA:BB"), video.fingerprints());
    assertEquals(Optional.empty(), video.icePwd());
    assertEquals(List.of(), video.attributes("setup"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "c=IN IP4 192.0.2.1,            SENDRECV, false",
    "c=IN IP4 0.0.0.0,              SENDONLY, true",
    "c=IN IP4 0.0.0.0;a=recvonly,   INACTIVE, true",
    "c=IN IP4 0.0.0.0;a=inactive,   INACTIVE, true",
    "c=IN IP6 ::,                   SENDONLY, true",
    "c=IN IP4 0.0.0.0;a=ice-ufrag:x, SENDRECV, false",
    "a=sendonly,                    SENDONLY, true",
    "a=inactive,                    INACTIVE, true",
    "a=recvonly,                    RECVONLY, false",
  })
  void holdInBothStyles(String lines, Direction direction, boolean hold) {
    MediaDescription held = media("m=audio 4000 RTP/AVP 0;" + lines);
    assertEquals(direction, held.effectiveDirection());
    assertEquals(hold, held.isHold());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "a=rtpmap:96 AppleLossless", "a=rtpmap:96 x/0", "a=rtpmap:96 x/8000/0", "a=rtpmap:x y/8000",
    "a=rtpmap:128 y/8000", "a=rtpmap:96 x/99999999999999999999", "a=rtpmap:96", "a=rtpmap",
    "a=rtpmap:96 /8000", "a=rtpmap:96 x/8000/1/1"
  })
  void malformedMappingIsKeptButHasNoMeaning(String line) {
    MediaDescription m = media("m=audio 4000 RTP/AVP 96;" + line);
    assertEquals(List.of(), m.rtpFormats());
    assertEquals(line, m.lines().get(1).toString());
  }

  @Test
  void malformedAttributesAreAbsent() {
    MediaDescription m =
        media("m=audio 4000 RTP/AVP 0;a=ptime:abc;a=maxptime:-1;a=rtcp:70000;a=ssrc:x y;a=mid:");
    assertEquals(OptionalDouble.empty(), m.ptimeMs());
    assertEquals(OptionalDouble.empty(), m.maxPtimeMs());
    assertEquals(Optional.empty(), m.rtcp());
    assertEquals(List.of(), m.ssrcs());
    assertEquals(Optional.empty(), m.mid());
    assertEquals(Optional.empty(), media("m=audio 1 RTP/AVP 0;a=rtcp:1 IN IP7 X").rtcp());
    for (String value : List.of("0", ".5", "1.", "1.x", "1e3", "NaN", "1234567890123")) {
      MediaDescription odd = media("m=audio 4000 RTP/AVP 0;a=ptime:" + value);
      assertEquals(OptionalDouble.empty(), odd.ptimeMs(), value);
    }
  }

  @Test
  void multicastConnection() {
    Connection c = media("m=audio 1 RTP/AVP 0;c=IN IP4 233.252.0.1/127/3").connection().get();
    assertEquals(OptionalInt.of(127), c.ttl());
    assertEquals(OptionalInt.of(3), c.addressCount());
    assertEquals("IN IP4 233.252.0.1/127/3", c.toValue());
    Connection six = media("m=audio 1 RTP/AVP 0;c=IN IP6 FF15::101/3").connection().get();
    assertEquals(OptionalInt.empty(), six.ttl());
    assertEquals(OptionalInt.of(3), six.addressCount());
    assertEquals("IN IP6 FF15::101/3", six.toValue());
  }

  @Test
  void otherProtocolsHaveNoPayloadTypes() {
    MediaDescription m = media("m=application 9 UDP/DTLS/SCTP webrtc-datachannel");
    assertEquals(List.of(), m.payloadTypes());
    assertEquals(Optional.empty(), media("m=image 9 udptl 0").rtpMap(0));
    assertTrue(media("m=audio 9 UDP/TLS/RTP/SAVPF 0").isRtp());
  }

  @Test
  void directionsAreASmallAlgebra() {
    for (Direction d : Direction.values()) {
      assertEquals(d, d.reversed().reversed());
      assertEquals(d, d.intersect(Direction.SENDRECV));
      assertEquals(Direction.INACTIVE, d.intersect(Direction.INACTIVE));
      assertEquals(Optional.of(d), Direction.ofAttribute(d.attributeName()));
    }
    assertEquals(Direction.RECVONLY, Direction.SENDONLY.reversed());
    assertEquals(Direction.INACTIVE, Direction.SENDONLY.intersect(Direction.RECVONLY));
    assertEquals(Optional.empty(), Direction.ofAttribute("both"));
  }

  @Test
  void fixedNumbersOfRfc3551() {
    assertEquals("G722/8000", StaticPayloadTypes.encoding(9).orElseThrow().toString());
    assertEquals("L16/44100/2", StaticPayloadTypes.encoding(10).orElseThrow().toString());
    assertEquals(OptionalInt.of(11), StaticPayloadTypes.payloadType(new RtpEncoding("l16", 44100)));
    assertEquals(OptionalInt.of(18), StaticPayloadTypes.payloadType(new RtpEncoding("G729", 8000)));
    assertEquals(Optional.empty(), StaticPayloadTypes.encoding(96));
    assertEquals(OptionalInt.empty(), StaticPayloadTypes.payloadType(new RtpEncoding("L16", 8000)));
  }
}
