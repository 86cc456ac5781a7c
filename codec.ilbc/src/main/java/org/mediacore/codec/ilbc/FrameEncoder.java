package org.mediacore.codec.ilbc;

import static org.mediacore.codec.ilbc.FrameMode.SUB_BLOCK;
import static org.mediacore.codec.ilbc.LinearFilter.ORDER;
import static org.mediacore.codec.ilbc.LinearFilter.ROW;

import org.mediacore.codec.ilbc.ResidualOrder.Segment;

/**
 * Encodes frames of one mode, RFC 3951 §3: high-pass, linear prediction, residual, start state, and
 * the codebook search outwards from it, each step on what the decoder will have.
 */
final class FrameEncoder implements ResidualOrder.SegmentCoder {
  /** The weighting filter is 1/A(z/0.4222) of the unquantised predictor, RFC 3951 §3.4. */
  private static final float WEIGHTING_CHIRP = 0.4222f;

  private final FrameMode mode;
  private final FrameLayout layout;
  private final int[] fields;
  private final float[] speech;
  private final float[] residual;
  private final float[] decoded;
  private final float[] target = new float[SUB_BLOCK];
  private final float[][] lsf;
  private final float[][] codedLsf;
  private final float[] lsfBefore = new float[ORDER];
  private final float[] codedLsfBefore = new float[ORDER];
  private final float[] predictors;
  private final float[] weights;
  private final HighPass highPass = HighPass.ofEncoder();
  private final LineSpectrum spectrum = new LineSpectrum();
  private final LpcAnalysis analysis;
  private final StateQuantizer stateQuantizer;
  private final StartState startState;
  private final ResidualOrder order;
  private final CodebookSearch search;
  private final AdaptiveCodebook codebook = new AdaptiveCodebook();

  FrameEncoder(FrameMode mode) {
    this.mode = mode;
    layout = FrameLayout.of(mode);
    fields = new int[layout.fields];
    speech = new float[ORDER + mode.samples];
    residual = new float[mode.samples];
    decoded = new float[mode.samples];
    lsf = new float[mode.lpcSets][ORDER];
    codedLsf = new float[mode.lpcSets][ORDER];
    predictors = new float[mode.subBlocks * ROW];
    weights = new float[mode.subBlocks * ROW];
    analysis = new LpcAnalysis(mode);
    stateQuantizer = new StateQuantizer(mode);
    startState = new StartState(mode);
    order = new ResidualOrder(mode);
    search = new CodebookSearch(layout);
    LineSpectrum.fillMean(lsfBefore);
    LineSpectrum.fillMean(codedLsfBefore);
    for (float[] set : lsf) {
      LineSpectrum.fillMean(set);
    }
  }

  /** Encodes {@code mode.samples} samples to {@code mode.bytes}. */
  void encode(short[] pcm, int from, byte[] data, int to) {
    System.arraycopy(speech, mode.samples, speech, 0, ORDER);
    for (int n = 0; n < mode.samples; n++) {
      speech[ORDER + n] = pcm[from + n];
    }
    highPass.filter(speech, ORDER, mode.samples);
    predict();
    for (int block = 0; block < mode.subBlocks; block++) {
      int at = block * SUB_BLOCK;
      LinearFilter.analyze(predictors, block * ROW, speech, ORDER + at, residual, at, SUB_BLOCK);
    }
    stateQuantizer.place(residual, fields);
    int place = fields[layout.statePlace];
    boolean atFront = fields[layout.stateAtFront] == 1;
    int start = order.stateStart(place, atFront);
    stateQuantizer.encode(residual, start, predictors, weights, fields);
    int row = (place - 1) * ROW;
    startState.decode(fields, predictors, row, decoded, start);
    order.walk(decoded, place, atFront, this);
    layout.closeGaps(fields);
    layout.pack(fields, data, to);
  }

  /** Quantised predictors for all sub-blocks, and the weighting filters. */
  private void predict() {
    analysis.analyze(speech, ORDER, lsf);
    for (int set = 0; set < mode.lpcSets; set++) {
      int field = layout.lsf + set * LsfCodebook.SPLITS;
      LsfCodebook.encode(lsf[set], fields, field);
      LsfCodebook.decode(fields, field, codedLsf[set]);
      LineSpectrum.separate(codedLsf[set]);
    }
    spectrum.interpolate(mode, lsfBefore, lsf, weights);
    spectrum.interpolate(mode, codedLsfBefore, codedLsf, predictors);
    for (int block = 0; block < mode.subBlocks; block++) {
      LinearFilter.widen(weights, block * ROW, weights, block * ROW, WEIGHTING_CHIRP);
    }
    System.arraycopy(lsf[mode.lpcSets - 1], 0, lsfBefore, 0, ORDER);
    System.arraycopy(codedLsf[mode.lpcSets - 1], 0, codedLsfBefore, 0, ORDER);
  }

  @Override
  public void code(Segment segment, float[] memory, float[] out) {
    for (int n = 0; n < segment.length; n++) {
      int at = segment.reversed ? segment.first + segment.length - 1 - n : segment.first + n;
      target[n] = residual[at];
    }
    int row = segment.first / SUB_BLOCK * ROW;
    search.search(segment, memory, target, weights, row, fields);
    codebook.load(memory, 0, segment.memoryLength, segment.length);
    codebook.construct(fields, layout, segment.block, out);
  }
}
