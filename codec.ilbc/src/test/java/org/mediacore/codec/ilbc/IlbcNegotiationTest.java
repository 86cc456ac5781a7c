package org.mediacore.codec.ilbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;

/** The parameter {@code mode} of RFC 3952 §4.2 and §5, and packets that follow from it. */
class IlbcNegotiationTest {
  private final IlbcCodecFactory factory = new IlbcCodecFactory();
  private final CodecDescriptor descriptor = factory.descriptors().get(0);

  private Optional<CodecParameters> negotiate(String remote, String local) {
    return factory.negotiate(descriptor, Fmtp.parse(remote), Fmtp.parse(local));
  }

  @ParameterizedTest(name = "{0} and {1} give {2}")
  @CsvSource({
    "mode=20, mode=20, 20",
    "mode=20, mode=30, 30",
    "mode=30, mode=20, 30",
    "mode=30, mode=30, 30",
    "'', mode=20, 30",
    "mode=20, '', 30",
    "'', '', 30",
    "MODE=20, mode=20, 20",
    "other=1;mode=20, mode=20, 20",
  })
  void thirtyWins(String remote, String local, int frameMs) {
    CodecParameters agreed = negotiate(remote, local).orElseThrow();
    assertEquals("mode=" + frameMs, agreed.local().toText());
    assertEquals(frameMs * 1_000, agreed.frameDurationUs());
    assertEquals(frameMs * 8, agreed.samplesPerFrame());
    assertEquals(frameMs * 8, agreed.timestampPerFrame());
  }

  @ParameterizedTest
  @ValueSource(strings = {"mode=", "mode=0", "mode=25", "mode=2O", "mode=-20", "mode=020"})
  void otherModesAreRefused(String remote) {
    assertEquals(Optional.empty(), negotiate(remote, "mode=20"));
    assertEquals(Optional.empty(), negotiate("mode=20", remote));
  }

  @ParameterizedTest(name = "mode {0}, ptime {1}: {2} ms")
  @CsvSource({
    "20, 1, 20",
    "20, 20, 20",
    "20, 30, 20",
    "20, 40, 40",
    "20, 60, 60",
    "20, 119, 100",
    "20, 120, 120",
    "20, 200, 120",
    "30, 1, 30",
    "30, 20, 30",
    "30, 30, 30",
    "30, 59, 30",
    "30, 60, 60",
    "30, 100, 90",
    "30, 120, 120",
    "30, 2000000000, 120",
  })
  void packetsHoldWholeFrames(int mode, int ptimeMs, int packetMs) throws Exception {
    CodecParameters agreed = negotiate("mode=" + mode, "mode=20").orElseThrow();
    CodecParameters kept = factory.withPtimeMs(agreed, ptimeMs);
    assertEquals(packetMs * 1_000, kept.frameDurationUs());
    factory.createEncoder(kept).close();
  }

  @Test
  void halfFramesAreRefused() {
    CodecParameters agreed = negotiate("mode=30", "mode=30").orElseThrow();
    MediaSetupException refused =
        assertThrows(
            MediaSetupException.class, () -> factory.createEncoder(agreed.withPtimeMs(20)));
    assertTrue(refused.getMessage().contains("20000 us"), refused.getMessage());
  }

  @Test
  void payloadsPassWithinOneMode() {
    CodecParameters silent = negotiate("", "mode=20").orElseThrow();
    CodecParameters spoken = negotiate("mode=30", "mode=20").orElseThrow();
    CodecParameters shorter = negotiate("mode=20", "mode=20").orElseThrow();
    assertTrue(factory.passesUnchanged(silent, spoken));
    assertTrue(factory.passesUnchanged(spoken, silent));
    assertFalse(factory.passesUnchanged(shorter, spoken));
    assertFalse(factory.passesUnchanged(spoken, shorter));
  }
}
