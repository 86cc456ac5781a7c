package org.mediacore.dsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SpectralDistanceTest {
  private final SpectralDistance distance = new SpectralDistance();

  private static short[] noise(long seed, double level) {
    Random random = new Random(seed);
    short[] pcm = new short[SpectralDistance.WINDOW];
    for (int i = 0; i < pcm.length; i++) {
      pcm[i] = (short) (random.nextGaussian() * level);
    }
    return pcm;
  }

  @Test
  void equalAudioHasNoDistance() {
    assertEquals(0, distance.of(noise(1, 3000), 0, noise(1, 3000), 0), 1e-9);
  }

  @Test
  void halfTheLevelIsSixDecibels() {
    short[] halved = noise(1, 6000);
    for (int i = 0; i < halved.length; i++) {
      halved[i] /= 2;
    }
    assertEquals(6.02, distance.of(noise(1, 6000), 0, halved, 0), 0.1);
  }

  @Test
  void toneAndNoiseAreFarApart() {
    short[] tone = new short[SpectralDistance.WINDOW];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (short) (8000 * Math.sin(2 * Math.PI * i * 16 / SpectralDistance.WINDOW));
    }
    assertTrue(distance.of(tone, 0, noise(2, 3000), 0) > 15);
    assertEquals(0, distance.of(new short[300], 7, new short[300], 40));
  }
}
