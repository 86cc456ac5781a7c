package org.mediacore.codec.opus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.EncoderTuning;
import org.mediacore.api.codec.Fmtp;

/** What two sides agree on, and what an encoder makes of it: RFC 7587 §6.1 and §7. */
class OpusCodecFactoryTest {
  private static final OpusSettings SETTINGS = OpusSettings.DEFAULT;

  private final OpusCodecFactory factory = new OpusCodecFactory(new JavaEngine(), SETTINGS);
  private final CodecDescriptor opus = factory.descriptors().get(0);

  @Test
  void describesOpusAsRfc7587Does() {
    assertEquals("opus/48000/2", opus.rtpmap());
    assertTrue(opus.staticPayloadType().isEmpty());
    assertEquals(new AudioFormat(48_000, 1), opus.audio());
    assertEquals(List.of(10_000, 20_000, 40_000, 60_000), opus.frameDurationsUs());
    assertEquals("useinbandfec=1", opus.defaultFmtp().toText());
  }

  @ParameterizedTest(name = "remote {0}: {1} bit/s, {2}, cbr {3}, fec {4}, dtx {5}")
  @CsvSource(
      delimiter = '|',
      value = {
        "''                            | 32000 | FULL       | false | false | false",
        "useinbandfec=1                | 32000 | FULL       | false | true  | false",
        "useinbandfec=0;usedtx=0;cbr=0 | 32000 | FULL       | false | false | false",
        "usedtx=1                      | 32000 | FULL       | false | false | true",
        "cbr=1                         | 32000 | FULL       | true  | false | false",
        "minptime=10;useinbandfec=1    | 32000 | FULL       | false | true  | false",
        "USEINBANDFEC=1 ; CBR=1        | 32000 | FULL       | true  | true  | false",
        "useinbandfec=2;usedtx=yes     | 32000 | FULL       | false | false | false",
        "useinbandfec                  | 32000 | FULL       | false | false | false",
        "maxaveragebitrate=20000       | 20000 | FULL       | false | false | false",
        "maxaveragebitrate=6000        | 6000  | FULL       | false | false | false",
        "maxaveragebitrate=5999        | 32000 | FULL       | false | false | false",
        "maxaveragebitrate=510000      | 32000 | FULL       | false | false | false",
        "maxaveragebitrate=510001      | 32000 | FULL       | false | false | false",
        "maxaveragebitrate=-1          | 32000 | FULL       | false | false | false",
        "maxaveragebitrate=99999999999 | 32000 | FULL       | false | false | false",
        "maxaveragebitrate=20k         | 32000 | FULL       | false | false | false",
        "maxplaybackrate=8000          | 32000 | NARROW     | false | false | false",
        "maxplaybackrate=12000         | 32000 | MEDIUM     | false | false | false",
        "maxplaybackrate=16000         | 32000 | WIDE       | false | false | false",
        "maxplaybackrate=24000         | 32000 | SUPER_WIDE | false | false | false",
        "maxplaybackrate=48000         | 32000 | FULL       | false | false | false",
        "maxplaybackrate=96000         | 32000 | FULL       | false | false | false",
        "maxplaybackrate=44100         | 32000 | SUPER_WIDE | false | false | false",
        "maxplaybackrate=1             | 32000 | NARROW     | false | false | false",
        "maxplaybackrate=0             | 32000 | FULL       | false | false | false",
        "maxplaybackrate=wide          | 32000 | FULL       | false | false | false",
        "sprop-maxcapturerate=8000     | 32000 | FULL       | false | false | false",
        "stereo=1;sprop-stereo=1       | 32000 | FULL       | false | false | false",
        "unknown=1;;=;a=b=c            | 32000 | FULL       | false | false | false"
      })
  void encoderObeysThePeer(
      String remote, int bitrateBps, Bandwidth bandwidth, boolean cbr, boolean fec, boolean dtx) {
    CodecParameters agreed =
        factory.negotiate(opus, Fmtp.parse(remote), opus.defaultFmtp()).orElseThrow();
    EncoderPlan plan = EncoderPlan.of(agreed, SETTINGS);
    assertEquals(bitrateBps, plan.bitrateBps());
    assertEquals(bandwidth, plan.bandwidth());
    assertEquals(cbr, plan.constantBitrate());
    assertEquals(fec, plan.fec());
    assertEquals(dtx, plan.dtx());
    assertEquals(new AudioFormat(48_000, 1), plan.format());
    assertEquals(960, plan.samplesPerFrame());
    assertEquals(Fmtp.parse(remote), agreed.remote());
  }

