package org.mediacore.codec.aac;

import java.util.Optional;
import org.mediacore.api.codec.AudioFormat;

/**
 * An AudioSpecificConfig (ISO/IEC 14496-3 §1.6.2.1) of a kind that is decoded here: AAC-LC, AAC-LD
 * or AAC-ELD, mono or stereo, without bandwidth replication (SBR), whose frames would come out at
 * another rate than the session agreed on.
 *
 * @param objectType 2 (LC), 23 (ER LD) or 39 (ER ELD)
 * @param sampleRateHz samples per second and channel
 * @param channels 1 or 2
 * @param samplesPerFrame samples per channel in one access unit
 */
record AacConfig(int objectType, int sampleRateHz, int channels, int samplesPerFrame) {
  static final int LOW_COMPLEXITY = 2;
  static final int LOW_DELAY = 23;
  static final int ENHANCED_LOW_DELAY = 39;

  /** Longest configuration that is looked at; those of the kinds above have two to five bytes. */
  private static final int MAX_BYTES = 64;

  private static final int[] SAMPLE_RATES_HZ = {
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
    7_350
  };

  /** The configuration of AAC-LC in this format, in hexadecimal digits. */
  static String lowComplexity(AudioFormat format) {
    int index = 0;
    while (SAMPLE_RATES_HZ[index] != format.sampleRateHz()) {
      index++; // ends with an exception for a rate that AAC has no number for
    }
    int bits = LOW_COMPLEXITY << 11 | index << 7 | format.channels() << 3;
    return "%04X".formatted(bits);
  }

  /** Reads a configuration; empty where it is of another kind or cut off. */
  static Optional<AacConfig> read(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      return Optional.empty();
    }
    BitReader reader = new BitReader(bytes).start(0, bytes.length * 8);
    int objectType = objectType(reader);
    int sampleRateHz = sampleRateHz(reader);
    int channels = reader.bits(4); // 1 and 2 are mono and stereo, 0 is described elsewhere
    int samplesPerFrame = samplesPerFrame(objectType, reader);
    boolean known = sampleRateHz > 0 && samplesPerFrame > 0 && (channels == 1 || channels == 2);
    if (!known || reader.overrun()) {
      return Optional.empty();
    }
    return Optional.of(new AacConfig(objectType, sampleRateHz, channels, samplesPerFrame));
  }

  private static int objectType(BitReader reader) {
    int type = reader.bits(5);
    return type == 31 ? 32 + reader.bits(6) : type;
  }

  private static int sampleRateHz(BitReader reader) {
    int index = reader.bits(4);
    if (index == 15) {
      return reader.bits(24);
    }
    return index < SAMPLE_RATES_HZ.length ? SAMPLE_RATES_HZ[index] : 0;
  }

  /**
   * Out of GASpecificConfig (§4.4.1) or ELDSpecificConfig (§4.6.20.3); 0 for what is not decoded.
   */
  private static int samplesPerFrame(int objectType, BitReader reader) {
    boolean shorter = reader.flag(); // frameLengthFlag
    switch (objectType) {
      case LOW_COMPLEXITY:
        return shorter ? 960 : 1_024;
      case LOW_DELAY:
        return shorter ? 480 : 512;
      case ENHANCED_LOW_DELAY:
        reader.bits(3); // resilience of sections, scale factors, spectral data
        boolean replication = reader.flag(); // ldSbrPresentFlag
        return replication ? 0 : shorter ? 480 : 512;
      default:
        return 0;
    }
  }
}
