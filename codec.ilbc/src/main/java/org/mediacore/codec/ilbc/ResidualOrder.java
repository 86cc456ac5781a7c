package org.mediacore.codec.ilbc;

import static org.mediacore.codec.ilbc.AdaptiveCodebook.MEMORY;
import static org.mediacore.codec.ilbc.FrameMode.SUB_BLOCK;

import java.util.Arrays;

/**
 * The order in which a residual is coded around its start state (RFC 3951 §3.6.1): the boundary,
 * the sub-blocks after the start state forwards, those before it backwards in reversed time.
 * Encoder and decoder walk the same way and differ in what they do to a segment.
 *
 * <pre>
 *  |  outer  |  outer  | boundary | start state |  outer  |  outer  |
 *      5 <-      4 <-      1 <-        0        ->   2    ->   3
 * </pre>
 */
final class ResidualOrder {
  /** Codes segments. */
  interface SegmentCoder {
    /**
     * Codes one segment.
     *
     * @param segment what is to be coded; in reversed time where {@code reversed}
     * @param memory what was coded beside it, the sample next to the segment last
     * @param out receives the decoded segment, in the same direction
     */
    void code(Segment segment, float[] memory, float[] out);
  }

  /** A piece of the residual; one object is used again and again. */
  static final class Segment {
    /** 0 is the boundary, 1 and up are the outer sub-blocks in coding order. */
    int block;

    /** The lowest sample. */
    int first;

    int length;
    boolean reversed;

    /** Samples of the memory that are searched. */
    int memoryLength;
  }

  private final FrameMode mode;
  private final Segment segment = new Segment();
  private final float[] memory = new float[MEMORY];
  private final float[] decoded = new float[SUB_BLOCK];

  ResidualOrder(FrameMode mode) {
    this.mode = mode;
  }

  /** First sample of the start state in the frame. */
  int stateStart(int statePlace, boolean stateAtFront) {
    return (statePlace - 1) * SUB_BLOCK + (stateAtFront ? 0 : mode.boundaryLength);
  }

  /**
   * Completes a residual.
   *
   * @param residual holds the decoded start state
   * @param statePlace the first of the start state's two sub-blocks, from 1
   */
  void walk(float[] residual, int statePlace, boolean stateAtFront, SegmentCoder coder) {
    int spanStart = (statePlace - 1) * SUB_BLOCK;
    int stateStart = stateStart(statePlace, stateAtFront);
    int stateEnd = stateStart + mode.stateLength;
    select(0, stateAtFront ? stateEnd : spanStart, mode.boundaryLength);
    code(coder, residual, stateStart, stateEnd);
    int block = 1;
    for (int sub = statePlace + 1; sub < mode.subBlocks; sub++) {
      select(block++, sub * SUB_BLOCK, SUB_BLOCK);
      code(coder, residual, spanStart, segment.first);
    }
    for (int sub = statePlace - 2; sub >= 0; sub--) {
      select(block++, sub * SUB_BLOCK, SUB_BLOCK);
      code(coder, residual, segment.first + SUB_BLOCK, mode.samples);
    }
  }

  private void select(int block, int first, int length) {
    segment.block = block;
    segment.first = first;
    segment.length = length;
    segment.memoryLength = block == 0 ? AdaptiveCodebook.BOUNDARY_MEMORY : MEMORY;
  }

  /** Codes the segment out of what lies beside it, from {@code known} to {@code knownEnd}. */
  private void code(SegmentCoder coder, float[] residual, int known, int knownEnd) {
    int first = segment.first;
    int length = segment.length;
    segment.reversed = known > first;
    int count = Math.min(knownEnd - known, MEMORY);
    Arrays.fill(memory, 0, MEMORY - count, 0);
    if (!segment.reversed) {
      System.arraycopy(residual, knownEnd - count, memory, MEMORY - count, count);
      coder.code(segment, memory, decoded);
      System.arraycopy(decoded, 0, residual, first, length);
      return;
    }
    for (int k = 0; k < count; k++) {
      memory[MEMORY - 1 - k] = residual[known + k];
    }
    coder.code(segment, memory, decoded);
    for (int k = 0; k < length; k++) {
      residual[first + length - 1 - k] = decoded[k];
    }
  }
}
