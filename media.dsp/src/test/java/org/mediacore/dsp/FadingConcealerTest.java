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

class FadingConcealerTest {

  private static short[] tone(int rateHz, int channels, double frequencyHz, int samples) {
    short[] pcm = new short[samples * channels];
    new ToneGenerator(rateHz, channels, frequencyHz, -6).generate(pcm, 0, samples);
    return pcm;
  }

  /** Plays the signal in frames, with those from first to last lost. */
  private static short[] play(
      FadingConcealer concealer, int channels, short[] pcm, int frame, int first, int last) {
    short[] played = pcm.clone();
    for (int n = 0; (n + 1) * frame * channels <= pcm.length; n++) {
      if (n >= first && n <= last) {
        Arrays.fill(played, n * frame * channels, (n + 1) * frame * channels, (short) 12345);
        concealer.conceal(played, n * frame * channels, frame);
      } else {
        concealer.good(played, n * frame * channels, frame);
      }
    }
    return played;
  }

  @ParameterizedTest
  @CsvSource({
    "8000,1,80,120,1", "8000,1,160,400,1", "8000,1,160,440,2", "8000,1,160,333.3,3",
    "8000,2,160,250,1", "16000,1,320,200,5", "48000,1,960,440,1", "48000,2,480,1000,4",
    "11025,1,220,440,2", "8000,1,160,1900,1"
  })
  void seamsOnAToneHaveNoStepLargerThanTheToneItself(
      int rateHz, int channels, int frame, double frequencyHz, int lost) {
    short[] in = tone(rateHz, channels, frequencyHz, frame * 20);
    short[] out = play(new FadingConcealer(rateHz, channels), channels, in, frame, 10, 9 + lost);
    int largestOwn = largestStep(in, channels, 0, frame * 20);
    int largest = largestStep(out, channels, 0, frame * 20);
    assertTrue(largest <= largestOwn * 1.1 + 300, largest + " against " + largestOwn);
    assertTrue(Arrays.equals(in, 0, frame * 10 * channels, out, 0, frame * 10 * channels));
    int returned = (frame * (10 + lost) + rateHz / 200 + 1) * channels;
    assertTrue(Arrays.equals(in, returned, in.length, out, returned, in.length));
  }

  private static int largestStep(short[] pcm, int channels, int from, int to) {
    int largest = 0;
    for (int i = (from + 1) * channels; i < to * channels; i++) {
      largest = Math.max(largest, Math.abs(pcm[i] - pcm[i - channels]));
    }
    return largest;
  }

  @Test
  void periodOfAGrowingToneLeadsBackIntoItself() {
    short[] in = tone(8000, 1, 132.5, 1600);
    for (int i = 0; i < in.length; i++) { // lost while at the peak of its swing
      in[i] = (short) (in[i] * Math.min(1, Math.max(0.1, (i - 480) / 320.0)));
    }
    short[] out = play(new FadingConcealer(8000, 1), 1, in, 160, 5, 7);
    int largestOwn = largestStep(in, 1, 0, 1600);
    int largest = largestStep(out, 1, 790, 1280);
    assertTrue(largest <= largestOwn * 1.1 + 300, largest + " against " + largestOwn);
  }

  @Test
  void anEarlierLossLeavesNoTrace() {
    short[] first = tone(8000, 1, 330, 320);
    FadingConcealer used = new FadingConcealer(8000, 1);
    used.good(first, 0, 320);
    used.conceal(new short[100], 0, 100);
    FadingConcealer fresh = new FadingConcealer(8000, 1);
    short[] second = tone(8000, 1, 217, 400);
    used.good(second.clone(), 0, 40); // its cross-fade
    used.good(second, 0, 400);
    fresh.good(second, 0, 400);
    short[] expected = new short[160];
    short[] actual = new short[160];
    fresh.conceal(expected, 0, 160);
    used.conceal(actual, 0, 160);
    assertArrayEquals(expected, actual);
  }

