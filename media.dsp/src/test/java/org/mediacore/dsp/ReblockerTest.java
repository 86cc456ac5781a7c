package org.mediacore.dsp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReblockerTest {
  private static final int[] PTIMES_MS = {10, 20, 30, 40, 60};

  private static short[] ramp(int elements) {
    short[] ramp = new short[elements];
    for (int i = 0; i < elements; i++) {
      ramp[i] = (short) i;
    }
    return ramp;
  }

  @Test
  void everyPairOfFrameLengthsKeepsEverySampleInOrder() {
    for (int inMs : PTIMES_MS) {
      for (int outMs : PTIMES_MS) {
        int blockSamples = 8 * inMs;
        int frameElements = 8 * outMs * 2;
        Reblocker reblocker = new Reblocker(8 * outMs, 2);
        short[] in = ramp(blockSamples * 2 * 12);
        short[] out = new short[in.length];
        int written = 0;
        for (int at = 0; at < in.length; at += blockSamples * 2) {
          reblocker.push(in, at, blockSamples);
          while (reblocker.next()) {
            System.arraycopy(reblocker.array(), reblocker.offset(), out, written, frameElements);
            written += frameElements;
          }
          assertEquals(at + blockSamples * 2, written + reblocker.pending() * 2);
        }
        assertEquals(in.length, written, inMs + " to " + outMs + " ms");
        assertArrayEquals(in, out);
      }
    }
  }

  @Test
  void randomBlocksKeepEverySampleInOrder() {
    Random random = new Random(6);
    Reblocker reblocker = new Reblocker(7, 3);
    int next = 0;
    short read = 0;
    for (int i = 0; i < 2000; i++) {
      int samples = random.nextInt(30);
      short[] block = new short[samples * 3 + 2];
      for (int e = 2; e < block.length; e++) {
        block[e] = (short) next++;
      }
      reblocker.push(block, 2, samples);
      while (reblocker.next()) {
        for (int e = 0; e < 21; e++) {
          assertEquals(read++, reblocker.array()[reblocker.offset() + e]);
        }
      }
      Arrays.fill(block, (short) -1); // it is the caller's again
    }
  }

  @Test
  void blocksOfTheRightLengthAreNotCopied() {
    Reblocker reblocker = new Reblocker(160, 1);
    short[] block = new short[500];
    reblocker.push(block, 3, 400);
    assertTrue(reblocker.next());
    assertSame(block, reblocker.array());
    assertEquals(3, reblocker.offset());
    assertTrue(reblocker.next());
    assertEquals(163, reblocker.offset());
    assertFalse(reblocker.next());
    assertEquals(80, reblocker.pending());
    reblocker.push(block, 0, 80);
    assertTrue(reblocker.next());
    assertNotSame(block, reblocker.array());
  }

  @Test
  void clearDropsWhatIsKept() {
    Reblocker reblocker = new Reblocker(2, 1);
    reblocker.push(new short[] {1, 2, 3}, 0, 3);
    assertThrows(IllegalStateException.class, () -> reblocker.push(new short[1], 0, 1));
    reblocker.clear();
    reblocker.push(new short[] {5}, 0, 1);
    assertFalse(reblocker.next());
    reblocker.clear();
    reblocker.push(new short[] {7, 8}, 0, 2);
    assertTrue(reblocker.next());
    assertEquals(7, reblocker.array()[reblocker.offset()]);
  }

  @Test
  void impossibleSizesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Reblocker(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Reblocker(1, 0));
  }
}
