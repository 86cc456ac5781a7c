package org.mediacore.codec.ilbc;

/**
 * The second-order high-pass filters of RFC 3951: 90 Hz before encoding (§3.1), 65 Hz after
 * decoding (§4.8); coefficients of appendix A.8.
 */
final class HighPass {
  /** Below this a state is zero: keeps silence out of the slow range of floats. */
  private static final float NOTHING = 1e-15f;

  private final float b0;
  private final float b1;
  private final float b2;
  private final float a1;
  private final float a2;
  private float in1;
  private float in2;
  private float out1;
  private float out2;

  private HighPass(float b0, float b1, float b2, float a1, float a2) {
    this.b0 = b0;
    this.b1 = b1;
    this.b2 = b2;
    this.a1 = a1;
    this.a2 = a2;
  }

  static HighPass ofEncoder() {
    return new HighPass(0.92727436f, -1.8544941f, 0.92727436f, -1.9059465f, 0.9114024f);
  }

  static HighPass ofDecoder() {
    return new HighPass(0.93980581f, -1.8795834f, 0.93980581f, -1.9330735f, 0.93589199f);
  }

  /** Filters in place. */
  void filter(float[] signal, int from, int count) {
    for (int n = from; n < from + count; n++) {
      float in = signal[n];
      float out = b0 * in + b1 * in1 + b2 * in2 - a1 * out1 - a2 * out2;
      in2 = in1;
      in1 = in;
      out2 = out1;
      out1 = out;
      signal[n] = out;
    }
    if (Math.abs(out1) + Math.abs(out2) < NOTHING) {
      out1 = 0;
      out2 = 0;
    }
  }

  void reset() {
    in1 = 0;
    in2 = 0;
    out1 = 0;
    out2 = 0;
  }
}
