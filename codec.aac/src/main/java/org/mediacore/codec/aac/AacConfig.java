package org.mediacore.codec.aac;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.Fmtp;

/**
 * An AudioSpecificConfig (ISO/IEC 14496-3 §1.6.2.1) of a kind that is decoded here: AAC-LC, AAC-LD
 * or AAC-ELD, mono or stereo, without bandwidth replication (SBR), whose frames would come out at
 * another rate than the session agreed on, and without the tools for error resilience. AAC-LD has
 * frames of 512, and AAC-LD and AAC-ELD rates of 22.05 to 48 kHz: FFmpeg takes frames of 480 of
 * AAC-LD, too, but what comes out is not what went in, and it has no tables for other rates.
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

  /** The one parameter of the codec. */
  static final String PARAMETER = "config";

  private static final int LOWEST_LOW_DELAY_RATE_HZ = 22_050;
  private static final int HIGHEST_LOW_DELAY_RATE_HZ = 48_000;

  /** Longest configuration that is looked at; those of the kinds above have two to five bytes. */
  private static final int MAX_BYTES = 64;

  private static final int[] SAMPLE_RATES_HZ = {
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
    7_350
  };

  /** A configuration in this format, with the longest frames of its kind. */
  static AacConfig lowComplexity(AudioFormat format) {
    return new AacConfig(LOW_COMPLEXITY, format.sampleRateHz(), format.channels(), 1_024);
  }

  /** The codec's parameters that say this. */
  Fmtp toFmtp() {
    return Fmtp.NONE.with(PARAMETER, toHex());
  }

  /** Reads the codec's parameters; empty where there is none, or of another kind, or cut off. */
  static Optional<AacConfig> of(Fmtp fmtp) {
    return bytes(fmtp).flatMap(AacConfig::read);
  }

  /** The octets of the codec's parameters. */
  static Optional<byte[]> bytes(Fmtp fmtp) {
    String digits = fmtp.get(PARAMETER, "");
    boolean valid =
        digits.length() % 2 == 0
            && !digits.isEmpty()
            && digits.length() <= 2 * MAX_BYTES
            && digits.matches("[0-9A-Fa-f]*");
    return valid ? Optional.of(HexFormat.of().parseHex(digits)) : Optional.empty();
  }

  /** Reads a configuration; empty where it is of another kind or cut off. */
  static Optional<AacConfig> read(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      return Optional.empty();
    }
    BitReader reader = new BitReader(bytes);
    int objectType = objectType(reader);
    int sampleRateHz = sampleRateHz(reader);
    int channels = reader.bits(4); // 1 and 2 are mono and stereo, 0 is described elsewhere
    int samplesPerFrame = samplesPerFrame(objectType, reader);
    if (sampleRateHz <= 0 || samplesPerFrame == 0 || reader.overrun()) {
      return Optional.empty();
    }
    return Optional.of(new AacConfig(objectType, sampleRateHz, channels, samplesPerFrame))
        .filter(AacConfig::isDecoded);
  }

  /** Whether it is of a kind that is decoded here. */
  boolean isDecoded() {
    boolean lowDelay = objectType != LOW_COMPLEXITY;
    boolean tables =
        sampleRateHz >= LOWEST_LOW_DELAY_RATE_HZ && sampleRateHz <= HIGHEST_LOW_DELAY_RATE_HZ;
    boolean usual = objectType != LOW_DELAY || samplesPerFrame == 512;
    return (channels == 1 || channels == 2) && usual && (tables || !lowDelay);
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

  /** Out of what follows for each object type; 0 for what is not decoded. */
  private static int samplesPerFrame(int objectType, BitReader reader) {
    boolean shorter = reader.flag(); // frameLengthFlag
    switch (objectType) {
      case LOW_COMPLEXITY:
        return !isPlain(false, reader) ? 0 : shorter ? 960 : 1_024;
      case LOW_DELAY:
        return !isPlain(true, reader) ? 0 : shorter ? 480 : 512;
      case ENHANCED_LOW_DELAY:
        return !isPlainEnhanced(reader) ? 0 : shorter ? 480 : 512;
      default:
        return 0;
    }
  }

  /** The rest of GASpecificConfig (§4.4.1), and epConfig: no core coder, no resilience. */
  private static boolean isPlain(boolean errorResilient, BitReader reader) {
    boolean plain = !reader.flag(); // dependsOnCoreCoder
    if (reader.flag()) { // extensionFlag
      plain &= !errorResilient || reader.bits(3) == 0;
      plain &= !reader.flag(); // extensionFlag3
    }
    return plain && (!errorResilient || reader.bits(2) == 0);
  }

  /** The rest of ELDSpecificConfig (§4.6.20.3), and epConfig: no resilience, SBR, extensions. */
  private static boolean isPlainEnhanced(BitReader reader) {
    return reader.bits(3) == 0 && !reader.flag() && reader.bits(4) == 0 && reader.bits(2) == 0;
  }

  /** In hexadecimal digits, as encoders write it. */
  String toHex() {
    int index = 0;
    while (SAMPLE_RATES_HZ[index] != sampleRateHz) {
      index++; // ends with an exception for a rate that AAC has no number for
    }
    int head = index << 4 | channels;
    int shorter = samplesPerFrame % 512 == 0 ? 0 : 1;
    return switch (objectType) {
      case LOW_COMPLEXITY -> "%04X".formatted(objectType << 11 | head << 3 | shorter << 2);
      // Behind the flag for the frame length: one for an extension, which says "no resilience".
      case LOW_DELAY -> "%06X".formatted(objectType << 19 | head << 11 | shorter << 10 | 1 << 8);
      default -> "%08X".formatted(0x1F << 27 | objectType - 32 << 21 | head << 13 | shorter << 12);
    };
  }

  /** What one access unit takes, where that is whole microseconds; else 0. */
  int frameDurationUs() {
    long samplesTimesMillion = samplesPerFrame * 1_000_000L;
    return samplesTimesMillion % sampleRateHz == 0 ? (int) (samplesTimesMillion / sampleRateHz) : 0;
  }

  /** Whether it is of this format. */
  boolean isOf(AudioFormat format) {
    return sampleRateHz == format.sampleRateHz() && channels == format.channels();
  }

  /** The name of the object type. */
  String kind() {
    return switch (objectType) {
      case LOW_COMPLEXITY -> "AAC-LC";
      case LOW_DELAY -> "AAC-LD";
      default -> "AAC-ELD";
    };
  }

  /**
   * Said by hand: what the compiler leaves to the JDK keeps hold of this class, in a static cache
   * of java.lang.runtime.ObjectMethods, and with it the bundle.
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof AacConfig config
        && objectType == config.objectType
        && sampleRateHz == config.sampleRateHz
        && channels == config.channels
        && samplesPerFrame == config.samplesPerFrame;
  }

  @Override
  public int hashCode() {
    return ((objectType * 31 + sampleRateHz) * 31 + channels) * 31 + samplesPerFrame;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s %d Hz, %d channel(s), frames of %d",
        kind(),
        sampleRateHz,
        channels,
        samplesPerFrame);
  }
}
