package org.mediacore.codec.ilbc;

import static org.mediacore.codec.ilbc.FrameMode.SUB_BLOCK;
import static org.mediacore.codec.ilbc.LinearFilter.ORDER;
import static org.mediacore.codec.ilbc.LinearFilter.ROW;

import java.util.Arrays;
import org.mediacore.codec.ilbc.ResidualOrder.Segment;

/**
 * Decodes frames of one mode, RFC 3951 §4: parameters, predictors, residual, enhancement,
 * synthesis, high-pass. A frame that is marked empty or places its start state nowhere is treated
 * as lost.
 */
final class FrameDecoder implements ResidualOrder.SegmentCoder {
  /** No speech gets here; an unstable filter of a forged frame does. */
  private static final float RUNAWAY = 1e7f;

  /** Below this a state is zero: keeps silence out of the slow range of floats. */
  private static final float NOTHING = 1e-15f;

  private static final int FIRST_LAG = 20;

  private final FrameMode mode;
  private final FrameLayout layout;
  private final int[] fields;
  private final float[][] lsf;
  private final float[] lsfBefore = new float[ORDER];
  private final float[] predictors;

  /** Rows of the frame before, then of this one: the enhancer is late. */
  private final float[] rows;

  private final float[] residual;
  private final float[] speech;
  private final LineSpectrum spectrum = new LineSpectrum();
  private final StartState startState;
  private final ResidualOrder order;
  private final AdaptiveCodebook codebook = new AdaptiveCodebook();
  private final Concealment concealment;
  private final Enhancer enhancer;
  private final HighPass highPass = HighPass.ofDecoder();
  private int lag;
  private boolean lastWasLost;

  FrameDecoder(FrameMode mode) {
    this.mode = mode;
    layout = FrameLayout.of(mode);
    fields = new int[layout.fields];
    lsf = new float[mode.lpcSets][ORDER];
    predictors = new float[mode.subBlocks * ROW];
    rows = new float[2 * mode.subBlocks * ROW];
    residual = new float[mode.samples];
    speech = new float[ORDER + mode.samples];
    startState = new StartState(mode);
    order = new ResidualOrder(mode);
    concealment = new Concealment(mode);
    enhancer = new Enhancer(mode);
    reset();
  }

  private void reset() {
    LineSpectrum.fillMean(lsfBefore);
    Arrays.fill(rows, 0);
    for (int row = 0; row < 2 * mode.subBlocks; row++) {
      rows[row * ROW] = 1;
    }
    Arrays.fill(speech, 0);
    concealment.reset();
    enhancer.reset();
    highPass.reset();
    lag = FIRST_LAG;
    lastWasLost = false;
  }

  /** Decodes a frame of {@code mode.bytes} to {@code mode.samples}. */
  void decode(byte[] data, int offset, short[] pcm, int to) {
    layout.unpack(data, offset, fields);
    int place = fields[layout.statePlace];
    if (layout.isEmpty(data, offset) || place < 1 || place >= mode.subBlocks) {
      conceal(pcm, to);
      return;
    }
    layout.openGaps(fields);
    for (int set = 0; set < mode.lpcSets; set++) {
      LsfCodebook.decode(fields, layout.lsf + set * LsfCodebook.SPLITS, lsf[set]);
      LineSpectrum.separate(lsf[set]);
    }
    spectrum.interpolate(mode, lsfBefore, lsf, predictors);
    System.arraycopy(lsf[mode.lpcSets - 1], 0, lsfBefore, 0, ORDER);
    boolean atFront = fields[layout.stateAtFront] == 1;
    int row = (place - 1) * ROW;
    int start = order.stateStart(place, atFront);
    startState.decode(fields, predictors, row, residual, start);
    order.walk(residual, place, atFront, this);
    concealment.received(residual, predictors, (mode.subBlocks - 1) * ROW);
    synthesize(lastWasLost, pcm, to);
    lastWasLost = false;
  }

  /** Makes up a frame that was lost. */
  void conceal(short[] pcm, int to) {
    concealment.conceal(lag, residual);
    for (int block = 0; block < mode.subBlocks; block++) {
      System.arraycopy(concealment.predictor(), 0, predictors, block * ROW, ROW);
    }
    synthesize(lastWasLost, pcm, to);
    lastWasLost = true;
  }

  @Override
  public void code(Segment segment, float[] memory, float[] out) {
    codebook.load(memory, 0, segment.memoryLength, segment.length);
    codebook.construct(fields, layout, segment.block, out);
  }

  private void synthesize(boolean afterLoss, short[] pcm, int to) {
    int half = mode.subBlocks * ROW;
    System.arraycopy(rows, half, rows, 0, half);
    System.arraycopy(predictors, 0, rows, half, half);
    // What is synthesised now lies back by the enhancer's delay: one sub-block or two.
    int late = mode == FrameMode.MODE_20 ? 1 : 2;
    lag = enhancer.process(residual, afterLoss, speech, ORDER);
    for (int block = 0; block < mode.subBlocks; block++) {
      int row = half + (block - late) * ROW;
      LinearFilter.synthesize(rows, row, speech, ORDER + block * SUB_BLOCK, SUB_BLOCK);
    }
    float level = 0;
    for (int n = mode.samples; n < mode.samples + ORDER; n++) {
      float state = speech[n];
      speech[n - mode.samples] = state;
      level += Math.abs(state);
    }
    if (level < NOTHING) {
      Arrays.fill(speech, 0, ORDER, 0);
    }
    highPass.filter(speech, ORDER, mode.samples);
    for (int n = 0; n < mode.samples; n++) {
      float sample = speech[ORDER + n];
      pcm[to + n] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, sample));
    }
    if (!(level < RUNAWAY)) {
      reset();
    }
  }
}
