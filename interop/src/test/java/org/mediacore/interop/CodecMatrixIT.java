package org.mediacore.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every codec meets every codec in a bridge of one platform: the first calls, the second joins,
 * both say a tone at the same time. Each pair of tones is there once, so that a bridge that leaks
 * into another one is heard.
 */
class CodecMatrixIT {
  private static final Duration AT_MOST = Duration.ofSeconds(40);
  private static final int BRIDGES_AT_ONCE = 25;
  private static final double LEAST_SHARE = 0.95;
  private static final double LEVEL_DBFS = 20 * Math.log10(CodecMatrix.PEAK) - 10 * Math.log10(2);
  private static final double LEVEL_TOLERANCE_DB = 1.5;

  /** What is in an encoder, a decoder or not a whole frame when the speaker stops. */
  private static final int LENGTH_TOLERANCE_MS = 50;

  @TempDir static Path folder;
  private static List<PhoneCodec> codecs;
  private static List<CodecMatrix.Pair> pairs = List.of();

  @BeforeAll
  static void everyPairTalks() {
    codecs = new ArrayList<>(PhoneCodecs.everywhere(folder));
    boolean amr = PhoneCodecs.ffmpegIsHere() && Platform.ships("codec.amr");
    if (amr) {
      codecs.addAll(PhoneCodecs.onFfmpeg());
    }
    try (Platform platform = Platform.start(folder.resolve("home"));
        RawSip sip = new RawSip("127.0.0.1", platform.sipPort())) {
      if (amr) {
        platform.awaitCodec("amr-wb", true); // its libraries are loaded behind the start
      }
      pairs = talk(sip);
      assertFalse(platform.describe().contains("ERROR"), platform::describe);
      platform.stop();
    }
  }

  private static List<CodecMatrix.Pair> talk(RawSip sip) {
    List<CodecMatrix.Pair> found = new ArrayList<>();
    int all = codecs.size() * codecs.size();
    for (int from = 0; from < all; from += BRIDGES_AT_ONCE) {
      List<Phone> phones = new ArrayList<>();
      try {
        for (int i = from; i < Math.min(all, from + BRIDGES_AT_ONCE); i++) {
          phones.add(phone(sip, i, i / codecs.size(), true));
          phones.add(phone(sip, i, i % codecs.size(), false));
        }
        Conversation.run(phones, AT_MOST);
        for (int i = 0; i < phones.size(); i += 2) {
          found.add(pair(phones.get(i), phones.get(i + 1)));
        }
        phones.forEach(Phone::hangUp);
      } finally {
        phones.forEach(Phone::close);
      }
    }
    return found;
  }

  private static Phone phone(RawSip sip, int bridge, int codec, boolean caller) {
    Phone phone = new Phone(codecs.get(codec), sip);
    phone.dial("bridge-" + bridge);
    double toneHz = caller ? CodecMatrix.callersHz(codec) : CodecMatrix.calleesHz(codec);
    phone.prepare(toneHz, CodecMatrix.PEAK, CodecMatrix.CALL);
    return phone;
  }

  private static CodecMatrix.Pair pair(Phone caller, Phone callee) {
    return new CodecMatrix.Pair(
        caller.codec(), callee.codec(), caller.hears(callee), callee.hears(caller));
  }

  static List<CodecMatrix.Pair> pairs() {
    return pairs;
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void bothHearEachOther(CodecMatrix.Pair pair) {
    heard(pair.callee() + " is heard by the caller", pair.byCaller());
    heard(pair.caller() + " is heard by who was called", pair.byCallee());
  }

  private static void heard(String what, CodecMatrix.Hearing hearing) {
    String found = what + ": " + hearing.verdict() + "; " + hearing.stream().counts();
    ToneJudge.Verdict verdict = hearing.verdict();
    assertTrue(hearing.stream().isWhole(), found);
    assertTrue(verdict.share() > LEAST_SHARE, found);
    assertEquals(0, verdict.gaps(), found);
    assertEquals(0, verdict.phaseBreaks(), found);
    assertEquals(LEVEL_DBFS, verdict.levelDbfs(), LEVEL_TOLERANCE_DB, found);
    assertEquals(hearing.said().toMillis(), verdict.lengthMs(), LENGTH_TOLERANCE_MS, found);
  }

  /** The codecs on media.ffmpeg are skipped where there are none. */
  @Test
  void amrTakesPart() {
    assumeTrue(Platform.ships("codec.amr"), "the distribution is without codec.amr");
    assumeTrue(PhoneCodecs.ffmpegIsHere(), "media.ffmpeg has no libraries for this machine");
    assertTrue(codecs.stream().anyMatch(codec -> codec.name().equals("AMR-WB")));
  }

  @AfterAll
  static void write() throws IOException {
    if (InteropPage.isWanted() && !pairs.isEmpty()) {
      InteropPage.write("matrix", new CodecMatrix(pairs).markdown());
    }
  }
}
