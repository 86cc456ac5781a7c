package org.mediacore.api.codec;

/**
 * The shape of audio in memory: interleaved signed 16-bit samples in a {@code short[]}. Everywhere
 * in the platform {@code samples} counts per channel and {@code offset} counts array elements.
 *
 * @param sampleRateHz samples per second and channel, 1 to 384,000
 * @param channels 1 (mono) or 2 (left, right)
 */
public record AudioFormat(int sampleRateHz, int channels) {
  public AudioFormat {
    if (sampleRateHz < 1 || sampleRateHz > 384_000) {
      throw new IllegalArgumentException("sampleRateHz must be 1..384000: " + sampleRateHz);
    }
    if (channels < 1 || channels > 2) {
      throw new IllegalArgumentException("channels must be 1 or 2: " + channels);
    }
  }

  /** Samples per channel in {@code durationUs} microseconds, rounded down. */
  public int samplesIn(int durationUs) {
    return (int) ((long) sampleRateHz * durationUs / 1_000_000);
  }

  /** Array elements that {@code durationUs} microseconds take. */
  public int elementsIn(int durationUs) {
    return samplesIn(durationUs) * channels;
  }

  @Override
  public String toString() {
    return sampleRateHz + " Hz " + (channels == 1 ? "mono" : "stereo");
  }
}
