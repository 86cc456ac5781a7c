package org.mediacore.ffmpeg;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which codec to open, and how. Made by {@link #of}, refined by copies.
 *
 * @param name FFmpeg's name of the decoder or encoder, such as {@code libopencore_amrnb}
 * @param sampleRateHz samples per second and channel; some decoders need it before the first packet
 * @param channels 1 to 8
 * @param bitrateBps bits per second of an encoder; 0 for the codec's default
 * @param configuration what describes the stream ahead of it (FFmpeg's extradata), such as the
 *     AudioSpecificConfig of AAC; empty where there is none; copied
 * @param options further options by FFmpeg's names
 */
public record CodecSetup(
    String name,
    int sampleRateHz,
    int channels,
    int bitrateBps,
    byte[] configuration,
    Map<String, String> options) {

  public CodecSetup {
    if (sampleRateHz < 1 || channels < 1 || channels > 8 || bitrateBps < 0) {
      throw new IllegalArgumentException(
          "sampleRateHz must be positive, channels 1..8, bitrateBps not negative: "
              + sampleRateHz
              + ", "
              + channels
              + ", "
              + bitrateBps);
    }
    configuration = configuration.clone();
    options = Map.copyOf(options);
  }

  /** A codec without configuration and options, at its own bit rate. */
  public static CodecSetup of(String name, int sampleRateHz, int channels) {
    return new CodecSetup(name, sampleRateHz, channels, 0, new byte[0], Map.of());
  }

  /** A copy with a bit rate. */
  public CodecSetup withBitrateBps(int newBitrateBps) {
    return new CodecSetup(name, sampleRateHz, channels, newBitrateBps, configuration, options);
  }

  /** A copy with a configuration. */
  public CodecSetup withConfiguration(byte[] newConfiguration) {
    return new CodecSetup(name, sampleRateHz, channels, bitrateBps, newConfiguration, options);
  }

  /** A copy with one more option. */
  public CodecSetup withOption(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(options);
    more.put(key, value);
    return new CodecSetup(name, sampleRateHz, channels, bitrateBps, configuration, more);
  }

  /** A copy: the record keeps its own. */
  @Override
  public byte[] configuration() {
    return configuration.clone();
  }

  @Override
  public String toString() {
    return name + " at " + sampleRateHz + " Hz, " + channels + " channel(s)";
  }
}
