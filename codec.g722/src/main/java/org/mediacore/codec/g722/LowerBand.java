package org.mediacore.codec.g722;

/**
 * The ADPCM encoder of the lower band, 0 to 4 kHz, and its tables: 6 bits per sample, of which a
 * decoder may be given 5 or 4. The state of encoder and decoder is the same and depends on the
 * upper 4 bits alone, so that losing the others never lets them drift apart (G.722 clauses 3.3 and
 * 6.2.1).
 */
final class LowerBand {
  /**
   * Decision levels in units of an eighth of the step, without the 0 below (table Q6 of clause
   * 6.2.1.1).
   */
  private static final int[] LEVELS = {
    35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786, 858, 940, 1023,
    1121, 1219, 1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919
  };

  /** From 2919 on, all is in the last interval. */
  private static final int MAX_RATIO = 2919;

  /** Where the codes of negative differences begin. */
  private static final int NEGATIVE = 4096;

  /** The code of every ratio of magnitude to step, first for positive differences. */
  private static final byte[] CODES = codes();

  /** Output levels of the 4-bit quantizer by code (QM4 of clause 6.2.1.2). */
  static final int[] OUT_4_BITS = {
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
  static final int[] STEP_CHANGES = {
    -60, 3042, 1198, 538, 334, 172, 58, -30,
    3042, 1198, 538, 334, 172, 58, -30, -60
  };

  private final StepSize step = StepSize.ofLowerBand();
  private final Predictor predictor = new Predictor();

  /**
   * The quantizer that a decoder hears.
   *
   * @param mode how many bits it uses
   */
  static int[] outputsOf(Mode mode) {
    return switch (mode) {
      case KBPS_64 -> OUT_6_BITS;
      case KBPS_56 -> OUT_5_BITS;
      case KBPS_48 -> OUT_4_BITS;
    };
  }

  /** Encodes a sample of 15 bits as a code of 6 (QUANTL, block 1L). */
  int encode(int sample) {
    int difference = Predictor.saturate(sample - predictor.predicted());
    int magnitude = difference ^ difference >> 31;
    // A level counts if its product with the step, shifted down by 12, is not above the magnitude:
    // that is, if the level is not above this quotient.
    int ratio = Math.min(((magnitude + 1 << 12) - 1) / step.value(), MAX_RATIO);
    int code = CODES[ratio + (NEGATIVE & difference >> 31)];
    adapt(code >> 2);
    return code;
  }

  /** Tables ILP and ILN: 61 downwards; 63 and 62, then 31 downwards. */
  private static byte[] codes() {
    byte[] codes = new byte[NEGATIVE + MAX_RATIO + 1];
    int interval = 1;
    for (int ratio = 0; ratio <= MAX_RATIO; ratio++) {
      if (interval <= LEVELS.length && ratio == LEVELS[interval - 1]) {
        interval++;
      }
      codes[ratio] = (byte) (62 - interval);
      codes[NEGATIVE + ratio] = (byte) ((interval < 3 ? 64 : 34) - interval);
    }
    return codes;
  }

  private void adapt(int code4) {
    int difference = step.value() * OUT_4_BITS[code4] >> 15;
    step.adapt(STEP_CHANGES[code4]);
    predictor.update(difference);
  }
}
