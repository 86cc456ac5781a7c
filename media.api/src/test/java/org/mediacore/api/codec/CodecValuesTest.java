package org.mediacore.api.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CodecValuesTest {
  private static CodecDescriptor opus() {
    return new CodecDescriptor(
        "opus",
        MediaKind.AUDIO,
        48_000,
        2,
        new AudioFormat(48_000, 1),
        OptionalInt.empty(),
        List.of(10_000, 20_000, 40_000, 60_000),
        Fmtp.NONE);
  }

  @Test
  void fmtpNamesIgnoreCaseAndKeepOrder() {
    Fmtp fmtp = Fmtp.parse(" MaxPlaybackRate=16000; stereo=1;;useinbandfec=0 ");
    assertEquals("maxplaybackrate=16000;stereo=1;useinbandfec=0", fmtp.toText());
    assertEquals(OptionalInt.of(16000), fmtp.getInt("MAXPLAYBACKRATE"));
    assertTrue(fmtp.isSet("stereo"));
    assertFalse(fmtp.isSet("useinbandfec"));
  }

  @Test
  void fmtpKeepsParametersWithoutValue() {
    assertEquals("0-15", Fmtp.parse("0-15").toText());
  }

  @Test
  void fmtpNumberThatIsNoneIsEmpty() {
    assertEquals(OptionalInt.empty(), Fmtp.parse("mode=twenty").getInt("mode"));
    assertEquals(OptionalInt.empty(), Fmtp.parse("mode=99999999999").getInt("mode"));
  }

  @Test
  void rtpmapLeavesOutOneChannel() {
    assertEquals("opus/48000/2", opus().rtpmap());
    assertTrue(opus().matches("OPUS", 48_000, 2));
    assertFalse(opus().matches("opus", 48_000, 1));
  }

  @Test
  void frameDurationIsTheLongestWithinPtime() {
    assertEquals(20_000, opus().frameDurationUsFor(30));
    assertEquals(60_000, opus().frameDurationUsFor(200));
    assertEquals(10_000, opus().frameDurationUsFor(5));
  }

  @Test
  void descriptorRefusesWhatIsNoToken() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new CodecDescriptor(
                "a b",
                MediaKind.AUDIO,
                8000,
                1,
                new AudioFormat(8000, 1),
                OptionalInt.empty(),
                List.of(20_000),
                Fmtp.NONE));
  }

  @Test
  void parametersCountSamplesAndTimestamps() {
    CodecParameters parameters =
        new CodecParameters(
            opus(),
            new AudioFormat(16_000, 1),
            new AudioFormat(48_000, 2),
            Fmtp.NONE,
            Fmtp.NONE,
            20_000);
    assertEquals(320, parameters.samplesPerFrame());
    assertEquals(960, parameters.timestampPerFrame());
    assertEquals(1920, parameters.withPtimeMs(40).timestampPerFrame());
  }
}
