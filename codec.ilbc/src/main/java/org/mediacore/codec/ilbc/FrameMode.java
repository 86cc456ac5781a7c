package org.mediacore.codec.ilbc;

/**
 * The two frame lengths of iLBC (RFC 3951 §2). A frame is cut into sub-blocks of 40 samples. Two
 * neighbouring ones hold the start state, which is coded first; it is a little shorter than them,
 * and the <em>boundary</em> is what remains. The other sub-blocks follow outwards.
 */
enum FrameMode {
  MODE_20(20, 4, 1, 57, 38),
  MODE_30(30, 6, 2, 58, 50);

  /** Samples in a sub-block. */
  static final int SUB_BLOCK = 40;

  /** Samples in the two sub-blocks around the start state. */
  static final int STATE_SPAN = 2 * SUB_BLOCK;

  /** Stages of the codebook search. */
  static final int STAGES = 3;

  /** Samples in the longest frame. */
  static final int MAX_SAMPLES = 240;

  /** The value of the {@code mode} parameter, RFC 3952 §4.2. */
  final int frameMs;

  final int subBlocks;

  /** Sets of line spectral frequencies. */
  final int lpcSets;

  /** Samples in the start state. */
  final int stateLength;

  /** Bytes of a coded frame. */
  final int bytes;

  /** Samples in a frame. */
  final int samples;

  /** Samples beside the start state in its two sub-blocks: 23 or 22. */
  final int boundaryLength;

  /** Sub-blocks outside of the start state's. */
  final int outerBlocks;

  FrameMode(int frameMs, int subBlocks, int lpcSets, int stateLength, int bytes) {
    this.frameMs = frameMs;
    this.subBlocks = subBlocks;
    this.lpcSets = lpcSets;
    this.stateLength = stateLength;
    this.bytes = bytes;
    samples = subBlocks * SUB_BLOCK;
    boundaryLength = STATE_SPAN - stateLength;
    outerBlocks = subBlocks - 2;
  }
}
