package org.mediacore.dsp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mediacore.dsp.Resampler.Quality;
import org.mediacore.dsp.measure.ResamplerResponse;

class ResamplerTest {
  private static final List<Integer> RATES_HZ = List.of(8000, 16000, 24000, 32000, 48000);

  static Stream<Arguments> pairs() {
    return RATES_HZ.stream()
        .flatMap(in -> RATES_HZ.stream().map(out -> Arguments.of(in, out)))
        .filter(pair -> !pair.get()[0].equals(pair.get()[1]));
  }

  static Stream<Arguments> oddPairs() {
    return Stream.of(
        Arguments.of(44100, 48000),
        Arguments.of(48000, 44100),
        Arguments.of(11025, 8000),
        Arguments.of(22050, 16000),
        Arguments.of(96000, 8000),
        Arguments.of(8000, 96000),
        Arguments.of(44100, 22050),
        Arguments.of(96000, 44100),
        Arguments.of(11025, 96000),
        Arguments.of(8000, 7200));
  }

  static Stream<Arguments> allPairs() {
    return Stream.concat(pairs(), oddPairs());
  }

  private static short[] tone(int rateHz, int channels, double frequencyHz, int samples) {
    short[] pcm = new short[samples * channels];
    new ToneGenerator(rateHz, channels, frequencyHz, -3).generate(pcm, 0, samples);
    return pcm;
  }

  private static short[] convert(Resampler resampler, int channels, short[] in, int... blocks) {
    int inSamples = in.length / channels;
    short[] out = new short[(resampler.maxOutputSamples(inSamples) + 1) * channels];
    int read = 0;
    int written = 0;
    for (int i = 0; read < inSamples; i++) {
      int block = Math.min(blocks[i % blocks.length], inSamples - read);
      int got = resampler.process(in, read * channels, block, out, written * channels);
      assertTrue(got <= resampler.maxOutputSamples(block), "more than announced");
      read += block;
      written += got;
    }
    return Arrays.copyOf(out, written * channels);
  }

  private static double snrDb(double toneShare) {
    return 10 * Math.log10(toneShare / (1 - toneShare));
  }

  @ParameterizedTest
  @MethodSource("allPairs")
  void toneSweepKeepsItsSignalToNoiseRatioInMonoAndStereo(int inRateHz, int outRateHz) {
    double nyquistHz = Math.min(inRateHz, outRateHz) / 2.0;
    for (int channels = 1; channels <= 2; channels++) {
      for (double part : new double[] {0.01, 0.1, 0.3, 0.5, 0.7, 0.86}) {
        double frequencyHz = nyquistHz * part;
        Resampler resampler = Resampler.create(inRateHz, outRateHz, channels, Quality.DEFAULT);
        short[] in = tone(inRateHz, channels, frequencyHz, inRateHz / 5);
        short[] out = convert(resampler, channels, in, inRateHz / 50);
        int skip = 2 * resampler.delaySamples();
        int samples = out.length / channels - skip;
        for (int channel = 0; channel < channels; channel++) {
          double share =
              new Goertzel(outRateHz, frequencyHz)
                  .toneShare(out, skip * channels + channel, samples, channels);
          assertTrue(
              snrDb(share) > 68,
              inRateHz + " to " + outRateHz + ", " + frequencyHz + " Hz: " + snrDb(share) + " dB");
        }
      }
    }
  }

  static Stream<Arguments> allRates() {
    List<Integer> rates = List.of(8000, 11025, 16000, 22050, 24000, 32000, 44100, 48000, 96000);
    return rates.stream()
        .flatMap(in -> rates.stream().map(out -> Arguments.of(in, out)))
        .filter(pair -> !pair.get()[0].equals(pair.get()[1]));
  }

  @ParameterizedTest
  @MethodSource("allRates")
  void responseKeepsPassBandStopBandAndDelayForAllRates(int inRateHz, int outRateHz) {
    assertResponse(inRateHz, outRateHz, Quality.FAST, -60, 0.02);
    assertResponse(inRateHz, outRateHz, Quality.DEFAULT, -70, 0.008);
  }

