package org.mediacore.dsp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The generator and the judge of tones, each against arithmetic and against one another. */
class ToneTest {

  private static short[] tone(double frequencyHz, double levelDbfs, int samples) {
    short[] pcm = new short[samples];
    new ToneGenerator(8000, 1, frequencyHz, levelDbfs).generate(pcm, 0, samples);
    return pcm;
  }

  @Test
  void sampleValuesAreThoseOfTheSine() {
    short[] pcm = tone(1000, -6.0206, 800);
    for (int i = 0; i < pcm.length; i++) {
      assertEquals(32767 * 0.5 * Math.sin(2 * Math.PI * i / 8), pcm[i], 0.51);
    }
  }

  @Test
  void blocksContinueThePhaseInAllChannels() {
    short[] whole = tone(437, -1, 500);
    ToneGenerator generator = new ToneGenerator(8000, 2, 437, -1);
    short[] stereo = new short[1002];
    for (int done = 0, block = 1; done < 500; done += block, block = Math.min(37, 500 - done)) {
      generator.generate(stereo, 2 + done * 2, block);
    }
    short[] left = new short[500];
    short[] right = new short[500];
    for (int i = 0; i < 500; i++) {
      left[i] = stereo[2 + 2 * i];
      right[i] = stereo[3 + 2 * i];
    }
    assertArrayEquals(whole, left);
    assertArrayEquals(whole, right);
  }

  @Test
  void changeOfFrequencyKeepsThePhase() {
    ToneGenerator generator = new ToneGenerator(8000, 1, 300, -6);
    short[] pcm = new short[400];
    generator.generate(pcm, 0, 203);
    generator.setFrequency(350);
    generator.generate(pcm, 203, 197);
    double largestStep = 32767 * Math.pow(10, -6 / 20.0) * 2 * Math.PI * 350 / 8000 + 1;
    for (int i = 1; i < 400; i++) {
      assertTrue(Math.abs(pcm[i] - pcm[i - 1]) <= largestStep, "step at " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {10, 50, 123.4, 440, 1000, 2600.5, 3990})
  void pureToneScoresOneInAnyBlockAndNothingElsewhere(double frequencyHz) {
    for (int samples : new int[] {97, 160, 1000, 8000}) {
      short[] pcm = tone(frequencyHz, -6, samples);
      double share = new Goertzel(8000, frequencyHz).toneShare(pcm, 0, samples);
      assertTrue(share > 0.9999, samples + " samples: " + share);
    }
    double elsewhereHz = frequencyHz < 2000 ? frequencyHz + 700 : frequencyHz - 700;
    short[] pcm = tone(frequencyHz, -6, 8000);
    assertEquals(0, new Goertzel(8000, elsewhereHz).toneShare(pcm, 0, 8000), 0.001);
  }

  @Test
  void shareIsTheToneInNoise() {
    Random random = new Random(11);
    short[] pcm = tone(1000, -20, 16000);
    double toneEnergy = 0;
    double noiseEnergy = 0;
    for (int i = 0; i < pcm.length; i++) {
      int noise = (int) Math.rint(random.nextGaussian() * 1500);
      toneEnergy += pcm[i] * pcm[i];
      noiseEnergy += noise * noise;
      pcm[i] += (short) noise;
    }
    double expected = toneEnergy / (toneEnergy + noiseEnergy);
    assertEquals(expected, new Goertzel(8000, 1000).toneShare(pcm, 0, pcm.length), 0.02);
  }

  @Test
  void channelsAreJudgedApart() {
    short[] stereo = new short[2000];
    short[] left = tone(500, -6, 1000);
    short[] right = tone(1500, -6, 1000);
    for (int i = 0; i < 1000; i++) {
      stereo[2 * i] = left[i];
      stereo[2 * i + 1] = right[i];
    }
    Goertzel judge = new Goertzel(8000, 1500);
    assertEquals(0, judge.toneShare(stereo, 0, 1000, 2), 0.001);
    assertEquals(1, judge.toneShare(stereo, 1, 1000, 2), 0.001);
  }

  @Test
  void silenceAndTinyBlocksHaveNoShare() {
    Goertzel judge = new Goertzel(8000, 1000);
    assertEquals(0, judge.toneShare(new short[100], 0, 100));
    assertEquals(0, judge.toneShare(new short[] {5, 5}, 0, 2));
    assertEquals(0, judge.toneShare(new short[0], 0, 0));
  }

  @Test
  void impossibleValuesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ToneGenerator(0, 1, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> new ToneGenerator(8000, 0, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> new ToneGenerator(8000, 1, 4000, 0));
    assertThrows(IllegalArgumentException.class, () -> new ToneGenerator(8000, 1, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new ToneGenerator(8000, 1, 1000, 0.1));
    assertThrows(IllegalArgumentException.class, () -> new Goertzel(8000, 4000));
    assertThrows(IllegalArgumentException.class, () -> new Goertzel(8000, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new Goertzel(0, 1));
  }
}
