package org.mediacore.codec.g722;

/**
 * The ADPCM encoder of the higher band, 4 to 8 kHz, and its tables: 2 bits per sample, a sign and
 * whether the difference is large (G.722 clauses 3.3 and 6.2.2).
 */
final class HigherBand {
  /** The one decision level in units of an eighth of the step (Q2 of clause 6.2.2.1). */
  private static final int LEVEL = 564;

  /** Output levels by code (QM2 of clause 6.2.2.2). */
  static final int[] OUT = {-7408, -1616, 7408, 1616};

  /** Change of the step's logarithm by code (RH2 and WH of clause 6.2.2.3). */
  static final int[] STEP_CHANGES = {798, -214, 798, -214};

  private final StepSize step = StepSize.ofHigherBand();
  private final Predictor predictor = new Predictor();

  /** Encodes a sample of 15 bits as a code of 2 (QUANTH, block 1H). */
  int encode(int sample) {
    int difference = Predictor.saturate(sample - predictor.predicted());
    int minus = difference >> 31;
    int level = LEVEL * step.value() >> 12;
    int small = (difference ^ minus) - level >>> 31;
    int code = (2 & ~minus) + small;
    adapt(code);
    return code;
  }

  private void adapt(int code) {
    int difference = step.value() * OUT[code] >> 15;
    step.adapt(STEP_CHANGES[code]);
    predictor.update(difference);
  }
}
