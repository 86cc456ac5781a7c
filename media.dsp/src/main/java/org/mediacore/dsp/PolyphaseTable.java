package org.mediacore.dsp;

/**
 * The immutable coefficients of one filter between two sampling rates of the ratio {@code up/down}.
 *
 * <p>The filter is a low-pass at {@code up} times the input rate: an ideal low-pass in the middle
 * of the transition band, shaped by a Kaiser window (J. F. Kaiser, "Nonrecursive digital filter
 * design using the I0-sinh window function", 1974; the formulas for beta and length are those of
 * Oppenheim and Schafer, "Discrete-Time Signal Processing", section 7.5.3). Row {@code p} of the
 * table holds every up-th coefficient from p, in the order in which they meet ever older input
 * samples.
 *
 * <p>Rows are scaled to a sum of exactly one, so a constant input gives a constant output.
 */
final class PolyphaseTable {
  /** Tables above are refused; 4 MiB. */
  static final int MAX_COEFFICIENTS = 1 << 20;

  /** Interpolation factor: there are as many rows. */
  final int up;

  /** Decimation factor. */
  final int down;

  /** Coefficients per row, a multiple of four. */
  final int taps;

  /** Group delay in units of 1/up input samples. */
  final int centre;

  /** Row p starts at p * taps. */
  final float[] coefficients;

  /**
   * What a filter must do.
   *
   * @param up interpolation factor
   * @param down decimation factor
   * @param passEdge end of the pass band, as a fraction of the input rate
   * @param stopEdge begin of the stop band, as a fraction of the input rate
   * @param stopBandDb attenuation aimed at, in dB, positive
   */
  record Spec(int up, int down, double passEdge, double stopEdge, double stopBandDb) {
    /** The least group delay, in units of 1/up input samples, that allows the stop band. */
    long halfLength() {
      return (long) Math.ceil((stopBandDb - 7.95) / (2.285 * transition()) / 2);
    }

    /** The same, with the attenuation that a longer filter allows. */
    Spec filling(long halfLength) {
      double allowedDb = 7.95 + 2.285 * transition() * 2 * (halfLength - 0.01);
      return new Spec(up, down, passEdge, stopEdge, Math.max(stopBandDb, allowedDb));
    }

    /** In radians per sample of the filter. */
    private double transition() {
      return 2 * Math.PI * (stopEdge - passEdge) / up;
    }

    /** Coefficients per row of a filter with the given group delay. */
    long tapsFor(long centre) {
      long rowLength = (2 * centre + up) / up; // ceil((2 * centre + 1) / up)
      return (rowLength + 3) / 4 * 4;
    }
  }

  /**
   * @param spec what it must do
   * @param centre group delay in units of 1/up input samples, at least the spec's half length
   */
  PolyphaseTable(Spec spec, int centre) {
    this.up = spec.up();
    this.down = spec.down();
    this.centre = centre;
    this.taps = (int) spec.tapsFor(centre);
    this.coefficients = new float[up * taps];
    double cutoff = Math.PI * (spec.passEdge() + spec.stopEdge()) / up;
    double beta = 0.1102 * (spec.stopBandDb() - 8.7);
    int halfLength = (int) spec.halfLength();
    for (int row = 0; row < up; row++) {
      fillRow(row, halfLength, cutoff, beta);
    }
  }

  private void fillRow(int row, int halfLength, double cutoff, double beta) {
    double[] exact = new double[taps];
    double sum = 0;
    for (int tap = 0; tap < taps; tap++) {
      int distance = row + tap * up - centre;
      if (Math.abs(distance) > halfLength) {
        continue;
      }
      double sinc = distance == 0 ? cutoff : Math.sin(cutoff * distance) / distance;
      double x = (double) distance / (halfLength + 1);
      exact[tap] = sinc * besselI0(beta * Math.sqrt(1 - x * x));
      sum += exact[tap];
    }
    for (int tap = 0; tap < taps; tap++) {
      coefficients[row * taps + tap] = (float) (exact[tap] / sum);
    }
  }

  /** Modified Bessel function of the first kind, order zero, by its power series. */
  private static double besselI0(double x) {
    double quarter = x * x / 4;
    double term = 1;
    double sum = 1;
    for (int k = 1; term > sum * 1e-17; k++) {
      term *= quarter / ((double) k * k);
      sum += term;
    }
    return sum;
  }
}
