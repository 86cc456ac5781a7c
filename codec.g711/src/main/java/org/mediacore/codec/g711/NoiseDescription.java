package org.mediacore.codec.g711;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaStatus;

/**
 * What a comfort noise packet says (RFC 3389 §3): how loud the background is, and its spectrum as
 * reflection coefficients of an all-pole filter, as many as the payload has bytes for.
 *
 * <pre>
 *   0               1               2
 *   0 1 2 3 4 5 6 7 0 1 2 3 4 5 6 7 0 1 ...
 *  +-+-------------+---------------+-------+
 *  |0| level       |      N1       |  N2 ...   level in -dBov; k = 258 (N - 127) / 32768
 *  +-+-------------+---------------+-------+
 * </pre>
 *
 * <p>The sign is that of A(z) = 1 + a1 z^-1 + ..., whose last coefficient is the last reflection: a
 * low-pass spectrum has a negative first one. A value that is changed in place; one thread.
 */
final class NoiseDescription {
  /** Reflection coefficients that are kept; further ones of a payload count as zero (§3). */
  static final int MAX_ORDER = LinearPrediction.ORDER;

  static final int SOFTEST = 127;

  /**
   * The sample that 0 dBov is: RFC 3389 §3.1 measures against a square wave of the loudest code,
   * 8031 of 14 bits.
   */
  private static final double OVERLOAD = 8031 * 4;

  private static final int ZERO = 127;
  private static final int LARGEST = 254; // 255 is reserved
  private static final double STEP = 258.0 / 32_768;

  /** Below full scale, in dB; 0 to 127. */
  int levelDb = SOFTEST;

  int order;
  final double[] reflections = new double[MAX_ORDER];

  /** Root mean square of the noise in 16-bit units. */
  double rms() {
    return OVERLOAD * Math.pow(10, -levelDb / 20.0);
  }

  /** Sets the level by the mean of squared samples. */
  void power(double meanSquare) {
    double db = -10 * Math.log10(Math.max(meanSquare, 1e-9) / (OVERLOAD * OVERLOAD));
    levelDb = (int) Math.max(0, Math.min(SOFTEST, Math.round(db)));
  }

  /**
   * Reads a payload, from position to limit; its position stays.
   *
   * @return 0, or {@link MediaStatus#BAD_INPUT} for one without a byte: nothing has changed
   */
  int read(ByteBuffer payload) {
    if (!payload.hasRemaining()) {
      return MediaStatus.BAD_INPUT;
    }
    int from = payload.position();
    levelDb = payload.get(from) & 0x7F;
    order = Math.min(MAX_ORDER, payload.remaining() - 1);
    for (int i = 0; i < order; i++) {
      int index = Math.min(LARGEST, payload.get(from + 1 + i) & 0xFF);
      reflections[i] = (index - ZERO) * STEP;
    }
    return 0;
  }

  /** Bytes that {@link #write} takes. */
  int bytes() {
    return 1 + order;
  }

  /** Writes a payload from the position on, which is advanced; there is room. */
  void write(ByteBuffer out) {
    out.put((byte) levelDb);
    for (int i = 0; i < order; i++) {
      long index = Math.round(reflections[i] / STEP) + ZERO;
      out.put((byte) Math.max(0, Math.min(LARGEST, index)));
    }
  }
}
