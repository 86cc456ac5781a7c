package org.mediacore.codec.opus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The measure itself: it must be able to fail. */
class OpusQualityTest {
  private final Random random = new Random(6716);

  @Test
  void identityIs100() {
    short[] sound = sound();
    assertEquals(100, OpusQuality.of(sound, sound.clone(), 48_000, 2), 1e-9);
  }

  @Test
  void roundingNoiseConforms() {
    short[] sound = sound();
    short[] other = sound.clone();
    for (int i = 0; i < other.length; i++) {
      other[i] += (short) (random.nextInt(3) - 1);
    }
    double quality = OpusQuality.of(sound, other, 48_000, 2);
    assertTrue(quality > 90 && quality < 100, "quality " + quality);
  }

  @Test
  void oneFrameOfSilenceDoesNot() {
    short[] sound = sound();
    short[] other = sound.clone();
    java.util.Arrays.fill(other, 24_000, 24_000 + 2 * 960, (short) 0);
    assertTrue(OpusQuality.of(sound, other, 48_000, 2) < 0);
  }

  @Test
  void halfTheLevelDoesNot() {
    short[] sound = sound();
    short[] other = sound.clone();
    for (int i = 0; i < other.length; i++) {
      other[i] /= 2;
    }
    assertTrue(OpusQuality.of(sound, other, 48_000, 2) < 0);
  }

  private short[] sound() {
    short[] pcm = new short[2 * 24_000];
    double low = 0;
    for (int i = 0; i < pcm.length; i++) {
      low = 0.9 * low + 1_500 * random.nextGaussian();
      pcm[i] = (short) low;
    }
    return pcm;
  }
}
