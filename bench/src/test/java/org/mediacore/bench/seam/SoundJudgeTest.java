package org.mediacore.bench.seam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.EncoderTuning;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.bench.load.MediaCodec;
import org.mediacore.bench.material.Codecs;
import org.mediacore.dsp.ToneGenerator;

class SoundJudgeTest {
  private static final Standstills NONE = new Standstills(List.of(), List.of());
  private static final byte[] SILENCE = new byte[160];

  static {
    Arrays.fill(SILENCE, (byte) 0xFF);
  }

  private final List<SoundJudge.Fault> faults = new ArrayList<>();

  private SoundJudge.Finding judge(SyntheticSpool with) throws IOException {
    Sound without = new SyntheticSpool().packets(0, 100).sound();
    SoundRange range = SoundRange.of(without, SyntheticSpool.all(), NONE);
    assertTrue(range.widthDb() < 0.3, range.toString());
    return new SoundJudge(0, range).judge(with.sound(), SyntheticSpool.all(), faults);
  }

  @Test
  void steadyTone() throws IOException {
    SoundJudge.Finding found = judge(new SyntheticSpool().packets(0, 150));
    assertEquals(150, found.frames());
    assertTrue(found.outsideDb() < 0.3 && found.toneLossDb() < 0.3, found.toString());
    assertEquals(List.of(), faults);
  }

  @Test
  void levelStep() throws IOException {
    SyntheticSpool spool = new SyntheticSpool().packets(0, 60).packet(60, -18.7).packets(61, 90);
    assertEquals(1.3, judge(spool).outsideDb(), 0.2);
    assertEquals(1, faults.size());
    assertEquals(SyntheticSpool.START_NS + 1_200_000_000L, faults.get(0).atNs());
    assertEquals(false, faults.get(0).isDropout());
  }

  @Test
  void dropoutOfOneFrame() throws IOException {
    judge(new SyntheticSpool().packets(0, 60).packet(60, SILENCE).packets(61, 90));
    assertEquals(1, faults.stream().filter(SoundJudge.Fault::isDropout).count());
    assertEquals(2, SoundJudge.events(faults).size());
  }

  @Test
  void dropoutOfHalfAFrame() throws IOException {
    byte[] half = SILENCE.clone();
    byte[] tone =
        ToneMaterial.of(SyntheticSpool.LEG.codec(), Fmtp.NONE, 600, -20, 1)
            .payloads()
            .get(0)
            .clone();
    System.arraycopy(tone, 0, half, 0, 80);
    judge(new SyntheticSpool().packets(0, 60).packet(60, half).packets(61, 90));
    assertTrue(faults.stream().anyMatch(SoundJudge.Fault::isDropout), faults.toString());
  }

  @Test
  void rangeIsWithoutWhatTheMachineDid() throws IOException {
    SyntheticSpool spool = new SyntheticSpool().packets(0, 60).packet(60, SILENCE).packets(61, 90);
    Sound sound = spool.late(55, 30).sound();
    assertTrue(SoundRange.of(sound, SyntheticSpool.all(), NONE).widthDb() > 20);
    Standstills standstills = new Standstills(spool.spool().late(), List.of());
    assertTrue(SoundRange.of(sound, SyntheticSpool.all(), standstills).widthDb() < 0.3);
  }

  @Test
  void standstillReachesFromItsBeginToWhatIsHeardOfIt() {
    Standstills standstills =
        new Standstills(
            List.of(
                new Spool.Late(0, 1_000_000_000L, 30_000_000),
                new Spool.Late(0, 5_000_000_000L, 9_000_000)),
            List.of());
    assertFalse(standstills.reach(969_000_000));
    assertTrue(standstills.reach(970_000_000));
    assertTrue(standstills.reach(3_500_000_000L));
    assertFalse(standstills.reach(3_501_000_000L));
    assertFalse(standstills.reach(5_000_000_000L));
  }

  @Test
  void anotherTone() throws IOException {
    byte[] other =
        ToneMaterial.of(SyntheticSpool.LEG.codec(), Fmtp.NONE, 900, -20, 1).payloads().get(0);
    judge(new SyntheticSpool().packets(0, 60).packet(60, other).packets(61, 90));
    assertEquals(1, faults.size());
    assertTrue(faults.get(0).isDropout());
  }

  @Test
  void missingPacketIsSilence() throws IOException {
    judge(new SyntheticSpool().packets(0, 60).lose().packets(61, 90));
    assertTrue(faults.stream().anyMatch(SoundJudge.Fault::isDropout), faults.toString());
  }

  @Test
  void whatIsOutsideOfTheSpanIsNotJudged() throws IOException {
    SyntheticSpool spool = new SyntheticSpool().packet(0, SILENCE).packets(1, 50);
    SoundRange range =
        SoundRange.of(new SyntheticSpool().packets(0, 99).sound(), SyntheticSpool.all(), NONE);
    Span later = new Span(SyntheticSpool.START_NS + 1, SyntheticSpool.all().toNs());
    new SoundJudge(0, range).judge(spool.sound(), later, faults);
    assertEquals(List.of(), faults);
  }

  @Test
  void seamsInOpusAreWhereAnotherEncoderBegins() throws Exception {
    ToneLeg leg = new ToneLeg("conf-b", MediaCodec.OPUS, 500, -20, List.of(600.0), -1);
    SyntheticSpool spool = new SyntheticSpool();
    short[] pcm = new short[960];
    ToneGenerator tone = new ToneGenerator(48_000, 1, 600, -20);
    ByteBuffer out = ByteBuffer.allocate(1_275);
    try (AudioEncoder encoder = Codecs.encoder(MediaCodec.OPUS.rtpmap())) {
      for (int frame = 0; frame < 60; frame++) {
        tone.generate(pcm, 0, pcm.length);
        if (frame == 30) {
          encoder.tune(EncoderTuning.builder().independentFrame(true).build());
        }
        int bytes = encoder.encode(pcm, 0, pcm.length, out.clear());
        spool.packet(frame, Arrays.copyOf(out.array(), bytes));
      }
    }
    boolean[] seams = Sound.of(spool.spool().streams().get(0), leg).isSeam();
    for (int frame = 0; frame < 60; frame++) {
      assertEquals(frame >= 30 && frame < 40, seams[frame], "frame " + frame);
    }
  }

  @Test
  void apartFromSeamsTwoDecibelsAreLeft() {
    float[] none = {-20};
    SoundJudge judge = new SoundJudge(0, new SoundRange(-20, -20, none));
    float[] levels = {-20, -18.5F, -21.5F, -22.5F};
    Sound sound =
        new Sound(
            new long[] {1, 2, 3, 4},
            new boolean[] {false, false, true, false},
            levels,
            new float[][] {{-20, -20, -20, -20}});
    SoundJudge.Finding found = judge.judge(sound, new Span(0, 5), faults);
    assertEquals(List.of(3L, 4L), faults.stream().map(SoundJudge.Fault::atNs).toList());
    assertEquals(new SoundJudge.Finding(4, 1, 1.5, 2, 2.5, 0), found);
  }
}