  @ParameterizedTest
  @CsvSource({"8000,120", "8000,200", "8000,440", "16000,333", "48000,440"})
  void lossOfOneFrameContinuesATone(int rateHz, double frequencyHz) {
    int frame = rateHz / 50;
    short[] in = tone(rateHz, 1, frequencyHz, frame * 12);
    short[] out = play(new FadingConcealer(rateHz, 1), 1, in, frame, 8, 8);
    double share = new Goertzel(rateHz, frequencyHz).toneShare(out, frame * 7, frame * 3);
    assertTrue(share > 0.97, "tone share " + share);
    double error = 0;
    double energy = 0;
    for (int i = frame * 8; i < frame * 8 + frame / 2; i++) {
      error += Math.pow(out[i] - in[i], 2);
      energy += Math.pow(in[i], 2);
    }
    assertTrue(10 * Math.log10(energy / error) > 10, "phase or level lost");
  }

  @Test
  void lossFadesToSilenceWithin60Ms() {
    short[] in = tone(8000, 1, 300, 3200);
    short[] out = play(new FadingConcealer(8000, 1), 1, in, 160, 5, 12);
    LevelMeter meter = new LevelMeter();
    double beforeDbov = 0;
    for (int tenMs = 0; tenMs < 6; tenMs++) {
      meter.measure(out, 800 + tenMs * 80, 80);
      assertTrue(meter.rmsDbov() < beforeDbov, "level after " + tenMs * 10 + " ms");
      beforeDbov = meter.rmsDbov();
    }
    for (int i = 800 + 480; i < 800 + 8 * 160; i++) {
      assertEquals(0, out[i]);
    }
  }

  @Test
  void noiseStaysInRangeAndHasNoPitchForcedOnIt() {
    Random random = new Random(5);
    short[] in = new short[1600];
    for (int i = 0; i < in.length; i++) {
      in[i] = (short) random.nextInt(Short.MIN_VALUE, Short.MAX_VALUE + 1);
    }
    in[639] = Short.MAX_VALUE; // the widest seam there can be
    in[639 - 128] = Short.MIN_VALUE;
    short[] out = play(new FadingConcealer(8000, 1), 1, in, 160, 4, 4);
    int clipped = 0;
    for (int i = 0; i < 128; i++) { // the longest period, 16 ms, up to its overlapped end
      double seam = (in[639] - in[639 - 128]) * Math.max(0, 16 - i) / 16.0; // decays over 2 ms
      double faded = (in[640 - 128 + i] + seam) * (480 - i) / 480;
      double expected = Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, faded));
      clipped += expected == faded ? 0 : 1;
      if (i < 96) {
        assertEquals(expected, out[640 + i], 1, "sample " + i);
      }
    }
    assertTrue(clipped > 0, "the case needs a seam that leaves the range");
  }

  @Test
  void lossBeforeAnyAudioIsSilence() {
    FadingConcealer concealer = new FadingConcealer(8000, 1);
    short[] pcm = new short[160];
    Arrays.fill(pcm, (short) 99);
    concealer.conceal(pcm, 0, 160);
    assertArrayEquals(new short[160], pcm);
  }

  @Test
  void resetForgetsWhatWasHeard() {
    FadingConcealer concealer = new FadingConcealer(8000, 1);
    concealer.good(tone(8000, 1, 440, 160), 0, 160);
    concealer.conceal(new short[160], 0, 160);
    concealer.reset();
    short[] next = tone(8000, 1, 440, 160);
    short[] kept = next.clone();
    concealer.good(next, 0, 160);
    assertArrayEquals(kept, next);
    concealer.reset();
    concealer.conceal(next, 0, 160);
    assertArrayEquals(new short[160], next);
  }

  @Test
  void anySplittingOfALossSoundsTheSame() {
    short[] in = tone(8000, 1, 440, 1600);
    short[] whole = play(new FadingConcealer(8000, 1), 1, in, 400, 1, 1);
    short[] split = in.clone();
    FadingConcealer concealer = new FadingConcealer(8000, 1);
    concealer.good(split, 0, 400);
    int at = 400;
    for (int block : new int[] {1, 79, 0, 320}) {
      concealer.conceal(split, at, block);
      at += block;
    }
    concealer.good(split, at, 0);
    concealer.good(split, at, 800);
    assertArrayEquals(whole, split);
  }

  @Test
  void impossibleFormatsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new FadingConcealer(7999, 1));
    assertThrows(IllegalArgumentException.class, () -> new FadingConcealer(192_001, 1));
    assertThrows(IllegalArgumentException.class, () -> new FadingConcealer(8000, 0));
  }
}
