package org.mediacore.codec.g722;

/**
 * What a decoder makes of codes before it knows anything of the signal: the quantized differences
 * of both bands, which depend on the codes alone (G.722 clauses 6.2.1.2, 6.2.1.3, 6.2.1.5, 6.2.2.2
 * and 6.2.2.3). Both in one loop, so that the processor works on one while the other waits for its
 * step size.
 */
final class InverseQuantizers {
  private final int[] fineOutputs;
  private final int droppedBits;
  private int lowerLog;
  private int higherLog;

  /**
   * @param mode how many bits of the lower band's code count
   */
  InverseQuantizers(Mode mode) {
    fineOutputs = LowerBand.outputsOf(mode);
    droppedBits = mode.droppedBits;
  }

  /**
   * Reads a block.
   *
   * @param octets codes of both bands
   * @param count how many, at most {@link Qmf#BLOCK}
   * @param lower takes the differences that the lower band's predictor sees: those of 4 bits
   * @param fine receives those that are heard
   * @param higher takes the differences of the higher band
   */
  void read(byte[] octets, int count, ZeroSection lower, int[] fine, ZeroSection higher) {
    int[] outputs = fineOutputs;
    int dropped = droppedBits;
    int lowLog = lowerLog;
    int highLog = higherLog;
    for (int i = 0; i < count; i++) {
      int octet = octets[i];
      int code4 = octet >> 2 & 15;
      int lowStep = StepSize.LOWER_STEPS[lowLog >> 6];
      fine[i] = lowStep * outputs[(octet & 63) >> dropped] >> 15;
      lower.put(i, lowStep * LowerBand.OUT_4_BITS[code4] >> 15);
      lowLog = StepSize.moved(lowLog, LowerBand.STEP_CHANGES[code4], StepSize.LOWER_MAX);
      int code2 = octet >> 6 & 3;
      int highStep = StepSize.HIGHER_STEPS[highLog >> 6];
      higher.put(i, highStep * HigherBand.OUT[code2] >> 15);
      highLog = StepSize.moved(highLog, HigherBand.STEP_CHANGES[code2], StepSize.HIGHER_MAX);
    }
    lowerLog = lowLog;
    higherLog = highLog;
  }
}
