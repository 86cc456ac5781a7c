package org.mediacore.dsp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SamplesTest {
  private static final int ALL = 65536;

  private static short[] allShorts() {
    short[] all = new short[ALL];
    for (int i = 0; i < ALL; i++) {
      all[i] = (short) i;
    }
    return all;
  }

  @Test
  void everySampleComesBackFromWiderFormats() {
    short[] all = allShorts();
    int[] wide = new int[ALL];
    float[] floats = new float[ALL];
    short[] back = new short[ALL];
    Samples.widen(all, 0, wide, 0, ALL);
    Samples.narrow(wide, 0, back, 0, ALL);
    assertArrayEquals(all, back);
    Samples.toFloat(all, 0, floats, 0, ALL);
    Samples.fromFloat(floats, 0, back, 0, ALL);
    assertArrayEquals(all, back);
    assertEquals(-1f, floats[0x8000]);
    assertEquals(32767 / 32768f, floats[0x7FFF]);
  }

  @Test
  void every24BitValueComesBackFromFloat() {
    int[] block = new int[4096];
    float[] floats = new float[block.length];
    int[] back = new int[block.length];
    for (int start = -(1 << 23); start < 1 << 23; start += block.length) {
      for (int i = 0; i < block.length; i++) {
        block[i] = start + i;
      }
      Samples.toFloat(block, 0, floats, 0, block.length);
      Samples.fromFloat(floats, 0, back, 0, block.length);
      assertArrayEquals(block, back);
    }
  }

  @Test
  void halvesRoundUpAndTooMuchSaturates() {
    int[] wide = {127, 128, -128, -129, 383, 384, 0x7FFFFF, 0x7FFF7F, -0x800000, 1 << 30, -1 << 30};
    short[] narrow = new short[wide.length];
    Samples.narrow(wide, 0, narrow, 0, wide.length);
    assertArrayEquals(new short[] {0, 1, 0, -1, 1, 2, 32767, 32767, -32768, 32767, -32768}, narrow);
    float lsb = 1 / 32768f;
    float[] floats = {
      0.49f * lsb,
      0.5f * lsb,
      -0.5f * lsb,
      -0.51f * lsb,
      1f,
      -1f,
      1e30f,
      -1e30f,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.NaN
    };
    short[] shorts = new short[floats.length];
    Samples.fromFloat(floats, 0, shorts, 0, floats.length);
    assertArrayEquals(
        new short[] {0, 1, 0, -1, 32767, -32768, 32767, -32768, 32767, -32768, 0}, shorts);
    int[] ints = new int[floats.length];
    Samples.fromFloat(floats, 4, ints, 4, floats.length - 4);
    assertArrayEquals(
        new int[] {0, 0, 0, 0, 8388607, -8388608, 8388607, -8388608, 8388607, -8388608, 0}, ints);
  }
}
