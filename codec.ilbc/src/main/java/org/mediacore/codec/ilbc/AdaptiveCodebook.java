package org.mediacore.codec.ilbc;

import static org.mediacore.codec.ilbc.FrameMode.SUB_BLOCK;

import java.util.Arrays;

/**
 * The codebook of RFC 3951 §3.6.3: vectors cut out of what was coded before.
 *
 * <p>An index counts through two halves of equal size. The first one cuts from the memory itself,
 * the second from the memory after an interpolating filter. In each half come first the plain
 * vectors, from the newest to the oldest; then, for whole sub-blocks, twenty that are shorter than
 * a sub-block and repeated, with a cross-fade of five samples.
 */
final class AdaptiveCodebook {
  /** Samples in the memory; the newest is the last. */
  static final int MEMORY = 147;

  /** Samples of the memory that the boundary is searched in. */
  static final int BOUNDARY_MEMORY = 85;

  /** Vectors per half that repeat themselves. */
  static final int REPEATING = SUB_BLOCK / 2;

  private static final int FADE = 5;

  /** The interpolating filter, RFC 3951 §3.6.3.2, appendix A.8. */
  private static final float[] TAPS = {
    -0.034180f, 0.108887f, -0.184326f, 0.806152f, 0.713379f, -0.144043f, 0.083740f, -0.033691f
  };

  /** Samples after and before the one that is filtered. */
  private static final int TAPS_AFTER = 4;

  private static final int TAPS_BEFORE = 3;

  private final float[][] halves = {new float[MEMORY], new float[MEMORY]};
  private final float[] padded = new float[TAPS_BEFORE + MEMORY + TAPS_AFTER];
  private int memoryLength;
  private int vectorLength;
  private int plainVectors;
  private int vectorsPerHalf;

  /** Takes over a memory for vectors of a length. */
  void load(float[] memory, int from, int newMemoryLength, int newVectorLength) {
    memoryLength = newMemoryLength;
    vectorLength = newVectorLength;
    plainVectors = memoryLength - vectorLength + 1;
    vectorsPerHalf = plainVectors + (vectorLength == SUB_BLOCK ? REPEATING : 0);
    System.arraycopy(memory, from, halves[0], 0, MEMORY);
    System.arraycopy(memory, from, padded, TAPS_BEFORE, MEMORY);
    float[] filtered = halves[1];
    for (int n = 0; n < MEMORY; n++) {
      float sum = 0;
      for (int k = 0; k < TAPS.length; k++) {
        sum += TAPS[k] * padded[n + TAPS_BEFORE + TAPS_AFTER - k];
      }
      filtered[n] = sum;
    }
  }

  int plainVectors() {
    return plainVectors;
  }

  int vectorsPerHalf() {
    return vectorsPerHalf;
  }

  /** The memory that a half cuts from: 0 itself, 1 filtered. */
  float[] half(int number) {
    return halves[number];
  }

  /** Where a plain vector starts in its half. */
  int startOf(int plainVector) {
    return MEMORY - vectorLength - plainVector;
  }

  /** Adds a vector times a gain. An index of no vector reads what the memory holds there. */
  void addTo(float[] sum, int index, float gain) {
    float[] source = halves[index < vectorsPerHalf ? 0 : 1];
    int inHalf = index < vectorsPerHalf ? index : index - vectorsPerHalf;
    if (vectorLength == SUB_BLOCK && inHalf >= plainVectors) {
      addRepeated(sum, source, inHalf - plainVectors, gain);
      return;
    }
    int start = startOf(inHalf);
    for (int n = 0; n < vectorLength; n++) {
      sum[n] += gain * source[start + n];
    }
  }

  /** The newest 20 to 39 samples, faded into themselves one period later. */
  private static void addRepeated(float[] sum, float[] source, int number, float gain) {
    int period = REPEATING + number;
    int once = MEMORY - period;
    int again = MEMORY - 2 * period;
    int fadeStart = period - FADE;
    for (int n = 0; n < fadeStart; n++) {
      sum[n] += gain * source[once + n];
    }
    for (int n = fadeStart; n < period; n++) {
      float share = (n - fadeStart) * (1f / FADE);
      sum[n] += gain * ((1 - share) * source[once + n] + share * source[again + n]);
    }
    for (int n = period; n < SUB_BLOCK; n++) {
      sum[n] += gain * source[again + n];
    }
  }

  /** Writes a repeating vector of a half. */
  void copyRepeating(int half, int number, float[] to, int at, float[] scratch) {
    Arrays.fill(scratch, 0, SUB_BLOCK, 0);
    addRepeated(scratch, halves[half], number, 1);
    System.arraycopy(scratch, 0, to, at, SUB_BLOCK);
  }

  /** Adds up what the stages of a block chose. */
  void construct(int[] fields, FrameLayout layout, int block, float[] out) {
    Arrays.fill(out, 0, vectorLength, 0);
    float gain = 1;
    for (int stage = 0; stage < FrameMode.STAGES; stage++) {
      gain = GainQuantizer.decode(stage, fields[layout.gainField(block, stage)], gain);
      addTo(out, fields[layout.indexField(block, stage)], gain);
    }
  }
}
