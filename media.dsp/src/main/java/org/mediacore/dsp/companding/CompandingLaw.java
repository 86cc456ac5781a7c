package org.mediacore.dsp.companding;

/**
 * The two laws of ITU-T G.711 (11/1988), between 16-bit samples and the octets on the wire (every
 * second bit of A-law inverted, all bits but the sign of µ-law).
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
 * <p>A sample is cut to 13 bits (A-law) or 14 (µ-law), towards minus infinity, and takes the step
 * it is in, as ITU-T G.191 does; an octet gives the middle of its step. So an octet that was
 * decoded is encoded to itself, but for the negative zero of µ-law (0x7F), which becomes 0xFF.
 *
 * <p>Immutable; any thread. Nothing is allocated per call.
 */
public enum CompandingLaw {
  /** G.711 table 1. */
  A_LAW(4, 0x55) {
    @Override
    int code(int magnitude) {
      // The first two segments have steps of one size: below 32 a magnitude is its own code.
      int segment = Math.max(0, 27 - Integer.numberOfLeadingZeros(magnitude));
      return 16 * segment + (magnitude >> segment);
    }

    @Override
    int middle(int segment, int step) {
      return segment == 0 ? 16 * step + 8 : (16 * step + 264) << segment - 1;
    }
  },

  /** G.711 table 2. */
  MU_LAW(2, 0x7F) {
    @Override
    int code(int magnitude) {
      int biased = Math.min(magnitude + 33, 0x1FFF);
      int top = 31 - Integer.numberOfLeadingZeros(biased);
      return (top - 5) * 16 + (biased >> top - 4 & 15);
    }

    @Override
    int middle(int segment, int step) {
      return ((8 * step + 132) << segment) - 132;
    }
  };

  private static final int POSITIVE = 0x80;

  private final int shift;
  private final byte[] codes;
  private final short[] samples = new short[256];

  CompandingLaw(int shift, int inverted) {
    this.shift = shift;
    codes = new byte[0x10000 >> shift];
    for (int i = 0; i < codes.length; i++) {
      int value = (short) (i << shift) >> shift;
      int octet = value < 0 ? code(~value) : code(value) | POSITIVE;
      codes[i] = (byte) (octet ^ inverted);
    }
    for (int i = 0; i < 256; i++) {
      int octet = i ^ inverted;
      int middle = middle(octet >> 4 & 7, octet & 15);
      samples[i] = (short) ((octet & POSITIVE) != 0 ? middle : -middle);
    }
  }

  /** Segment and step, seven bits, of a magnitude of 12 (A-law) or 13 bits. */
  abstract int code(int magnitude);

  /** The 16-bit magnitude that a segment's step stands for. */
  abstract int middle(int segment, int step);

  /**
   * Samples to octets.
   *
   * @param in read from {@code inOffset} on
   * @param out written from {@code outOffset} on
   * @param count how many
   */
  public void encode(short[] in, int inOffset, byte[] out, int outOffset, int count) {
    byte[] table = codes;
    int mask = table.length - 1;
    int cut = shift;
    for (int i = 0; i < count; i++) {
      out[outOffset + i] = table[in[inOffset + i] >> cut & mask];
    }
  }

  /**
   * Octets to samples.
   *
   * @param in read from {@code inOffset} on
   * @param out written from {@code outOffset} on
   * @param count how many
   */
  public void decode(byte[] in, int inOffset, short[] out, int outOffset, int count) {
    short[] table = samples;
    for (int i = 0; i < count; i++) {
      out[outOffset + i] = table[in[inOffset + i] & 0xFF];
    }
  }

  /** One octet for one sample. */
  public byte encode(short sample) {
    return codes[sample >> shift & codes.length - 1];
  }

  /** One sample for one octet. */
  public short decode(byte octet) {
    return samples[octet & 0xFF];
  }
}
