package org.mediacore.codec.g722;

/**
 * The two poles of both bands' predictors in a decoder, and the signal that they reconstruct (G.722
 * clause 6.2.1.4, blocks RECONS, PARREC, UPPOL1, UPPOL2, FILTEP and PREDIC). Each sample waits for
 * the one before it; with both bands in one loop the processor works on one while the other waits.
 * The state lives in local variables, so that it need not go through memory.
 */
final class PoleSections {
  private final State lowerState = new State();
  private final State higherState = new State();

  /** What a band keeps from block to block; the names are those of {@link Predictor}. */
  private static final class State {
    private int a1;
    private int a2;
    private int twiceR1;
    private int predicted;

    /** Signs of the partly reconstructed signal before: 0 or -1. */
    private int p1;

    private int p2;

    private void keep(int a1, int a2, int twiceR1, int predicted, int p1, int p2) {
      this.a1 = a1;
      this.a2 = a2;
      this.twiceR1 = twiceR1;
      this.predicted = predicted;
      this.p1 = p1;
      this.p2 = p2;
    }
  }

  /**
   * Reconstructs a block.
   *
   * @param low filtered, of the lower band
   * @param fine differences of the lower band that are heard
   * @param high filtered, of the higher band
   * @param lower receives samples of 16 bits and a little more
   * @param higher likewise
   */
  void reconstruct(
      ZeroSection low, int[] fine, ZeroSection high, int count, int[] lower, int[] higher) {
    State l = lowerState;
    State h = higherState;
    int la1 = l.a1, la2 = l.a2, lTwiceR1 = l.twiceR1, lSum = l.predicted, lp1 = l.p1, lp2 = l.p2;
    int ha1 = h.a1, ha2 = h.a2, hTwiceR1 = h.twiceR1, hSum = h.predicted, hp1 = h.p1, hp2 = h.p2;
    int lZeros = low.zerosBefore();
    int hZeros = high.zerosBefore();
    for (int i = 0; i < count; i++) {
      lower[i] = lSum + fine[i];
      int lTwiceD = low.twice(i);
      int lp0 = (lTwiceD >> 1) + lZeros >> 31; // saturating would keep the sign
      int lTwiceR0 = Predictor.saturate(2 * lSum + lTwiceD);
      la2 = pole2(la1, la2, lp0 ^ lp1, lp0 ^ lp2);
      la1 = pole1(la1, la2, lp0 ^ lp1);
      lp2 = lp1;
      lp1 = lp0;
      lZeros = low.zeros[i];
      int lPoles = (la1 * lTwiceR0 >> 15) + (la2 * lTwiceR1 >> 15);
      lTwiceR1 = lTwiceR0;
      lSum = lPoles + lZeros;

      int hTwiceD = high.twice(i);
      higher[i] = hSum + (hTwiceD >> 1);
      int hp0 = (hTwiceD >> 1) + hZeros >> 31;
      int hTwiceR0 = Predictor.saturate(2 * hSum + hTwiceD);
      ha2 = pole2(ha1, ha2, hp0 ^ hp1, hp0 ^ hp2);
      ha1 = pole1(ha1, ha2, hp0 ^ hp1);
      hp2 = hp1;
      hp1 = hp0;
      hZeros = high.zeros[i];
      int hPoles = (ha1 * hTwiceR0 >> 15) + (ha2 * hTwiceR1 >> 15);
      hTwiceR1 = hTwiceR0;
      hSum = hPoles + hZeros;

      int all = lPoles + 32_768 | lSum + 32_768 | hPoles + 32_768 | hSum + 32_768;
      if (all >>> 16 != 0) { // one of them leaves 16 bits
        lSum = Predictor.saturate(Predictor.saturate(lPoles) + lZeros);
        hSum = Predictor.saturate(Predictor.saturate(hPoles) + hZeros);
      }
    }
    l.keep(la1, la2, lTwiceR1, lSum, lp1, lp2);
    h.keep(ha1, ha2, hTwiceR1, hSum, hp1, hp2);
  }

  /**
   * UPPOL2.
   *
   * @param same1 0 where the sign is that of one sample before, else -1
   * @param same2 of two samples before
   */
  private static int pole2(int a1, int a2, int same1, int same2) {
    int other1 = ~same1;
    // Four times a1, saturated and shifted down by 7; negated where the signs are equal.
    int slope = Math.max(-256, Math.min(255, (a1 ^ other1) - other1 >> 5));
    int next = (128 ^ same2) - same2 + slope + (a2 * 127 >> 7);
    return Math.max(-12_288, Math.min(12_288, next));
  }

  /** UPPOL1; |a1| stays below 27,648, so that its sum with 192 needs no saturation. */
  private static int pole1(int a1, int a2, int same1) {
    int limit = 15_360 - a2;
    return Math.max(-limit, Math.min(limit, (192 ^ same1) - same1 + (a1 * 255 >> 8)));
  }
}
