package org.mediacore.codec.g711;

/**
 * The two laws of ITU-T G.711 (11/1988) as lookup tables.
 *
 * <p>A code has a sign, the number of a segment and a step within that segment. Steps double in
 * size from segment to segment, so that the error stays in proportion to the signal:
 *
 * <pre>
 *     7     6   5   4     3   2   1   0
 *  +------+-------------+---------------+
 *  | sign |   segment   |     step      |   sign 1: positive
 *  +------+-------------+---------------+
 * </pre>
 *
 * <p>On the wire A-law inverts every second bit (mask 0x55), µ-law all but the sign (mask 0x7F):
 * G.711 tables 1a to 2b, column 6. A-law resolves 13 bits, µ-law 14; samples here are 16-bit, their
 * low bits are cut when encoding and zero when decoding, as ITU-T G.191 does.
 */
enum CompandingLaw {
  /** G.711 table 1. Its finest step is two units of 13 bits, so that 12 bits matter. */
  A_LAW("PCMA", 8, 4) {
    @Override
    int codeOf(int magnitude) {
      int segment = 0;
      int step = magnitude;
      while (step > 31) {
        step >>= 1;
        segment++;
      }
      // Segments 0 and 1 have the same step size: there a magnitude is its own code.
      return segment * 16 + step;
    }

    @Override
    int magnitudeOf(int segment, int step) {
      int middle = 2 * step + 1; // of the step, in halves of the finest one
      return segment == 0 ? middle << 3 : (middle + 32) << (segment + 2);
    }

    @Override
    int wireMask() {
      return 0x55;
    }
  },

  /** G.711 table 2. A bias of 33 makes the segments begin at powers of two. */
  MU_LAW("PCMU", 0, 2) {
    @Override
    int codeOf(int magnitude) {
      int biased = Math.min(magnitude + BIAS, 0x1FFF);
      int segment = 26 - Integer.numberOfLeadingZeros(biased); // 32..63 is segment 0
      return segment * 16 + ((biased >> (segment + 1)) & 0xF);
    }

    @Override
    int magnitudeOf(int segment, int step) {
      return (((2 * step + BIAS) << segment) - BIAS) << 2;
    }

    @Override
    int wireMask() {
      return 0x7F;
    }
  };

  private static final int BIAS = 33;
  private static final int SIGN = 0x80;

  /** The encoding name of RFC 3551. */
  final String encoding;

  /** RFC 3551 table 4. */
  final int staticPayloadType;

  /**
   * How many low bits of a sample do not matter: samples are encoded by {@code sample >> shift}.
   */
  final int shift;

  /** The code of each shortened sample, at {@code (sample >> shift) & (length - 1)}. */
  final byte[] codes;

  /** The sample of each code. */
  final short[] samples;

  CompandingLaw(String encoding, int staticPayloadType, int shift) {
    this.encoding = encoding;
    this.staticPayloadType = staticPayloadType;
    this.shift = shift;
    codes = new byte[1 << (16 - shift)];
    samples = new short[256];
    fillTables();
  }

  private void fillTables() {
    for (int i = 0; i < codes.length; i++) {
      int shortened = (short) (i << shift) >> shift;
      // One's complement, not two's: -1 is as far below zero as 0 is above.
      int magnitude = shortened < 0 ? ~shortened : shortened;
      int sign = shortened < 0 ? 0 : SIGN;
      codes[i] = (byte) ((sign | codeOf(magnitude)) ^ wireMask());
    }
    for (int wire = 0; wire < 256; wire++) {
      int code = wire ^ wireMask();
      int magnitude = magnitudeOf((code >> 4) & 7, code & 0xF);
      samples[wire] = (short) ((code & SIGN) != 0 ? magnitude : -magnitude);
    }
  }

  /** Segment and step of a shortened magnitude. */
  abstract int codeOf(int magnitude);

  /** The 16-bit magnitude in the middle of a step. */
  abstract int magnitudeOf(int segment, int step);

  /** The bits that are inverted on the wire. */
  abstract int wireMask();
}
