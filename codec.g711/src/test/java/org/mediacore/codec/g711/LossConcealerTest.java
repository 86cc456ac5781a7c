package org.mediacore.codec.g711;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mediacore.tck.Allocation;

class LossConcealerTest {
  private static final int FRAME = 160;

  @Test
  void beforeAnythingWasHeardThereIsSilence() {
    short[] pcm = noise(1, 960);
    new LossConcealer().conceal(pcm, 0, 960);
    assertArrayEquals(new short[960], pcm);
  }

  /** A voice goes on where it was, from its first sample on, without a step. */
  @ParameterizedTest(name = "{0} Hz")
  @ValueSource(ints = {70, 100, 160, 250, 400, 425, 1000})
  void periodicSoundGoesOn(int hz) {
    short[] voice = voice(hz, 1600);
    short[] pcm = Arrays.copyOf(voice, voice.length);
    LossConcealer concealer = new LossConcealer();
    concealer.good(pcm, 0, 800);
    concealer.conceal(pcm, 800, 40);
    double error = 0;
    double signal = 0;
    for (int i = 800; i < 840; i++) {
      error += Math.pow(pcm[i] - voice[i], 2);
      signal += Math.pow(voice[i], 2);
    }
    double snrDb = 10 * Math.log10(signal / error);
    assertTrue(snrDb > 10, "signal to error " + snrDb + " dB");
    assertTrue(Math.abs(pcm[800] - voice[800]) < 800, "step to " + pcm[800]);
  }

  @Test
  void soundHasFadedAfterSixtyMilliseconds() {
    short[] pcm = voice(120, 2000);
    LossConcealer concealer = new LossConcealer();
    concealer.good(pcm, 0, 800);
    concealer.conceal(pcm, 800, 960);
    double previous = Double.MAX_VALUE;
    for (int at = 800; at < 1280; at += 80) {
      double energy = PitchPeriod.energy(pcm, at, 80);
      assertTrue(energy > 0 && energy < previous * 1.2, "10 ms from " + at + ": " + energy);
      previous = energy;
    }
    assertEquals(0, PitchPeriod.energy(pcm, 1280, 480), "after 60 ms");
  }

  /** How the time is cut into pieces does not matter. */
  @ParameterizedTest(name = "pieces of {0}")
  @ValueSource(ints = {1, 7, 80, 159, 480})
  void piecesAreAsGoodAsOneWhole(int piece) {
    short[] sound = voice(130, 4800);
    short[] whole = sound.clone();
    short[] pieces = sound.clone();
    LossConcealer one = new LossConcealer();
    LossConcealer many = new LossConcealer();
    int[] bounds = {0, 960, 1440, 1920, 1960, 2400, 3360, 4800}; // good, lost, good ...
    for (int k = 0; k + 1 < bounds.length; k++) {
      run(one, whole, bounds[k], bounds[k + 1], 480 * 4, k % 2 == 1);
      run(many, pieces, bounds[k], bounds[k + 1], piece, k % 2 == 1);
    }
    assertArrayEquals(whole, pieces);
  }

  private static void run(
      LossConcealer concealer, short[] pcm, int from, int to, int piece, boolean lost) {
    for (int at = from; at < to; at += piece) {
      int count = Math.min(piece, to - at);
      if (lost) {
        concealer.conceal(pcm, at, count);
      } else {
        concealer.good(pcm, at, count);
      }
    }
  }

