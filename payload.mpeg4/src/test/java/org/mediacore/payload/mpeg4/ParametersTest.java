package org.mediacore.payload.mpeg4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mediacore.api.codec.Fmtp;

class ParametersTest {
  private static final String HIGH =
      "mode=AAC-hbr;sizelength=13;indexlength=3;indexdeltalength=3;config=";
  private static final Fmtp CODEC = Fmtp.parse("config=1188");

  private final GenericFormat generic = new GenericFormat();
  private final LatmFormat latm = new LatmFormat();

  @ParameterizedTest
  @ValueSource(
      strings = {
        HIGH + "1188",
        "profile-level-id=1;" + HIGH + "1188",
        "mode=aac-HBR;SizeLength=13;IndexLength=3;IndexDeltaLength=3;config=\"1188\"",
        HIGH + "1188;ctsdeltalength=0",
        "mode=AAC-lbr;sizelength=6;indexlength=2;indexdeltalength=2;config=1188",
      })
  void genericTellsTheCodec(String declared) {
    assertEquals(Optional.of(CODEC), generic.codecParameters(Fmtp.parse(declared)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mode=generic;sizelength=13;indexlength=3;indexdeltalength=3;config=1188",
        "mode=CELP-cbr;sizelength=13;indexlength=3;indexdeltalength=3;config=1188",
        "mode=AAC-hbr;sizelength=12;indexlength=3;indexdeltalength=3;config=1188",
        "mode=AAC-hbr;sizelength=13;indexlength=0;indexdeltalength=3;config=1188",
        "mode=AAC-hbr;sizelength=13;indexlength=3;config=1188",
        "mode=AAC-lbr;sizelength=13;indexlength=3;indexdeltalength=3;config=1188",
        HIGH,
        HIGH + "118",
        HIGH + "11x8",
        HIGH + "1188;ctsdeltalength=22",
        HIGH + "1188;dtsdeltalength=22",
        HIGH + "1188;randomaccessindication=1",
        HIGH + "1188;streamstateindication=1",
        HIGH + "1188;auxiliarydatasizelength=2",
      })
  void genericRefuses(String declared) {
    assertEquals(Optional.empty(), generic.codecParameters(Fmtp.parse(declared)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cpresent=0;config=400023103FC0",
        "profile-level-id=41;cpresent=0;config=400023103fc0",
        "cpresent=0;config=40002310",
        "cpresent=0;config=410023103FC0",
      })
  void latmTellsTheCodec(String declared) {
    assertEquals(Optional.of(CODEC), latm.codecParameters(Fmtp.parse(declared)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "config=400023103FC0", // cpresent is 1 where it is absent
        "cpresent=1;config=400023103FC0",
        "cpresent=0",
        "cpresent=0;config=",
        "cpresent=0;config=4000",
        "cpresent=0;config=C00023103FC0",
      })
  void latmRefuses(String declared) {
    assertEquals(Optional.empty(), latm.codecParameters(Fmtp.parse(declared)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // of our own
        "config=1188 | '' | streamtype=5;profile-level-id=254;mode=AAC-hbr;sizelength=13;"
            + "indexlength=3;indexdeltalength=3;config=1188",
        // the peer's stream, and what it says of it
        "config=1188 | profile-level-id=1;constantduration=1024;x-own=1;mode=AAC-lbr;sizelength=6;"
            + "indexlength=2;indexdeltalength=2;config=1188 | streamtype=5;profile-level-id=1;"
            + "constantduration=1024;mode=AAC-lbr;sizelength=6;indexlength=2;indexdeltalength=2;"
            + "config=1188",
        // another stream than the peer's, in its mode
        "config=F8E85000 | profile-level-id=1;constantduration=1024;mode=AAC-hbr;sizelength=13;"
            + "indexlength=3;indexdeltalength=3;config=1188 | streamtype=5;profile-level-id=254;"
            + "mode=AAC-hbr;sizelength=13;indexlength=3;indexdeltalength=3;config=F8E85000",
      })
  void genericDeclares(String codec, String remote, String declared) {
    Fmtp result = generic.declare(Fmtp.parse(codec), Fmtp.parse(remote));
    assertEquals(Fmtp.parse(declared), result);
    assertEquals(Optional.of(Fmtp.parse(codec)), generic.codecParameters(result));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "config=1188 | '' | cpresent=0;config=400023103FC0",
        "config=1188 | profile-level-id=41;cpresent=0;config=410023103FC0"
            + " | profile-level-id=41;cpresent=0;config=400023103FC0",
        "config=1188 | profile-level-id=41;cpresent=1 | cpresent=0;config=400023103FC0",
        "config=F8E63000 | '' | cpresent=0;config=4001F1CC6000FF00",
      })
  void latmDeclares(String codec, String remote, String declared) {
    Fmtp result = latm.declare(Fmtp.parse(codec), Fmtp.parse(remote));
    assertEquals(Fmtp.parse(declared), result);
    assertEquals(Optional.of(Fmtp.parse(codec)), latm.codecParameters(result));
  }

  @Test
  void configurationThatCannotBeSaidIsLeftOut() {
    assertEquals(Fmtp.parse("cpresent=0"), latm.declare(Fmtp.parse("config=2B8A"), Fmtp.NONE));
    assertEquals(Fmtp.parse("cpresent=0"), latm.declare(Fmtp.NONE, Fmtp.NONE));
    assertEquals("", generic.declare(Fmtp.NONE, Fmtp.NONE).get("config", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cpresent=0;config=400023103FC0 | ''",
        "config=400023103FC0 | cpresent=1, the default",
        "cpresent=1 | cpresent=1, the default",
        "cpresent=0 | config is absent",
        "cpresent=0;config=zz | config is absent",
      })
  void latmSaysWhyItRefuses(String declared, String why) {
    assertSays(why, latm.refusal(Fmtp.parse(declared)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        HIGH + "1188 | ''",
        HIGH + " | config is absent",
        "config=1188 | known are the modes",
        HIGH + "1188;ctsdeltalength=22 | no more fields",
      })
  void genericSaysWhyItRefuses(String declared, String why) {
    assertSays(why, generic.refusal(Fmtp.parse(declared)));
  }

  private static void assertSays(String why, String said) {
    assertEquals(why.isEmpty(), said.isEmpty(), said);
    assertTrue(said.contains(why), said);
  }
}
