package org.mediacore.codec.g722;

/**
 * The adaptive predictor of one band: two poles and six zeros, moved by the signs of what was
 * reconstructed (G.722 clauses 3.6 and 6.2.1.4, block 4; the same in both bands and on both sides).
 *
 * <p>Arithmetic is that of the Recommendation: 16 bits, saturating, products rounded down. Where a
 * value cannot leave 16 bits, saturation is left out and the reason said. The delay lines are
 * fields, not arrays: nothing is checked, and the compiler sees all of it.
 */
final class Predictor {
  /** Pole coefficients AL1 and AL2. */
  private int a1;

  private int a2;

  /** Zero coefficients BL1 to BL6. */
  private int b1;

  private int b2;
  private int b3;
  private int b4;
  private int b5;
  private int b6;

  /** Twice the quantized differences before the current one, DLT1 to DLT6, saturated. */
  private int d1;

  private int d2;
  private int d3;
  private int d4;
  private int d5;
  private int d6;

  /** Twice the reconstructed signal before, RLT1, saturated. */
  private int twiceR1;

  /** The partly reconstructed signal before, PLT1 and PLT2. */
  private int p1;

  private int p2;

  /** What the zeros contribute: SZL. */
  private int zeros;

  /** The predicted signal: SL. */
  private int predicted;

  /** What the next sample is expected to be. */
  int predicted() {
    return predicted;
  }

  /**
   * Takes the quantized difference of a sample and predicts the next.
   *
   * @param d DLT in the lower band, DH in the higher
   */
  void update(int d) {
    int twiceR0 = 2 * (predicted + d); // RECONS
    int twiceD = 2 * d;
    if ((twiceR0 + 32_768 | twiceD + 32_768) >>> 16 != 0) { // one of them leaves 16 bits
      twiceR0 = saturate(twiceR0); // as saturating before and after doubling
      twiceD = saturate(twiceD);
    }
    updatePoles(d + zeros); // PARREC; only its sign is used, which saturating would keep
    updateZeros(d, twiceD);
    zeros = filterZeros();
    int poles = (a1 * twiceR0 >> 15) + (a2 * twiceR1 >> 15); // FILTEP
    twiceR1 = twiceR0;
    int sum = poles + zeros; // PREDIC
    boolean fits = (poles + 32_768 | sum + 32_768) >>> 16 == 0;
    predicted = fits ? sum : saturate(saturate(poles) + zeros);
  }

  /** UPPOL2 and UPPOL1. */
  private void updatePoles(int p0) {
    int same1 = (p0 ^ p1) >> 31; // 0 where the signs are equal, else -1
    int same2 = (p0 ^ p2) >> 31;
    // Not down to -32,768: by 128 that is as much, and negated it would have to be saturated.
    int slope = Math.max(-32_767, Math.min(32_767, a1 << 2));
    int change2 = (slope ^ ~same1) - ~same1; // negated where signs are equal
    int next2 = (128 ^ same2) - same2 + (change2 >> 7) + (a2 * 127 >> 7);
    a2 = Math.max(-12_288, Math.min(12_288, next2));
    // |a1| stays below 27,648, so that its sum with 192 needs no saturation.
    int next1 = (192 ^ same1) - same1 + (a1 * 255 >> 8);
    int limit = 15_360 - a2;
    a1 = Math.max(-limit, Math.min(limit, next1));
    p2 = p1;
    p1 = p0;
  }

  /**
   * UPZERO and DELAYA. Doubling keeps the sign; 255/256 of 16 bits and 128 more never leave 16
   * bits.
   */
  private void updateZeros(int d, int twiceD) {
    int change = (d >> 31 | -d >>> 31) << 7; // 128 with the sign of d, or 0 for 0
    b1 = (b1 * 255 >> 8) + signed(change, d1);
    b2 = (b2 * 255 >> 8) + signed(change, d2);
    b3 = (b3 * 255 >> 8) + signed(change, d3);
    b4 = (b4 * 255 >> 8) + signed(change, d4);
    b5 = (b5 * 255 >> 8) + signed(change, d5);
    b6 = (b6 * 255 >> 8) + signed(change, d6);
    d6 = d5;
    d5 = d4;
    d4 = d3;
    d3 = d2;
    d2 = d1;
    d1 = twiceD;
  }

  /**
   * FILTEZ. Saturating after every addition changes nothing unless a partial sum leaves 16 bits,
   * which is asked once for all of them.
   */
  private int filterZeros() {
    int z6 = b6 * d6 >> 15;
    int z5 = z6 + (b5 * d5 >> 15);
    int z4 = z5 + (b4 * d4 >> 15);
    int z3 = z4 + (b3 * d3 >> 15);
    int z2 = z3 + (b2 * d2 >> 15);
    int z1 = z2 + (b1 * d1 >> 15);
    int seen = z5 + 32_768 | z4 + 32_768 | z3 + 32_768 | z2 + 32_768 | z1 + 32_768;
    return seen >>> 16 == 0 ? z1 : filterZerosSaturating();
  }

  private int filterZerosSaturating() {
    int sum = b6 * d6 >> 15;
    sum = saturate(sum + (b5 * d5 >> 15));
    sum = saturate(sum + (b4 * d4 >> 15));
    sum = saturate(sum + (b3 * d3 >> 15));
    sum = saturate(sum + (b2 * d2 >> 15));
    return saturate(sum + (b1 * d1 >> 15));
  }

  private static int signed(int change, int sign) {
    int minus = sign >> 31;
    return (change ^ minus) - minus;
  }

  static int saturate(int value) {
    return Math.max(-32_768, Math.min(32_767, value));
  }
}