  @ParameterizedTest(name = "remote {0}, local {1}: send {2}, receive {3} channels")
  @CsvSource({
    "'', '', 1, 1",
    "stereo=1, '', 1, 1",
    "'', stereo=1, 1, 2",
    "stereo=1, stereo=1, 2, 2",
    "stereo=1, sprop-stereo=1, 2, 1",
    "sprop-stereo=1, sprop-stereo=1, 1, 1",
    "stereo=0, stereo=1, 1, 2",
    "stereo=2, stereo=x, 1, 1"
  })
  void stereoGoesWhereItsReceiverWantsIt(String remote, String local, int send, int receive) {
    CodecParameters agreed =
        factory.negotiate(opus, Fmtp.parse(remote), Fmtp.parse(local)).orElseThrow();
    assertEquals(new AudioFormat(48_000, send), agreed.sendFormat());
    assertEquals(new AudioFormat(48_000, receive), agreed.receiveFormat());
  }

  @ParameterizedTest
  @CsvSource({
    "useinbandfec=1;stereo=1, useinbandfec=1;stereo=1",
    "useinbandfec=yes;cbr=1, cbr=1",
    "maxaveragebitrate=1;maxplaybackrate=0;sprop-maxcapturerate=x, ''",
    "maxplaybackrate=16000;own=thing, maxplaybackrate=16000;own=thing"
  })
  void wrongValuesOfOursAreNotDeclared(String local, String declared) {
    CodecParameters agreed = factory.negotiate(opus, Fmtp.NONE, Fmtp.parse(local)).orElseThrow();
    assertEquals(declared, agreed.local().toText());
  }

  @Test
  void stereoHasTwiceTheBitrateWithinThePeersLimit() {
    Fmtp ours = Fmtp.parse("stereo=1");
    CodecParameters free = factory.negotiate(opus, Fmtp.parse("stereo=1"), ours).orElseThrow();
    assertEquals(64_000, EncoderPlan.of(free, SETTINGS).bitrateBps());
    Fmtp limited = Fmtp.parse("stereo=1;maxaveragebitrate=50000");
    CodecParameters low = factory.negotiate(opus, limited, ours).orElseThrow();
    assertEquals(50_000, EncoderPlan.of(low, SETTINGS).bitrateBps());
  }

  /** The narrower of what is configured and what the peer plays; CBR where either wants it. */
  @ParameterizedTest
  @CsvSource({
    "'', full, false, FULL, false",
    "'', super-wide, false, SUPER_WIDE, false",
    "'', narrow, true, NARROW, true",
    "maxplaybackrate=8000, wide, false, NARROW, false",
    "maxplaybackrate=24000, wide, false, WIDE, false",
    "cbr=1, full, false, FULL, true",
    "cbr=0, full, true, FULL, true"
  })
  void configurationLimitsTheEncoder(
      String remote, String bandwidth, boolean cbr, Bandwidth widest, boolean constant) {
    OpusSettings settings =
        OpusSettings.read(
            Map.of("bandwidth", bandwidth, "cbr", cbr), SETTINGS, AssertionError::new);
    CodecParameters agreed = factory.negotiate(opus, Fmtp.parse(remote), Fmtp.NONE).orElseThrow();
    EncoderPlan plan = EncoderPlan.of(agreed, settings);
    assertEquals(widest, plan.bandwidth());
    assertEquals(constant, plan.constantBitrate());
  }

