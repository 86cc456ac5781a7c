package org.mediacore.dsp;

/**
 * Conversion between mono and interleaved stereo, with gains that cannot clip: mono goes to both
 * sides unchanged, stereo becomes the average of its sides (ITU-R BS.775 would weight the sum by
 * 0.707, which clips). Mono made stereo and made mono again is the original, bit for bit.
 *
 * <p>Stateless; any thread. Input and output may be the same array at the same offset.
 */
public final class Channels {
  private Channels() {}

  /**
   * Averages the two sides, rounding halves up.
   *
   * @param stereo interleaved input
   * @param stereoOffset first array element to read
   * @param mono receives the output
   * @param monoOffset first array element to write
   * @param samples samples per channel
   */
  public static void stereoToMono(
      short[] stereo, int stereoOffset, short[] mono, int monoOffset, int samples) {
    for (int i = 0; i < samples; i++) {
      int from = stereoOffset + 2 * i;
      mono[monoOffset + i] = (short) ((stereo[from] + stereo[from + 1] + 1) >> 1);
    }
  }

  /**
   * Copies the one channel to both sides.
   *
   * @param mono input
   * @param monoOffset first array element to read
   * @param stereo receives the interleaved output
   * @param stereoOffset first array element to write
   * @param samples samples per channel
   */
  public static void monoToStereo(
      short[] mono, int monoOffset, short[] stereo, int stereoOffset, int samples) {
    int last = samples - 1;
    for (int i = 0; i < samples; i++) { // from the end, so that it works in place
      short value = mono[monoOffset + last - i];
      int to = stereoOffset + 2 * (last - i);
      stereo[to] = value;
      stereo[to + 1] = value;
    }
  }

  /**
   * Converts a block from one channel count to another, or copies it.
   *
   * @param in interleaved input
   * @param inOffset first array element to read
   * @param inChannels 1 or 2
   * @param out receives interleaved output
   * @param outOffset first array element to write
   * @param outChannels 1 or 2; anything but 1 is taken as 2, for both counts
   * @param samples samples per channel
   */
  public static void convert(
      short[] in,
      int inOffset,
      int inChannels,
      short[] out,
      int outOffset,
      int outChannels,
      int samples) {
    if (inChannels == outChannels) {
      System.arraycopy(in, inOffset, out, outOffset, samples * inChannels);
    } else if (outChannels == 1) {
      stereoToMono(in, inOffset, out, outOffset, samples);
    } else {
      monoToStereo(in, inOffset, out, outOffset, samples);
    }
  }
}