  @ParameterizedTest
  @CsvSource({
    "8000,48000",
    "48000,8000",
    "48000,16000",
    "16000,48000",
    "24000,32000",
    "44100,48000",
    "48000,44100",
    "96000,44100",
    "44100,8000",
    "96000,8000"
  })
  void responseOfBestKeepsPassBandStopBandAndDelay(int inRateHz, int outRateHz) {
    assertResponse(inRateHz, outRateHz, Quality.BEST, -100, 0.0005);
  }

  private static void assertResponse(
      int inRateHz, int outRateHz, Quality quality, double stopDb, double rippleDb) {
    ResamplerResponse response = ResamplerResponse.of(inRateHz, outRateHz, quality);
    assertTrue(response.stopBandDb() < stopDb, quality + ": " + response);
    assertTrue(response.rippleDb() < rippleDb, quality + ": " + response);
    assertTrue(response.asymmetryDb() < -120, quality + ": " + response);
    int delaySamples = Resampler.create(inRateHz, outRateHz, 1, quality).delaySamples();
    assertEquals(delaySamples * 1e6 / outRateHz, response.delayUs(), 0.1);
  }

  @ParameterizedTest
  @CsvSource({
    "8000,48000",
    "48000,8000",
    "24000,32000",
    "32000,24000",
    "44100,48000",
    "96000,11025"
  })
  void everySampleIsTheExactConvolutionRounded(int inRateHz, int outRateHz) {
    short[] in = new short[inRateHz / 10];
    Random random = new Random(9);
    double[] exact = new double[in.length];
    for (int i = 0; i < in.length; i++) {
      in[i] = (short) random.nextInt(-12000, 12001);
      exact[i] = in[i];
    }
    for (PolyphaseTable table : ResamplerPath.of(inRateHz, outRateHz, Quality.DEFAULT).tables) {
      exact = convolve(table, exact);
    }
    Resampler resampler = Resampler.create(inRateHz, outRateHz, 1, Quality.DEFAULT);
    short[] out = convert(resampler, 1, in, inRateHz / 50);
    assertEquals(exact.length, out.length);
    for (int n = 0; n < out.length; n++) {
      assertEquals(exact[n], out[n], 0.52, "sample " + n);
    }
  }

  private static double[] convolve(PolyphaseTable table, double[] in) {
    double[] out = new double[(int) (((long) in.length * table.up + table.down - 1) / table.down)];
    for (int n = 0; n < out.length; n++) {
      long at = (long) n * table.down;
      int row = (int) (at % table.up) * table.taps;
      for (int tap = 0; tap < table.taps && at / table.up - tap >= 0; tap++) {
        out[n] += (double) table.coefficients[row + tap] * in[(int) (at / table.up) - tap];
      }
    }
    return out;
  }

  @ParameterizedTest
  @MethodSource("allPairs")
  void floatsGiveTheSameSamplesBeforeRounding(int inRateHz, int outRateHz) {
    short[] in = tone(inRateHz, 2, 700, inRateHz / 10);
    float[] floats = new float[in.length];
    for (int i = 0; i < in.length; i++) {
      floats[i] = in[i];
    }
    Resampler ofShorts = Resampler.create(inRateHz, outRateHz, 2, Quality.DEFAULT);
    short[] expected = convert(ofShorts, 2, in, inRateHz / 50);
    Resampler ofFloats = Resampler.create(inRateHz, outRateHz, 2, Quality.DEFAULT);
    float[] out = new float[expected.length];
    int samples = ofFloats.process(floats, 0, floats.length / 2, out, 0);
    assertEquals(expected.length, samples * 2);
    for (int i = 0; i < out.length; i++) {
      assertEquals(out[i], expected[i], 0.51f);
    }
  }

  @ParameterizedTest
  @MethodSource("allRates")
  void blocksOfAnyLengthLoseNoSampleInTheLongRun(int inRateHz, int outRateHz) {
    Resampler resampler = Resampler.create(inRateHz, outRateHz, 1, Quality.FAST);
    short[] in = new short[inRateHz / 25];
    short[] out = new short[resampler.maxOutputSamples(in.length)];
    long read = 0;
    long written = 0;
    Random random = new Random(3);
    for (int block = 0; block < 500; block++) { // ten seconds
      int samples = random.nextInt(in.length + 1);
      int got = resampler.process(in, 0, samples, out, 0);
      assertTrue(got <= resampler.maxOutputSamples(samples), "more than announced");
      read += samples;
      written += got;
      assertEquals((read * outRateHz + inRateHz - 1) / inRateHz, written);
    }
  }