  @Test
  void settingsBecomeWhatIsDeclared() {
    OpusSettings all =
        OpusSettings.read(
            Map.of("dtx", true, "stereo", true, "cbr", true, "bandwidth", "wide"),
            SETTINGS,
            AssertionError::new);
    CodecDescriptor described = new OpusCodecFactory(new JavaEngine(), all).descriptors().get(0);
    assertEquals(
        "maxplaybackrate=16000;sprop-maxcapturerate=16000;cbr=1;useinbandfec=1;usedtx=1;stereo=1"
            + ";sprop-stereo=1",
        described.defaultFmtp().toText());
    assertEquals(new AudioFormat(48_000, 2), described.audio());
    assertEquals("opus/48000/2", described.rtpmap());
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 12_000, 16_000, 24_000, 48_000})
  void everyRateOfOpusCanBeUsed(int rateHz) throws Exception {
    CodecParameters parameters = Engines.parameters(new AudioFormat(rateHz, 1), 20_000, Fmtp.NONE);
    try (AudioEncoder encoder = factory.createEncoder(parameters)) {
      int samples = rateHz / 50;
      assertTrue(encoder.encode(new short[samples], 0, samples, ByteBuffer.allocate(1275)) > 0);
    }
  }

  @Test
  void anotherRateIsRefusedByName() {
    CodecParameters parameters = Engines.parameters(new AudioFormat(44_100, 1), 20_000, Fmtp.NONE);
    MediaSetupException refused =
        assertThrows(MediaSetupException.class, () -> factory.createEncoder(parameters));
    assertEquals("44100 Hz mono", refused.refused());
    assertThrows(MediaSetupException.class, () -> factory.createDecoder(parameters));
  }

  /** Control values that reach the library. */
  @Test
  void tuningStaysWithinWhatThePeerAllows() {
    RecordingCore core = new RecordingCore();
    CodecParameters agreed =
        factory.negotiate(opus, Fmtp.parse("maxaveragebitrate=24000"), Fmtp.NONE).orElseThrow();
    try (OpusAudioEncoder encoder = new OpusAudioEncoder(core, EncoderPlan.of(agreed, SETTINGS))) {
      assertTrue(encoder.tune(EncoderTuning.builder().bitrateBps(64_000).build()));
      assertEquals(24_000, core.values.get(EncoderControl.BITRATE_BPS));
      assertTrue(encoder.tune(EncoderTuning.builder().bitrateBps(1).build()));
      assertEquals(6_000, core.values.get(EncoderControl.BITRATE_BPS));
      assertFalse(encoder.tune(EncoderTuning.builder().inbandFec(true).build()));
      assertEquals(0, core.values.get(EncoderControl.INBAND_FEC));
      assertTrue(encoder.tune(EncoderTuning.builder().complexity(1).dtx(true).build()));
      assertEquals(1, core.values.get(EncoderControl.COMPLEXITY));
      assertEquals(1, core.values.get(EncoderControl.DTX));
      assertTrue(encoder.tune(EncoderTuning.builder().expectedLossPercent(7).build()));
      assertEquals(7, core.values.get(EncoderControl.LOSS_PERCENT));
      assertFalse(encoder.tune(EncoderTuning.builder().build()));
    }
    assertEquals(1, core.closed);
  }

  /** A payload of one or two bytes is nothing to send with DTX only. */
  @Test
  void leftOutFramesAreNotSent() {
    RecordingCore core = new RecordingCore();
    core.bytes = 2;
    CodecParameters agreed = Engines.parameters(new AudioFormat(48_000, 1), 20_000, Fmtp.NONE);
    try (OpusAudioEncoder encoder = new OpusAudioEncoder(core, EncoderPlan.of(agreed, SETTINGS))) {
      ByteBuffer out = ByteBuffer.allocate(100);
      assertEquals(2, encoder.encode(new short[960], 0, 960, out));
      assertEquals(2, out.position());
      encoder.tune(EncoderTuning.builder().dtx(true).build());
      assertEquals(0, encoder.encode(new short[960], 0, 960, out));
      assertEquals(2, out.position());
    }
  }

  private static final class RecordingCore implements EncoderCore {
    private final Map<EncoderControl, Integer> values =
        new java.util.EnumMap<>(EncoderControl.class);
    private int bytes;
    private int closed;

    @Override
    public int encode(short[] pcm, int offset, int samples, ByteBuffer out, int maxBytes) {
      return bytes;
    }

    @Override
    public boolean set(EncoderControl control, int value) {
      values.put(control, value);
      return true;
    }

    @Override
    public int finalRange() {
      return 0;
    }

    @Override
    public void close() {
      closed++;
    }
  }
}
