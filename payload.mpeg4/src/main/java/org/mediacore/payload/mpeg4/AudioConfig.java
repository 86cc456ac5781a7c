package org.mediacore.payload.mpeg4;

/**
 * How long an AudioSpecificConfig (ISO/IEC 14496-3 §1.6.2.1) is, which nothing but its content
 * says. What it means is the codec's business.
 */
final class AudioConfig {
  /** Where it is not known how long one is. */
  static final int UNKNOWN = -1;

  private static final int SCALABLE_BSAC = 22;
  private static final int ENHANCED_LOW_DELAY = 39;

  private AudioConfig() {}

  /**
   * Reads a configuration up to its last bit; an extension that says backwards compatibly that
   * there is bandwidth replication is not part of it.
   *
   * @return its length in bits; {@link #UNKNOWN} where it is of a kind that is not known here
   *     (bandwidth replication, parametric stereo, scalable, channels described one by one, error
   *     protection) or cut off
   */
  static int lengthBits(Bits bits) {
    int from = bits.position();
    int type = bits.bits(5);
    type = type == 31 ? 32 + bits.bits(6) : type;
    if (bits.bits(4) == 15) {
      bits.skip(24); // the sampling rate itself
    }
    int channels = bits.bits(4);
    boolean known =
        channels > 0
            && (type == ENHANCED_LOW_DELAY ? enhancedLowDelay(bits) : general(type, bits))
            && !(isErrorResilient(type) && bits.bits(2) != 0); // epConfig
    return known && !bits.overrun() ? bits.position() - from : UNKNOWN;
  }

  /** GASpecificConfig (§4.4.1). */
  private static boolean general(int type, Bits bits) {
    switch (type) {
      case 1, 2, 3, 4, 7, 17, 19, 21, 22, 23:
        break;
      default:
        return false;
    }
    bits.skip(1); // frameLengthFlag
    if (bits.flag()) {
      bits.skip(14); // coreCoderDelay
    }
    if (bits.flag()) {
      if (type == SCALABLE_BSAC) {
        bits.skip(5 + 11); // numOfSubFrame, layer_length
      }
      if (type == 17 || type == 19 || type == 23) {
        bits.skip(3); // resilience of sections, scale factors, spectral data
      }
      bits.skip(1); // extensionFlag3
    }
    return true;
  }

  /** ELDSpecificConfig (§4.6.20.3). */
  private static boolean enhancedLowDelay(Bits bits) {
    bits.skip(4); // frameLengthFlag; resilience of sections, scale factors, spectral data
    if (bits.flag()) {
      return false; // ldSbrPresentFlag
    }
    while (bits.bits(4) != 0 && !bits.overrun()) { // eldExtType
      int length = bits.bits(4);
      if (length == 15) {
        int more = bits.bits(8);
        length += more;
        length += more == 255 ? bits.bits(16) : 0;
      }
      bits.skip(8 * length);
    }
    return true;
  }

  private static boolean isErrorResilient(int type) {
    return type == 17 || type >= 19 && type <= 27 || type == ENHANCED_LOW_DELAY;
  }
}