  @ParameterizedTest
  @MethodSource("allPairs")
  void levelOfATonePassesWithinAHundredthOfADecibel(int inRateHz, int outRateHz) {
    Resampler resampler = Resampler.create(inRateHz, outRateHz, 1, Quality.DEFAULT);
    short[] in = tone(inRateHz, 1, 1000, inRateHz);
    short[] out = convert(resampler, 1, in, inRateHz / 50);
    // Whole periods on both sides: the last 600 ms.
    double before = meanSquare(in, in.length - in.length * 6 / 10);
    double after = meanSquare(out, out.length - out.length * 6 / 10);
    assertEquals(0, 10 * Math.log10(after / before), 0.01);
  }

  private static double meanSquare(short[] pcm, int from) {
    double sum = 0;
    for (int i = from; i < pcm.length; i++) {
      sum += pcm[i] * (double) pcm[i];
    }
    return sum / (pcm.length - from);
  }

  @ParameterizedTest
  @EnumSource(Quality.class)
  void tonesAboveTheLowerNyquistFrequencyDisappear(Quality quality) {
    for (double frequencyHz : new double[] {4010, 4500, 7000, 12000, 23000}) {
      Resampler resampler = Resampler.create(48000, 8000, 1, quality);
      short[] out = convert(resampler, 1, tone(48000, 1, frequencyHz, 9600), 960);
      int skip = 2 * resampler.delaySamples();
      double energy = 0;
      for (int i = skip; i < out.length; i++) {
        energy += out[i] * (double) out[i];
      }
      double residueDb =
          10 * Math.log10(energy / (out.length - skip) + 1e-9)
              - 20 * Math.log10(32767 * Math.sqrt(0.5) * Math.pow(10, -3 / 20.0));
      double floorDb = -85; // below it, rounding to 16 bits is what is left
      assertTrue(
          residueDb < Math.max(-quality.stopBandDb() + 1.5, floorDb),
          quality + ", " + frequencyHz + " Hz: " + residueDb + " dB");
    }
  }

