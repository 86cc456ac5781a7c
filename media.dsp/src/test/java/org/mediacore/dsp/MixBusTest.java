package org.mediacore.dsp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixBusTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void everyListenerHearsExactlyTheOthersBelowTheThreshold(int channels) {
    Random random = new Random(1);
    int samples = 480;
    int talkers = 5;
    short[][] pcm = new short[talkers][samples * channels + 3];
    MixBus bus = new MixBus(samples, channels);
    for (int tick = 0; tick < 3; tick++) {
      bus.clear();
      for (short[] talker : pcm) {
        for (int i = 0; i < talker.length; i++) {
          talker[i] = (short) random.nextInt(-5700, 5701); // four of them stay below 23,197
        }
        bus.add(talker, 3, samples);
      }
      for (int listener = 0; listener < talkers; listener++) {
        short[] expected = new short[samples * channels + 1];
        for (int talker = 0; talker < talkers; talker++) {
          for (int i = 0; i < samples * channels && talker != listener; i++) {
            expected[i + 1] += pcm[talker][i + 3];
          }
        }
        short[] out = new short[samples * channels + 1];
        bus.output(pcm[listener], 3, out, 1, samples);
        assertArrayEquals(expected, out);
      }
    }
  }

  @Test
  void silentListenerHearsAllAndShorterBlocksLeaveTheRestAlone() {
    MixBus bus = new MixBus(4, 1);
    bus.add(new short[] {100, 200, 300, 400}, 0, 4);
    bus.add(new short[] {1, 2}, 0, 2);
    short[] out = {9, 9, 9, 9, 9};
    bus.output(out, 1, 3);
    assertArrayEquals(new short[] {9, 101, 202, 300, 9}, out);
    bus.clear();
    bus.output(out, 0, 4);
    assertArrayEquals(new short[] {0, 0, 0, 0, 9}, out);
  }

  @Test
  void outputMayReplaceTheExcludedBlock() {
    MixBus bus = new MixBus(2, 1);
    short[] own = {1000, -2000};
    bus.add(own, 0, 2);
    bus.add(new short[] {7, 8}, 0, 2);
    bus.output(own, 0, own, 0, 2);
    assertArrayEquals(new short[] {7, 8}, own);
  }

  @ParameterizedTest
  @ValueSource(shorts = {Short.MAX_VALUE, Short.MIN_VALUE})
  void full32TalkersNeitherWrapNorSilenceAnybody(short loudest) {
    MixBus bus = new MixBus(160, 1);
    short[] talker = new short[160];
    Arrays.fill(talker, loudest);
    for (int i = 0; i < 32; i++) {
      bus.add(talker, 0, 160);
    }
    short[] out = new short[160];
    bus.output(talker, 0, out, 0, 160);
    for (short value : out) {
      assertEquals(Integer.signum(loudest), Integer.signum(value));
      assertTrue(Math.abs(value) > 32_600, "limited to " + value);
    }
  }

  @Test
  void impossibleSizesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new MixBus(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new MixBus(1, 0));
  }
}
