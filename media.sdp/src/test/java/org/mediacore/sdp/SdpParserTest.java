package org.mediacore.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SdpParserTest {
  private static final String HEAD = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\n";

  @Test
  void everyLineComesBackInItsOrder() throws Exception {
    String text =
        "v=0\r\no=jdoe 3724394400 3724394405 IN IP4 198.51.100.1\r\ns=Call\r\nt=0 0\r\n"
            + "r=604800 3600 0 90000\r\nz=0 0\r\nc=IN IP4 198.51.100.1\r\nk=prompt\r\n"
            + "a=x-unknown: keep  my  spaces \r\na=recvonly\r\nm=audio 49170 RTP/AVP 0 \r\n"
            + "b=X-OWN:oddity\r\na=whatever\r\na=rtpmap:0 not a mapping\r\ni=late title\r\n"
            + "m=video 0 RTP/AVP 31\r\n";
    assertEquals(text, SessionDescription.parse(text).toText());
    assertEquals(text, SessionDescription.parse(text).toString());
    assertEquals(16, SessionDescription.parse(text).lines().size());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "bare LF                    | v=0;o=- 1 1 IN IP4 h;s=-;t=0 0;",
        "no end of the last line    | v=0;o=- 1 1 IN IP4 h;s=-;t=0 0",
        "blank lines at the end     | v=0;o=- 1 1 IN IP4 h;s=-;t=0 0;;;",
        "blanks in the last lines   | v=0;o=- 1 1 IN IP4 h;s=-;t=0 0; ;\t;",
      })
  void formIsTolerated(String name, String text) throws Exception {
    assertEquals(
        "v=0\r\no=- 1 1 IN IP4 h\r\ns=-\r\nt=0 0\r\n",
        SessionDescription.parse(text.replace(';', '\n')).toText());
    assertEquals(
        "v=0\r\no=- 1 1 IN IP4 h\r\ns=-\r\nt=0 0\r\n",
        SessionDescription.parse(text.replace(";", "\r\n")).toText());
  }

  @Test
  void sessionNameAndTimeMayBeMissingOrEmpty() throws Exception {
    SessionDescription bare = SessionDescription.parse("v=0\no=- 1 1 IN IP4 h\n");
    assertEquals("-", bare.sessionName());
    assertTrue(bare.timings().isEmpty());
    assertEquals(" ", SessionDescription.parse("v=0\no=- 1 1 IN IP4 h\ns= \n").sessionName());
    assertEquals("", SessionDescription.parse("v=0\no=- 1 1 IN IP4 h\ns=\n").sessionName());
  }

  @ParameterizedTest(name = "line {0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | v=0 as the first line      | ''",
        "1 | v=0 as the first line      | hello",
        "1 | v=0 as the first line      | v=1;o=- 1 1 IN IP4 h",
        "1 | v=0 as the first line      | o=- 1 1 IN IP4 h;v=0",
        "1 | v=0 as the first line      | ; comment",
        "2 | o=<user>                   | v=0;o=- x 1 IN IP4 h",
        "2 | o=<user>                   | v=0;o=- 1 1 IN IP4",
        "2 | o=<user>                   | v=0;o=two words 1 1 IN IP4 h",
        "3 | o= only once               | v=0;o=- 1 1 IN IP4 h;o=- 1 1 IN IP4 h",
        "3 | v= only once               | v=0;o=- 1 1 IN IP4 h;v=0",
        "0 | an o= line                 | v=0;s=-",
        "3 | c=<net type>               | v=0;o=- 1 1 IN IP4 h;c=IN IP4",
        "3 | c=<net type>               | v=0;o=- 1 1 IN IP4 h;c=IN IP4 224.0.0.1/999",
        "3 | c=<net type>               | v=0;o=- 1 1 IN IP4 h;c=IN IP4 224.0.0.1/1/0",
        "3 | c=<net type>               | v=0;o=- 1 1 IN IP4 h;c=IN IP6 ff00::1/1/1",
        "3 | c=<net type>               | v=0;o=- 1 1 IN IP4 h;c=IN IP4 /1",
        "3 | t=<start> <stop>           | v=0;o=- 1 1 IN IP4 h;t=0",
        "3 | t=<start> <stop>           | v=0;o=- 1 1 IN IP4 h;t=0 -1",
        "3 | a=<name>                   | v=0;o=- 1 1 IN IP4 h;a=",
        "3 | a=<name>                   | v=0;o=- 1 1 IN IP4 h;a=:value",
        "3 | m=<media>                  | v=0;o=- 1 1 IN IP4 h;m=audio 1 RTP/AVP",
        "3 | a port from 0 to 65535     | v=0;o=- 1 1 IN IP4 h;m=audio 65536 RTP/AVP 0",
        "3 | a port from 0 to 65535     | v=0;o=- 1 1 IN IP4 h;m=audio -1 RTP/AVP 0",
        "3 | a number of ports          | v=0;o=- 1 1 IN IP4 h;m=audio 4000/0 RTP/AVP 0",
        "3 | RTP payload types          | v=0;o=- 1 1 IN IP4 h;m=audio 4000 RTP/AVP 128",
        "3 | RTP payload types          | v=0;o=- 1 1 IN IP4 h;m=audio 4000 RTP/AVP opus",
        "4 | only i=, c=, b=, k= and a= | v=0;o=- 1 1 IN IP4 h;m=audio 4000 RTP/AVP 0;t=0 0",
        "3 | <letter>=<value>           | v=0;o=- 1 1 IN IP4 h;;m=audio 4000 RTP/AVP 0",
        "3 | <letter>=<value>           | v=0;o=- 1 1 IN IP4 h; a=indented",
        "3 | <letter>=<value>           | v=0;o=- 1 1 IN IP4 h;A=capital",
        "3 | <letter>=<value>           | v=0;o=- 1 1 IN IP4 h;a",
        "3 | a type letter of RFC 8866  | v=0;o=- 1 1 IN IP4 h;f=unknown",
      })
  void meaningIsNot(int line, String expected, String text) {
    String body = text.startsWith(";") ? text : text.replace(";", "\r\n");
    SdpParseException e =
        assertThrows(SdpParseException.class, () -> SessionDescription.parse(body));
    assertEquals(line, e.lineNumber(), e.getMessage());
    assertTrue(e.expected().startsWith(expected), e.getMessage());
    assertTrue(e.getMessage().contains(e.expected()));
  }

  @Test
  void controlCharactersInsideALineAreRefused() {
    for (String inside : new String[] {"a=x\ry", "a=x\0y"}) {
      SdpParseException e =
          assertThrows(
              SdpParseException.class,
              () -> SessionDescription.parse(HEAD + inside + "\r\na=z\r\n"));
      assertEquals(4, e.lineNumber());
      assertEquals("a=x?y", e.line());
    }
  }

  @Test
  void aFieldWithAControlCharacterIsRefusedWhereItHasMeaning() throws Exception {
    for (String line : new String[] {"c=IN IP4 a\u0014b", "t=0 \u000b0", "m=a 1 RTP/AVP\f 0"}) {
      SdpParseException e =
          assertThrows(SdpParseException.class, () -> SessionDescription.parse(HEAD + line));
      assertEquals(4, e.lineNumber());
    }
    String kept = HEAD + "m=a 1 RTP/AVP 0\r\na=mid:x\u0014y\r\n";
    assertEquals(kept, SessionDescription.parse(kept).toText());
    assertTrue(SessionDescription.parse(kept).media().get(0).mid().isEmpty());
    assertTrue(
        SessionDescription.parse(HEAD + "m=a 1 RTP/AVP 0\r\na=mid:x y\r\n")
            .media()
            .get(0)
            .mid()
            .isEmpty());
  }

  @Test
  void theQuotedLineIsShortenedAndPrintable() {
    String line = "m=\u00e4" + "x".repeat(500);
    SdpParseException e =
        assertThrows(SdpParseException.class, () -> SessionDescription.parse(HEAD + line));
    assertEquals("m=?" + "x".repeat(57) + "...", e.line());
    assertTrue(e.getMessage().startsWith("session description, line 4 \"m=?xxx"));
  }

  @Test
  void unknownTypeLettersAreKeptOnDemand() throws Exception {
    String text = HEAD + "f=x\r\nm=audio 1 RTP/AVP 0\r\ng=y\r\n";
    SdpLimits lenient = SdpLimits.DEFAULT.withUnknownLineTypesKept(true);
    assertEquals(text, SessionDescription.parse(text, lenient).toText());
  }

  @Test
  void limitsAreNamed() throws Exception {
    SdpLimits limits = new SdpLimits(200, 40, 6, 2, false);
    String media = "m=audio 1 RTP/AVP 0\r\n";
    assertEquals(2, SessionDescription.parse(HEAD + media + media, limits).media().size());
    assertRefused(limits, HEAD + media + media + media, "at most 2 media descriptions", 6);
    assertRefused(limits, HEAD + "a=x\r\n".repeat(4), "at most 6 lines", 7);
    assertRefused(limits, HEAD + "a=" + "x".repeat(39), "at most 40 characters in a line", 4);
    assertRefused(limits, HEAD + "\r\n".repeat(100), "at most 200 characters", 0);
    assertThrows(IllegalArgumentException.class, () -> new SdpLimits(0, 1, 1, 1, false));
    byte[] large = new byte[SdpLimits.DEFAULT.maxTextChars() + 1];
    assertThrows(SdpParseException.class, () -> SessionDescription.parse(large));
  }

  private static void assertRefused(SdpLimits limits, String text, String expected, int line) {
    SdpParseException e =
        assertThrows(SdpParseException.class, () -> SessionDescription.parse(text, limits));
    assertEquals(expected, e.expected());
    assertEquals(line, e.lineNumber());
  }

  @Test
  void bytesAreUtf8OrElseLatin1() throws Exception {
    String text = "v=0\r\no=- 1 1 IN IP4 h\r\ns=Gr\u00fc\u00dfe\r\nt=0 0\r\n";
    assertEquals(text, SessionDescription.parse(text.getBytes(StandardCharsets.UTF_8)).toText());
    assertEquals(
        text, SessionDescription.parse(text.getBytes(StandardCharsets.ISO_8859_1)).toText());
  }
}
