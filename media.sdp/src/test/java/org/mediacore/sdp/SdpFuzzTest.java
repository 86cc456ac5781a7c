package org.mediacore.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
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
  static Stream<Arguments> seeds() {
    List<Arguments> out = new ArrayList<>();
    for (String name : List.of("fuzz/sdp-corpus", "sdp")) {
      for (var file : SdpVectors.files(SdpVectors.directory(name))) {
        try {
          byte[] body = java.nio.file.Files.readAllBytes(file);
          out.add(Arguments.of(Named.of(file.getFileName().toString(), body)));
        } catch (java.io.IOException e) {
          throw new java.io.UncheckedIOException(e);
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