  /** The first good audio is overlapped, longer after a longer loss, and the rest left alone. */
  @ParameterizedTest(name = "{0} samples lost")
  @CsvSource({"80, 30", "160, 46", "320, 78", "480, 80", "960, 80"})
  void returningAudioIsOverlapped(int lost, int longest) {
    short[] sound = voice(67, 4000);
    short[] pcm = sound.clone();
    LossConcealer concealer = new LossConcealer();
    concealer.good(pcm, 0, 1600);
    concealer.conceal(pcm, 1600, lost);
    short[] other = noise(3, FRAME);
    short[] frame = other.clone();
    concealer.good(frame, 0, FRAME);
    int last = FRAME - 1;
    while (frame[last] == other[last]) {
      last--;
    }
    assertTrue(last + 1 <= longest && last + 1 > longest - 8, "changed up to " + (last + 1));
    short[] next = noise(4, FRAME);
    short[] left = next.clone();
    concealer.good(left, 0, FRAME);
    assertArrayEquals(next, left);
  }

  /** A loss while audio still returns from the one before begins anew. */
  @Test
  void lossInTheOverlapIsANewOne() {
    short[] pcm = voice(100, 2000);
    LossConcealer concealer = new LossConcealer();
    concealer.good(pcm, 0, 1000);
    concealer.conceal(pcm, 1000, 400);
    concealer.good(pcm, 1400, 5);
    concealer.conceal(pcm, 1405, 160);
    assertTrue(PitchPeriod.energy(pcm, 1405, 80) > 0);
    concealer.good(pcm, 1565, 80);
    short[] same = pcm.clone();
    concealer.good(pcm, 1645, 160);
    assertArrayEquals(same, pcm);
  }

  /** The loudest there is neither wraps around nor overshoots. */
  @Test
  void fullScaleStaysWithinItself() {
    short[] pcm = new short[2400];
    for (int i = 0; i < pcm.length; i++) {
      pcm[i] = i / 40 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
    }
    LossConcealer concealer = new LossConcealer();
    concealer.good(pcm, 0, 800);
    short[] lost = new short[40];
    concealer.conceal(lost, 0, 40);
    for (int i = 20; i < 40; i++) {
      assertTrue(lost[i] > 20_000, "sample " + i + " of a positive half wave: " + lost[i]);
    }
  }

  @Test
  void instancesShareNothing() {
    short[] alone = voice(90, 1600);
    LossConcealer single = new LossConcealer();
    single.good(alone, 0, 800);
    single.conceal(alone, 800, 400);
    short[] mixed = voice(90, 1600);
    LossConcealer one = new LossConcealer();
    LossConcealer two = new LossConcealer();
    one.good(mixed, 0, 800);
    two.good(noise(5, 800), 0, 800);
    one.conceal(mixed, 800, 200);
    two.conceal(new short[200], 0, 200);
    one.conceal(mixed, 1000, 200);
    assertArrayEquals(alone, mixed);
  }

  @Test
  void nothingIsAllocated() {
    short[] sound = voice(110, FRAME * 8);
    short[] pcm = new short[FRAME];
    LossConcealer concealer = new LossConcealer();
    Runnable once =
        () -> {
          for (int i = 0; i < 8; i++) {
            System.arraycopy(sound, i * FRAME, pcm, 0, FRAME);
            if (i == 3 || i == 5 || i == 6) {
              concealer.conceal(pcm, 0, FRAME);
            } else {
              concealer.good(pcm, 0, FRAME);
            }
          }
        };
    Allocation.assertAtMost(0, 500, 50, "three losses in eight frames", once);
  }

  /** A pulse per period through a resonance. */
  private static short[] voice(int hz, int samples) {
    short[] pcm = new short[samples];
    for (int i = 0; i < samples; i++) {
      double sum = 0;
      for (int harmonic = 1; harmonic * hz < 1800; harmonic++) {
        sum += Math.sin(2 * Math.PI * harmonic * hz * i / 8_000 + harmonic) / harmonic;
      }
      pcm[i] = (short) Math.round(4_000 * sum);
    }
    return pcm;
  }

  private static short[] noise(long seed, int samples) {
    Random random = new Random(seed);
    short[] pcm = new short[samples];
    for (int i = 0; i < samples; i++) {
      pcm[i] = (short) random.nextInt(-8_000, 8_000);
    }
    return pcm;
  }
}
