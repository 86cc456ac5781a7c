package org.mediacore.codec.amr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;

/** RFC 4867 §8: what is agreed, what is refused, what is declared. */
class AmrNegotiationTest {
  private final AmrCodecFactory factory = Amr.factory();
  private final CodecDescriptor amr = factory.descriptors().get(0);
  private final CodecDescriptor wideband = factory.descriptors().get(1);

  private Optional<CodecParameters> negotiate(String remote, String local) {
    return factory.negotiate(amr, Fmtp.parse(remote), Fmtp.parse(local));
  }

  @Test
  void describesBoth() {
    assertEquals("AMR/8000", amr.rtpmap());
    assertEquals("AMR-WB/16000", wideband.rtpmap());
    assertEquals(new AudioFormat(16_000, 1), wideband.audio());
    assertEquals("mode-change-capability=2;max-red=0", amr.defaultFmtp().toText());
  }

  /** The answer to an offer, our side configured as the third column. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | mode-change-capability=2;max-red=0 | ''",
        "octet-align=1 | octet-align=1;mode-change-capability=2;max-red=0 | ''",
        "'' | mode-change-capability=2;max-red=0 | octet-align=1",
        "octet-align=0; mode-change-capability=2; max-red=220"
            + " | mode-change-capability=2;max-red=0 | ''",
        "mode-set=7,0, 2 | mode-set=0,2,7;mode-change-capability=2;max-red=0 | ''",
        "'' | mode-set=0,4;mode-change-capability=2;max-red=0 | mode-set=0,4",
        "mode-set=0,2,4,7 | mode-set=0,2,4,7;mode-change-capability=2;max-red=0 | mode-set=4",
        "mode-change-period=2;mode-change-neighbor=1"
            + " | mode-change-period=2;mode-change-neighbor=1;mode-change-capability=2;max-red=0"
            + " | ''",
        "crc=0;robust-sorting=0 | mode-change-capability=2;max-red=0 | ''",
        "x-unknown=1;max-red=garbage | mode-change-capability=2;max-red=0 | ''",
      })
  void answers(String offer, String answer, String ours) {
    CodecParameters agreed = negotiate(offer, ours).orElseThrow();
    assertEquals(answer, agreed.local().toText());
    assertEquals(20_000, agreed.frameDurationUs());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "crc=1",
        "octet-align=1;crc=1",
        "octet-align=1;robust-sorting=1",
        "octet-align=1;interleaving=30",
        "interleaving",
        "octet-align=2",
        "mode-set=8",
        "mode-set=",
        "mode-set=0,,1",
        "mode-set=-1",
        "mode-set=10",
        "mode-change-period=3",
        "mode-change-neighbor=x",
        "mode-change-capability=0",
      })
  void refuses(String fmtp) {
    assertEquals(Optional.empty(), negotiate(fmtp, ""));
    assertEquals(Optional.empty(), negotiate("", fmtp));
  }

  @Test
  void refusesSetsWithoutACommonMode() {
    assertEquals(Optional.empty(), negotiate("mode-set=0,1", "mode-set=2,3"));
  }

  @Test
  void modeEightIsOfWideband() {
    assertTrue(factory.negotiate(wideband, Fmtp.parse("mode-set=0,8"), Fmtp.NONE).isPresent());
    assertEquals(
        Optional.empty(), factory.negotiate(wideband, Fmtp.parse("mode-set=9"), Fmtp.NONE));
  }

  @Test
  void ptimeIsWholeFrames() {
    CodecParameters agreed = negotiate("", "").orElseThrow();
    assertEquals(20_000, factory.withPtimeMs(agreed, 10).frameDurationUs());
    assertEquals(40_000, factory.withPtimeMs(agreed, 50).frameDurationUs());
    assertEquals(120_000, factory.withPtimeMs(agreed, 240).frameDurationUs());
  }

  @Test
  void configurationRulesOffers() {
    AmrSettings settings = new AmrSettings(true, false, 7, 8);
    List<CodecDescriptor> offered = Amr.factory(settings).descriptors();
    for (CodecDescriptor descriptor : offered) {
      assertTrue(descriptor.defaultFmtp().isSet("octet-align"), descriptor.rtpmap());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | '' | true",
        "octet-align=1 | octet-align=1 | true",
        "octet-align=1 | '' | false",
        "'' | octet-align=1 | false",
        "mode-set=0,2 | mode-set=0,2,4 | true",
        "mode-set=0,2,4 | mode-set=0,2 | false",
        "'' | mode-set=0,2 | false",
        "mode-set=0,2 | '' | true",
        "'' | mode-change-period=2 | false",
        "mode-change-period=2 | '' | true",
        "'' | mode-change-neighbor=1 | false",
      })
  void relaysWhatTheOtherSideTakes(String from, String to, boolean passes) {
    assertEquals(
        passes,
        factory.passesUnchanged(
            negotiate(from, "").orElseThrow(), negotiate(to, "").orElseThrow()));
  }

  @Test
  void doesNotRelayBetweenTheTwoCodecs() {
    CodecParameters wide = factory.negotiate(wideband, Fmtp.NONE, Fmtp.NONE).orElseThrow();
    assertFalse(factory.passesUnchanged(wide, negotiate("", "").orElseThrow()));
  }

  @Test
  void refusedSetupsNameTheValue() {
    CodecParameters agreed = negotiate("", "").orElseThrow();
    CodecParameters bad =
        new CodecParameters(
            agreed.descriptor(),
            agreed.sendFormat(),
            agreed.receiveFormat(),
            Fmtp.parse("mode-set=1"),
            Fmtp.parse("mode-set=2"),
            20_000);
    MediaSetupException refused =
        assertThrows(MediaSetupException.class, () -> factory.createEncoder(bad));
    assertEquals("mode-set=2", refused.refused());
    CodecParameters stereo =
        new CodecParameters(
            agreed.descriptor(),
            new AudioFormat(8_000, 2),
            agreed.receiveFormat(),
            agreed.local(),
            agreed.remote(),
            20_000);
    assertThrows(MediaSetupException.class, () -> factory.createDecoder(stereo));
  }

  @Test
  void wrongSettingsAreNamedAndLeftOut() {
    List<String> complaints = new ArrayList<>();
    AmrSettings read =
        AmrSettings.read(
            Map.of("octet-align", "yes", "dtx", true, "mode", 8, "wb-mode", "2"), complaints::add);
    assertEquals(new AmrSettings(false, true, 7, 2), read);
    assertEquals(2, complaints.size(), complaints.toString());
    assertTrue(complaints.get(0).contains("octet-align = yes"), complaints.toString());
    assertTrue(complaints.get(1).contains("mode = 8"), complaints.toString());
  }
}
