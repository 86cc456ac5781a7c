package org.mediacore.codec.ilbc;

import static org.mediacore.codec.ilbc.AdaptiveCodebook.MEMORY;
import static org.mediacore.codec.ilbc.AdaptiveCodebook.REPEATING;
import static org.mediacore.codec.ilbc.FrameMode.SUB_BLOCK;
import static org.mediacore.codec.ilbc.LinearFilter.ORDER;

import java.util.Arrays;

/**
 * Finds the three codebook vectors and gains of a segment (RFC 3951 §3.6). Memory and target are
 * weighted first; each stage then takes the vector that explains most of what is left. All vectors
 * that an index can name are tried, also of the filtered half, where the RFC's own encoder tries
 * only some.
 */
final class CodebookSearch {
  /** Plain vectors that each stage tries: of the boundary, the first outer block and others. */
  private static final int[][] RANGES = {{58, 58, 58}, {108, 44, 44}, {108, 108, 108}};

  private static final float MAX_GAIN = 1.3f;
  private static final float NO_ENERGY = 1e-3f;
  private static final int MAX_INDEX = 256;

  private final FrameLayout layout;
  private final float[] weighted = new float[ORDER + MEMORY + SUB_BLOCK];
  private final float[] target = new float[SUB_BLOCK];
  private final float[] sum = new float[SUB_BLOCK];
  private final float[] scratch = new float[SUB_BLOCK];
  private final float[] repeating = new float[2 * REPEATING * SUB_BLOCK];
  private final float[] inverseEnergy = new float[MAX_INDEX];
  private final AdaptiveCodebook codebook = new AdaptiveCodebook();

  private int length;
  private int best;
  private float bestCross;
  private float bestMeasure;

  CodebookSearch(FrameLayout layout) {
    this.layout = layout;
  }

  /**
   * Codes a segment.
   *
   * @param memory what was coded beside it, the nearest sample last
   * @param wanted the segment, in the direction of the memory
   * @param weights rows of the weighting filter, {@code row} that of the segment
   */
  void search(
      ResidualOrder.Segment segment,
      float[] memory,
      float[] wanted,
      float[] weights,
      int row,
      int[] fields) {
    length = segment.length;
    System.arraycopy(memory, 0, weighted, ORDER, MEMORY);
    System.arraycopy(wanted, 0, weighted, ORDER + MEMORY, length);
    int silent = MEMORY - segment.memoryLength;
    LinearFilter.synthesize(weights, row, weighted, ORDER + silent, segment.memoryLength + length);
    System.arraycopy(weighted, ORDER + MEMORY, target, 0, length);
    codebook.load(weighted, ORDER, segment.memoryLength, length);
    measureVectors();
    float targetEnergy = Correlation.energy(target, 0, length);
    Arrays.fill(sum, 0);
    int[] ranges = RANGES[Math.min(segment.block, RANGES.length - 1)];
    float gain = 1;
    float firstGain = 0;
    for (int stage = 0; stage < FrameMode.STAGES; stage++) {
      findBest(ranges[stage], stage == 0);
      int gainField = layout.gainField(segment.block, stage);
      int code = GainQuantizer.encode(stage, bestCross * inverseEnergy[best], gain);
      gain = GainQuantizer.decode(stage, code, gain);
      fields[gainField] = code;
      fields[layout.indexField(segment.block, stage)] = best;
      codebook.addTo(sum, best, gain);
      codebook.addTo(target, best, -gain);
      firstGain = stage == 0 ? gain : firstGain;
    }
    int first = layout.gainField(segment.block, 0);
    float codedEnergy = Correlation.energy(sum, 0, length);
    fields[first] = GainQuantizer.raise(fields[first], codedEnergy, targetEnergy);
  }

  /** Energies of all vectors; the plain ones from one to the next. */
  private void measureVectors() {
    int perHalf = codebook.vectorsPerHalf();
    int plain = codebook.plainVectors();
    for (int half = 0; half < 2; half++) {
      float[] source = codebook.half(half);
      int start = codebook.startOf(0);
      double energy = Correlation.energy(source, start, length);
      for (int i = 0; i < plain; i++) {
        inverseEnergy[half * perHalf + i] = inverse((float) energy);
        start--;
        if (start >= 0) {
          double comes = source[start];
          double goes = source[start + length];
          energy += comes * comes - goes * goes;
        }
      }
      for (int i = plain; i < perHalf; i++) {
        int at = (half * REPEATING + i - plain) * SUB_BLOCK;
        codebook.copyRepeating(half, i - plain, repeating, at, scratch);
        inverseEnergy[half * perHalf + i] = inverse(Correlation.energy(repeating, at, length));
      }
    }
  }

  /** 0 for a vector that is nothing: it is never chosen. */
  private static float inverse(float energy) {
    return energy > NO_ENERGY ? 1 / energy : 0;
  }

  private void findBest(int range, boolean firstStage) {
    int perHalf = codebook.vectorsPerHalf();
    int plain = codebook.plainVectors();
    best = 0;
    bestCross = 0;
    bestMeasure = 0;
    for (int half = 0; half < 2; half++) {
      float[] source = codebook.half(half);
      int start = codebook.startOf(0);
      for (int i = 0; i < range; i++) {
        float cross = Correlation.dot(source, start - i, target, 0, length);
        consider(half * perHalf + i, cross, firstStage);
      }
      for (int i = plain; i < perHalf; i++) {
        int at = (half * REPEATING + i - plain) * SUB_BLOCK;
        float cross = Correlation.dot(repeating, at, target, 0, length);
        consider(half * perHalf + i, cross, firstStage);
      }
    }
  }

  /** The first gain has no sign; none may be so large that an error would grow. */
  private void consider(int index, float cross, boolean firstStage) {
    float gain = cross * inverseEnergy[index];
    float measure = cross * gain;
    if (measure > bestMeasure && Math.abs(gain) < MAX_GAIN && (!firstStage || cross > 0)) {
      bestMeasure = measure;
      bestCross = cross;
      best = index;
    }
  }
}
