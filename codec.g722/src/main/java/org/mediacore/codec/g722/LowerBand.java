package org.mediacore.codec.g722;

/**
 * The ADPCM of the lower band, 0 to 4 kHz: 6 bits per sample, of which a decoder may be given 5 or
 * 4. The state of encoder and decoder is the same and depends on the upper 4 bits alone, so that
 * losing the others never lets them drift apart (G.722 clauses 3.3 and 6.2.1).
 */
final class LowerBand {
  /**
   * Decision levels in units of an eighth of the step, without the 0 below (table Q6 of clause
   * 6.2.1.1); the last is repeated to make the search even.
   */
  private static final int[] LEVELS = {
    35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786, 858, 940, 1023,
    1121, 1219, 1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919, 2919, 2919
  };

  /** The last interval: beyond all levels. */
  private static final int LAST = 30;

  /** Output levels of the 4-bit quantizer by code (QM4 of clause 6.2.1.2). */
  private static final int[] OUT_4_BITS = {
    0, -20456, -12896, -8968, -6288, -4240, -2584, -1200,
    20456, 12896, 8968, 6288, 4240, 2584, 1200, 0
  };

  /** Of the 5-bit quantizer (QM5 of clause 6.2.1.5). */
  private static final int[] OUT_5_BITS = {
    -280, -280, -23352, -17560, -14120, -11664, -9752, -8184,
    -6864, -5712, -4696, -3784, -2960, -2208, -1520, -880,
    23352, 17560, 14120, 11664, 9752, 8184, 6864, 5712,
    4696, 3784, 2960, 2208, 1520, 880, 280, -280
  };

  /** Of the 6-bit quantizer (QM6 of clause 6.2.1.5). */
  private static final int[] OUT_6_BITS = {
    -136, -136, -136, -136, -24808, -21904, -19008, -16704,
    -14984, -13512, -12280, -11192, -10232, -9360, -8576, -7856,
    -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576,
    -3168, -2776, -2400, -2032, -1688, -1360, -1040, -728,
    24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192,
    10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456,
    4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032,
    1688, 1360, 1040, 728, 432, 136, -432, -136
  };

  /** Change of the step's logarithm by 4-bit code (RL42 and WL of clause 6.2.1.3). */
  private static final int[] STEP_CHANGES = {
    -60, 3042, 1198, 538, 334, 172, 58, -30,
    3042, 1198, 538, 334, 172, 58, -30, -60
  };

  private final int[] outputs;
  private final int droppedBits;
  private final StepSize step = StepSize.ofLowerBand();
  private final Predictor predictor = new Predictor();

  /**
   * @param mode how many bits {@link #decode} uses
   */
  LowerBand(Mode mode) {
    droppedBits = mode.droppedBits;
    outputs =
        switch (mode) {
          case KBPS_64 -> OUT_6_BITS;
          case KBPS_56 -> OUT_5_BITS;
          case KBPS_48 -> OUT_4_BITS;
        };
  }

  /** Encodes a sample of 15 bits as a code of 6 (QUANTL, block 1L). */
  int encode(int sample) {
    int difference = Predictor.saturate(sample - predictor.predicted());
    int minus = difference >> 31;
    int interval = interval(difference ^ minus);
    // ILP counts down from 61; ILN starts with 63 and 62, then counts down from 31.
    int code = minus == 0 ? 62 - interval : interval < 3 ? 64 - interval : 34 - interval;
    adapt(code >> 2);
    return code;
  }

  /** Which interval a magnitude is in, 1 to 30: a binary search without branches. */
  private int interval(int magnitude) {
    int[] levels = LEVELS;
    int stepNow = step.value();
    int below = 0;
    for (int half = 16; half > 0; half >>= 1) {
      int level = levels[below + half - 1] * stepNow >> 12;
      below += half & ~(magnitude - level >> 31);
    }
    return Math.min(below + 1, LAST);
  }

  /** Decodes a code of 6 bits to a sample of 15 (clause 6.2.1.5 and LIMIT of 6.2.1.6). */
  int decode(int code) {
    int difference = step.value() * outputs[code >> droppedBits] >> 15;
    int sample = predictor.predicted() + difference;
    adapt(code >> 2);
    return Math.max(-16_384, Math.min(16_383, sample));
  }

  private void adapt(int code4) {
    int difference = step.value() * OUT_4_BITS[code4] >> 15;
    step.adapt(STEP_CHANGES[code4]);
    predictor.update(difference);
  }
}
