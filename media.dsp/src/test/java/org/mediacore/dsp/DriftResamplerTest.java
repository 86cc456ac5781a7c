package org.mediacore.dsp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mediacore.dsp.Resampler.Quality;

class DriftResamplerTest {
  private static final int BLOCK = 960;

  private static double[] tone(double cyclesPerSample, int samples) {
    double[] tone = new double[samples];
    for (int i = 0; i < samples; i++) {
      tone[i] = 20000 * Math.sin(2 * Math.PI * cyclesPerSample * i);
    }
    return tone;
  }

  private static short[] rounded(double[] values) {
    short[] pcm = new short[values.length];
    for (int i = 0; i < values.length; i++) {
      pcm[i] = (short) Math.round(values[i]);
    }
    return pcm;
  }

  /**
   * Signal to noise of a tone whose ratio changes with every block, against the very tone at the
   * places that the ratios say: a click or a jump of phase would show.
   */
  private static double snrWhileChangingDb(Quality quality, double cyclesPerSample) {
    short[] in = rounded(tone(cyclesPerSample, BLOCK * 150));
    DriftResampler drift = DriftResampler.create(1, quality);
    short[] out = new short[drift.maxOutputSamples(BLOCK)];
    Random random = new Random(17);
    double place = -drift.delaySamples();
    double signal = 0;
    double noise = 0;
    for (int block = 0; block < 150; block++) {
      drift.setPpm(random.nextDouble(-1000, 1000));
      double step = 1 / (1 + drift.ppm() * 1e-6);
      int outputs = drift.process(in, block * BLOCK, BLOCK, out, 0);
      for (int n = 0; n < outputs; n++, place += step) {
        if (block > 0) {
          double exact = 20000 * Math.sin(2 * Math.PI * cyclesPerSample * place);
          signal += exact * exact;
          noise += (out[n] - exact) * (out[n] - exact);
        }
      }
    }
    return 10 * Math.log10(signal / noise);
  }

  @ParameterizedTest
  @CsvSource({
    "FAST,0.01,60",
    "FAST,0.2,60",
    "FAST,0.39,60",
    "DEFAULT,0.01,70",
    "DEFAULT,0.2,70",
    "DEFAULT,0.43,68",
    "BEST,0.01,88",
    "BEST,0.2,88",
    "BEST,0.47,88"
  })
  void toneStaysPureWhileTheRatioChanges(Quality quality, double cyclesPerSample, double snrDb) {
    double measuredDb = snrWhileChangingDb(quality, cyclesPerSample);
    assertTrue(measuredDb > snrDb, measuredDb + " dB");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1000, -100, -0.5, 0, 1, 333, 1000, 5000})
  void countIsThatOfTheRatioOverALongRun(double ppm) {
    DriftResampler drift = DriftResampler.create(2, Quality.FAST);
    drift.setPpm(ppm);
    assertEquals(ppm, drift.ppm(), 0.0003);
    short[] in = new short[BLOCK * 2];
    short[] out = new short[drift.maxOutputSamples(BLOCK) * 2];
    long written = 0;
    long samples = 0;
    for (int block = 0; block < 1500; block++) { // 30 s
      int got = drift.process(in, 0, BLOCK, out, 0);
      assertTrue(got <= drift.maxOutputSamples(BLOCK));
      written += got;
      samples += BLOCK;
    }
    assertEquals(samples * (1 + ppm * 1e-6), written, 1.01);
  }

  @ParameterizedTest
  @EnumSource
  void atZeroItIsAPureDelay(Quality quality) {
    DriftResampler drift = DriftResampler.create(1, quality);
    short[] in = rounded(tone(0.03, 4800));
    short[] out = new short[drift.maxOutputSamples(in.length)];
    assertEquals(in.length, drift.process(in, 0, in.length, out, 0));
    int delay = drift.delaySamples();
    for (int i = 2 * delay; i < in.length; i++) {
      assertEquals(in[i - delay], out[i], 20000 * Math.pow(10, -quality.stopBandDb() / 20) + 1);
    }
  }

  @Test
  void anySplittingGivesIdenticalOutput() {
    short[] in = new short[20000];
    Random random = new Random(5);
    for (int i = 0; i < in.length; i++) {
      in[i] = (short) random.nextInt(-20000, 20000);
    }
    DriftResampler whole = DriftResampler.create(2, Quality.DEFAULT);
    whole.setPpm(-431.7);
    short[] expected = new short[whole.maxOutputSamples(10000) * 2];
    int count = whole.process(in, 0, 10000, expected, 0);
    for (int block : new int[] {1, 7, 160, 961, 5000}) {
      DriftResampler split = DriftResampler.create(2, Quality.DEFAULT);
      split.setPpm(-431.7);
      short[] out = new short[expected.length + 8];
      int written = 0;
      for (int at = 0; at < 10000; at += block) {
        written += split.process(in, at * 2, Math.min(block, 10000 - at), out, written * 2);
      }
      assertEquals(count, written, "blocks of " + block);
      assertArrayEquals(expected, Arrays.copyOf(out, expected.length), "blocks of " + block);
    }
  }

  @Test
  void constantStaysConstantAndResetForgets() {
    DriftResampler drift = DriftResampler.create(1, Quality.DEFAULT);
    drift.setPpm(777);
    short[] in = new short[BLOCK];
    Arrays.fill(in, (short) -12345);
    short[] out = new short[drift.maxOutputSamples(BLOCK)];
    drift.process(in, 0, BLOCK, out, 0);
    int outputs = drift.process(in, 0, BLOCK, out, 0);
    for (int i = 0; i < outputs; i++) {
      assertEquals(-12345, out[i]);
    }
    drift.reset();
    assertEquals(777, drift.ppm(), 0.001);
    drift.process(new short[BLOCK], 0, BLOCK, out, 0);
    assertArrayEquals(new short[BLOCK], Arrays.copyOf(out, BLOCK));
  }

  @Test
  void ratioIsKeptWithinItsRangeAndChannelsAreChecked() {
    DriftResampler drift = DriftResampler.create(1, Quality.FAST);
    drift.setPpm(1e9);
    assertEquals(5000, drift.ppm(), 0.001);
    drift.setPpm(Double.NaN);
    assertEquals(0, drift.ppm());
    assertThrows(IllegalArgumentException.class, () -> DriftResampler.create(3, Quality.FAST));
  }
}
