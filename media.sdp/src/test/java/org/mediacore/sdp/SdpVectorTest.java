package org.mediacore.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The collected descriptions: clux/sdp-transform and mozilla/webrtc-sdp. Those of the latter that
 * open with comment lines are no descriptions as they stand, and are ones without the comments.
 */
class SdpVectorTest {
  /** File name to the line and the expectation its error must name. */
  private static final Map<String, String> INVALID =
      Map.of(
          "invalid.sdp", "line 10 \"f=invalid:yes\": expected a type letter of RFC 8866",
          "03.sdp", "line 1 \"; Many RTCP-FB",
          "08.sdp", "line 1 \";\": expected v=0",
          "11.sdp", "line 1 \";\": expected v=0");

  @TestFactory
  Stream<DynamicTest> writtenBackWithoutLosingALine() {
    return SdpVectors.files(SdpVectors.directory("sdp")).stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
  }

  private static void check(Path file) throws Exception {
    String text = Files.readString(file);
    String error = INVALID.get(file.getFileName().toString());
    if (error == null) {
      assertEquals(SdpVectors.normalised(text), SessionDescription.parse(text).toText());
      return;
    }
    SdpParseException e =
        assertThrows(SdpParseException.class, () -> SessionDescription.parse(text));
    assertTrue(e.getMessage().contains(error), e.getMessage());
    String cleaned =
        text.lines().filter(line -> !line.startsWith(";")).collect(Collectors.joining("\r\n"));
    SdpLimits lenient = SdpLimits.DEFAULT.withUnknownLineTypesKept(true);
    assertEquals(
        SdpVectors.normalised(cleaned), SessionDescription.parse(cleaned, lenient).toText());
  }

  @Test
  void everyInvalidOneIsThere() {
    assertEquals(
        INVALID.size(),
        SdpVectors.files(SdpVectors.directory("sdp")).stream()
            .filter(file -> INVALID.containsKey(file.getFileName().toString()))
            .count());
  }

  @Test
  void typedFactsOfARealBrowserOffer() throws Exception {
    Path file = SdpVectors.directory("sdp").resolve("sdp-transform/hacky.sdp");
    SessionDescription session = SessionDescription.parse(Files.readAllBytes(file));
    assertEquals(3, session.media().size());
    MediaDescription audio = session.media().get(0);
    assertEquals(10, audio.rtpFormats().size());
    assertEquals("opus/48000/2", audio.rtpFormats().get(0).encoding().toString());
    assertEquals("10", audio.fmtpParameters(111).get("minptime"));
    assertEquals(0.125, audio.ptimeMs().orElseThrow());
    assertEquals(4, audio.ssrcs().size());
    assertFalse(audio.isHold(), "0.0.0.0 is a placeholder where ICE is used");
    assertEquals(12312, session.media().get(1).rtcp().orElseThrow().port());
  }

  @TestFactory
  Stream<DynamicTest> fuzzSeedsParseOrAreRefusedClearly() {
    return SdpVectors.files(SdpVectors.directory("fuzz/sdp-corpus")).stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> seed(file)));
  }

  private static void seed(Path file) throws Exception {
    String text = Files.readString(file);
    if (text.startsWith("v=")) {
      assertEquals(SdpVectors.normalised(text), SessionDescription.parse(text).toText());
    } else {
      SdpParseException e =
          assertThrows(SdpParseException.class, () -> SessionDescription.parse(text));
      assertEquals("v=0 as the first line", e.expected());
    }
  }
}
