package org.mediacore.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mediacore.sdp.negotiation.FuzzedExchange;

/**
 * Any bytes: either the documented exception, or a description whose text parses to an equal one,
 * whose accessors all answer, and which can be answered. {@code JAZZER_FUZZ=1} searches; without it
 * the seeds run as ordinary tests.
 */
class SdpFuzzTest {
  private static final String SEED =
      "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE a\r\n"
          + "m=audio 4000 RTP/AVP 96 0\r\nc=IN IP4 0.0.0.0\r\na=rtpmap:96 opus/48000/2\r\n"
          + "a=fmtp:96 useinbandfec=1\r\na=rtcp:4001 IN IP4 192.0.2.1\r\na=mid:a\r\n";

  static Stream<Arguments> seeds() {
    List<Arguments> out = new ArrayList<>();
    out.add(Arguments.of(Named.of("built in", SEED.getBytes(StandardCharsets.UTF_8))));
    if (!SdpVectors.available()) {
      return out.stream();
    }
    for (String name : List.of("fuzz/sdp-corpus", "sdp")) {
      for (var file : SdpVectors.files(SdpVectors.directory(name))) {
        try {
          byte[] body = Files.readAllBytes(file);
          out.add(Arguments.of(Named.of(file.getFileName().toString(), body)));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return out.stream();
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "90s")
  void parsesOrRefuses(byte[] body) throws Exception {
    SessionDescription session;
    try {
      session = SessionDescription.parse(body);
    } catch (SdpParseException documented) {
      assertEquals(true, documented.getMessage().contains("expected"));
      return;
    }
    String text = session.toText();
    assertEquals(session, SessionDescription.parse(text));
    assertEquals(text, SessionDescription.parse(text).toText());
    assertEquals(session, session.toBuilder().build());
    session.origin().nextVersion();
    session.media().forEach(SdpFuzzTest::readAll);
    FuzzedExchange.check(session);
  }

  private static void readAll(MediaDescription media) {
    media.rtpFormats().forEach(RtpFormat::parameters);
    media.ptimeMs();
    media.maxPtimeMs();
    media.rtcp();
    media.mid();
    media.ssrcs();
    media.crypto();
    media.bandwidths();
    media.connection();
    media.fingerprints();
    media.isHold();
    assertEquals(media, media.toBuilder().build().within(List.of()));
  }
}