  @ParameterizedTest
  @MethodSource("allPairs")
  void anySplittingGivesIdenticalOutput(int inRateHz, int outRateHz) {
    long seed = 0x5eedL + inRateHz * 31L + outRateHz;
    Random random = new Random(seed);
    for (int channels = 1; channels <= 2; channels++) {
      short[] in = new short[inRateHz / 5 * channels];
      for (int i = 0; i < in.length; i++) {
        in[i] = (short) random.nextInt(-20000, 20001);
      }
      Resampler whole = Resampler.create(inRateHz, outRateHz, channels, Quality.DEFAULT);
      short[] expected = convert(whole, channels, in, in.length);
      int[] randomBlocks = random.ints(50, 0, inRateHz / 25).toArray();
      randomBlocks[0] = 1;
      for (int[] blocks :
          List.of(
              new int[] {1},
              new int[] {inRateHz / 100},
              new int[] {inRateHz / 50},
              new int[] {7, 1, 333},
              randomBlocks)) {
        Resampler split = Resampler.create(inRateHz, outRateHz, channels, Quality.DEFAULT);
        assertArrayEquals(
            expected,
            convert(split, channels, in, blocks),
            "seed " + seed + ", blocks " + Arrays.toString(blocks));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"10", "20", "30", "60"})
  void everyBlockGivesExactlyTheNominalNumberOfSamples(int ptimeMs) {
    for (Quality quality : Quality.values()) {
      pairs()
          .forEach(
              pair -> {
                int inRateHz = (Integer) pair.get()[0];
                int outRateHz = (Integer) pair.get()[1];
                int inSamples = inRateHz * ptimeMs / 1000;
                int outSamples = outRateHz * ptimeMs / 1000;
                Resampler resampler = Resampler.create(inRateHz, outRateHz, 2, quality);
                short[] in = new short[inSamples * 2];
                short[] out = new short[outSamples * 2];
                assertEquals(outSamples, resampler.maxOutputSamples(inSamples));
                for (int block = 0; block < 5; block++) {
                  assertEquals(outSamples, resampler.process(in, 0, inSamples, out, 0));
                }
              });
    }
    Resampler odd = Resampler.create(44100, 48000, 1, Quality.DEFAULT);
    for (int block = 0; block < 5; block++) {
      assertEquals(480, odd.process(new short[441], 0, 441, new short[480], 0));
    }
  }

  @ParameterizedTest
  @MethodSource("allPairs")
  void anImpulseComesOutAfterTheDelay(int inRateHz, int outRateHz) {
    for (Quality quality : Quality.values()) {
      Resampler resampler = Resampler.create(inRateHz, outRateHz, 1, quality);
      short[] in = new short[inRateHz / 5];
      in[0] = 32000;
      short[] out = convert(resampler, 1, in, inRateHz / 50);
      int peak = 0;
      for (int i = 0; i < out.length; i++) {
        peak = Math.abs(out[i]) > Math.abs(out[peak]) ? i : peak;
      }
      assertEquals(resampler.delaySamples(), peak, quality.toString());
      for (int i = 1; i < resampler.delaySamples(); i++) {
        assertEquals(out[peak + i], out[peak - i], 1, "linear phase, sample " + i);
      }
    }
  }

  @Test
  void resetForgetsThePast() {
    Resampler used = Resampler.create(48000, 32000, 1, Quality.DEFAULT);
    used.process(tone(48000, 1, 1000, 1001), 0, 1001, new short[1000], 0);
    used.reset();
    Resampler fresh = Resampler.create(48000, 32000, 1, Quality.DEFAULT);
    short[] in = tone(48000, 1, 700, 960);
    assertArrayEquals(convert(fresh, 1, in, 960), convert(used, 1, in, 960));
  }

  @ParameterizedTest
  @MethodSource("allRates")
  void constantInputGivesTheSameConstant(int inRateHz, int outRateHz) {
    for (Quality quality : Quality.values()) {
      Resampler resampler = Resampler.create(inRateHz, outRateHz, 1, quality);
      short[] in = new short[inRateHz / 10];
      Arrays.fill(in, (short) 12345);
      short[] out = convert(resampler, 1, in, inRateHz / 50);
      for (int i = 2 * resampler.delaySamples() + 10; i < out.length; i++) {
        assertEquals(12345, out[i], quality + ", sample " + i);
      }
    }
  }

  @Test
  void overshootClipsAndNeverWraps() {
    Resampler resampler = Resampler.create(8000, 48000, 1, Quality.DEFAULT);
    short[] in = new short[1600];
    for (int i = 0; i < in.length; i++) {
      in[i] = i / 40 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
    }
    short[] out = convert(resampler, 1, in, 160);
    int clipped = 0;
    for (int i = 2 * resampler.delaySamples(); i < out.length - 1; i++) {
      clipped += out[i] == Short.MAX_VALUE || out[i] == Short.MIN_VALUE ? 1 : 0;
      assertTrue(Math.abs(out[i + 1] - out[i]) < 32768, "wrapped at " + i);
    }
    assertTrue(clipped > 0);
  }

  @Test
  void equalRatesCopy() {
    Resampler resampler = Resampler.create(16000, 16000, 2, Quality.BEST);
    short[] in = tone(16000, 2, 440, 320);
    assertArrayEquals(in, convert(resampler, 2, in, 100));
    assertEquals(0, resampler.delaySamples());
    resampler.reset();
  }

  @ParameterizedTest
  @CsvSource({"0,8000,1", "8000,999,1", "8000,768001,1", "8000,16000,0", "8000,16000,3"})
  void impossibleFormatsAreRefused(int inRateHz, int outRateHz, int channels) {
    assertThrows(
        IllegalArgumentException.class,
        () -> Resampler.create(inRateHz, outRateHz, channels, Quality.DEFAULT));
  }

  @Test
  void ratioWithHugeTermsIsRefusedWithItsReason() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> Resampler.create(383_999, 768_000, 1, Quality.BEST));
    assertTrue(refused.getMessage().contains("768000:383999"), refused.getMessage());
  }
}
