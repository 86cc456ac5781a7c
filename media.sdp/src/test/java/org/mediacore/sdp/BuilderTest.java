package org.mediacore.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BuilderTest {
  private static final RtpFormat OPUS =
      new RtpFormat(111, new RtpEncoding("opus", 48000, 2), "useinbandfec=1");
  private static final RtpFormat PCMU = new RtpFormat(0, new RtpEncoding("PCMU", 8000));

  private static MediaDescription.Builder audio() {
    return MediaDescription.builder("audio", 4000, "RTP/AVP").rtpFormats(List.of(OPUS, PCMU));
  }

  @Test
  void writesLinesInTheOrderOfTheRfc() throws Exception {
    SessionDescription built =
        SessionDescription.builder()
            .addMedia(
                audio()
                    .direction(Direction.SENDRECV)
                    .ptimeMs(20)
                    .maxPtimeMs(62.5)
                    .addBandwidth(new Bandwidth("AS", 64))
                    .connection(Connection.of("192.0.2.2"))
                    .information("voice")
                    .rtcp(new RtcpAttribute(4005))
                    .rtcpMux(true)
                    .mid("0")
                    .addSsrc(new SsrcAttribute(5, "cname", "x"))
                    .build())
            .attribute("tool", "test")
            .addGroup(new Group("BUNDLE", List.of("0")))
            .addBandwidth(new Bandwidth("CT", 100))
            .connection(Connection.of("2001:db8::5"))
            .information("call")
            .origin(Origin.of(1, 2, "192.0.2.1"))
            .build();
    String text =
        String.join(
            "\r\n",
            "v=0",
            "o=- 1 2 IN IP4 192.0.2.1",
            "s=-",
            "i=call",
            "c=IN IP6 2001:db8::5",
            "b=CT:100",
            "t=0 0",
            "a=tool:test",
            "a=group:BUNDLE 0",
            "m=audio 4000 RTP/AVP 111 0",
            "i=voice",
            "c=IN IP4 192.0.2.2",
            "b=AS:64",
            "a=rtpmap:111 opus/48000/2",
            "a=fmtp:111 useinbandfec=1",
            "a=rtpmap:0 PCMU/8000",
            "a=sendrecv",
            "a=ptime:20",
            "a=maxptime:62.500",
            "a=rtcp:4005",
            "a=rtcp-mux",
            "a=mid:0",
            "a=ssrc:5 cname:x",
            "");
    assertEquals(text, built.toText());
    assertEquals(built, SessionDescription.parse(text));
    assertEquals(built.hashCode(), SessionDescription.parse(text).hashCode());
  }

  @Test
  void aChangedCopyKeepsEverythingElseInPlace() throws Exception {
    String text =
        "v=0\r\no=- 1 1 IN IP4 h\r\ns=x\r\nt=0 0\r\nc=IN IP4 192.0.2.1\r\na=x-a:1\r\na=sendonly\r\n"
            + "a=x-b:2\r\nm=audio 4000 RTP/AVP 0\r\na=x-c\r\na=recvonly\r\na=x-d\r\n";
    SessionDescription parsed = SessionDescription.parse(text);
    SessionDescription changed =
        parsed.toBuilder()
            .direction(Direction.INACTIVE)
            .connection(Connection.of("192.0.2.7"))
            .media(0, parsed.media().get(0).toBuilder().direction(Direction.SENDRECV).build())
            .build();
    assertEquals(
        text.replace("sendonly", "inactive")
            .replace("recvonly", "sendrecv")
            .replace("192.0.2.1", "192.0.2.7"),
        changed.toText());
    assertEquals(text, parsed.toText(), "the original has not changed");
    assertEquals("192.0.2.7", changed.media().get(0).connection().orElseThrow().address());
    assertNotEquals(parsed, changed);
    assertEquals(parsed, parsed.toBuilder().build());
  }

  @Test
  void anUnchangedMediaLineKeepsItsSpaces() throws Exception {
    String text = "v=0\r\no=- 1 1 IN IP4 h\r\nm=audio  4000 RTP/AVP 0 \r\n";
    MediaDescription media = SessionDescription.parse(text).media().get(0);
    assertEquals(
        "m=audio  4000 RTP/AVP 0 ", media.toBuilder().port(4000).build().lines().get(0).toString());
    assertEquals(
        "m=audio 4002 RTP/AVP 0", media.toBuilder().port(4002).build().lines().get(0).toString());
  }

  @Test
  void formatsAreReplacedWithTheirAttributes() {
    MediaDescription media =
        audio().attribute("x-keep").rtpFormats(List.of(PCMU)).port(9).portCount(2).build();
    assertEquals("m=audio 9/2 RTP/AVP 0\r\na=x-keep\r\na=rtpmap:0 PCMU/8000\r\n", media.toText());
  }

  @Test
  void attributesAreRemovedWholeNotByPrefix() {
    MediaDescription media =
        audio().attribute("rtcp", "1").rtcpMux(true).removeAttribute("rtcp").build();
    assertEquals(true, media.rtcpMux());
    assertEquals(Optional.empty(), media.rtcp());
  }

  @Test
  void nothingSmugglesALineIn() {
    assertThrows(IllegalArgumentException.class, () -> new SdpLine('a', "x\r\na=y"));
    assertThrows(IllegalArgumentException.class, () -> new SdpLine('a', "x\ny"));
    assertThrows(IllegalArgumentException.class, () -> new SdpLine('A', "x"));
    assertThrows(IllegalArgumentException.class, () -> audio().attribute("x", "y\n"));
    assertThrows(IllegalArgumentException.class, () -> audio().attribute("x:y"));
    assertThrows(IllegalArgumentException.class, () -> audio().mid("a b"));
    assertThrows(IllegalArgumentException.class, () -> audio().addLine(new SdpLine('m', "x")));
    assertThrows(IllegalArgumentException.class, () -> Connection.of("a b"));
    assertThrows(IllegalArgumentException.class, () -> new Group("LS", List.of("a b")));
    assertThrows(
        IllegalArgumentException.class, () -> new Origin("a b", "1", "1", "IN", "IP4", "h"));
    assertThrows(IllegalArgumentException.class, () -> new Origin("-", "x", "1", "IN", "IP4", "h"));
    assertThrows(IllegalArgumentException.class, () -> new RtpFormat(0, PCMU.encoding(), "a\r\nb"));
    assertThrows(
        IllegalArgumentException.class, () -> MediaDescription.builder("a", 65536, "RTP/AVP"));
    assertThrows(IllegalArgumentException.class, () -> audio().ptimeMs(Double.NaN));
  }

  @Test
  void incompleteDescriptionsAreNotBuilt() {
    assertThrows(IllegalStateException.class, () -> SessionDescription.builder().build());
    assertThrows(
        IllegalStateException.class, () -> MediaDescription.builder("audio", 1, "RTP/AVP").build());
  }
}
