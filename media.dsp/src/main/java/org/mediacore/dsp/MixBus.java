package org.mediacore.dsp;

import java.util.Arrays;

/**
 * Sums the talkers of a room and gives each listener the sum without what it said itself
 * ("mix-minus"), through {@link SoftLimiter}.
 *
 * <p>For one tick: {@link #clear}, {@link #add} for every active talker, then {@link #output} for
 * every listener; a listener that was added passes the very samples again to have them taken out.
 * The sum is exact (32-bit integers, room for 65,000 talkers), so as long as it stays under the
 * limiter's threshold an output is exactly the sum of the others.
 *
 * <p>The instance owns the sum and is used by one thread at a time. Nothing is allocated after
 * construction.
 */
public final class MixBus {
  private final int[] sum;
  private final int channels;

  /**
   * @param maxSamples samples per channel of the longest block, from 1
   * @param channels interleaved channels of every talker and listener, from 1
   * @throws IllegalArgumentException if a value is below 1
   */
  public MixBus(int maxSamples, int channels) {
    if (maxSamples < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "maxSamples " + maxSamples + ", channels " + channels + ": each from 1");
    }
    this.sum = new int[maxSamples * channels];
    this.channels = channels;
  }

  /** Starts the next tick: the sum is silence over the whole length of the bus. */
  public void clear() {
    Arrays.fill(sum, 0);
  }

  /**
   * Adds a talker's block from the start of the bus.
   *
   * @param pcm interleaved samples, read only
   * @param offset first array element to read
   * @param samples samples per channel, at most maxSamples
   */
  public void add(short[] pcm, int offset, int samples) {
    int length = samples * channels;
    for (int i = 0; i < length; i++) {
      sum[i] += pcm[offset + i];
    }
  }

  /**
   * Writes the sum of all talkers, for a listener that did not talk.
   *
   * @param out receives interleaved samples
   * @param outOffset first array element to write
   * @param samples samples per channel, at most maxSamples
   */
  public void output(short[] out, int outOffset, int samples) {
    int length = samples * channels;
    for (int i = 0; i < length; i++) {
      out[outOffset + i] = SoftLimiter.limit(sum[i]);
    }
  }

  /**
   * Writes the sum of all talkers but one.
   *
   * @param excluded the interleaved samples that this listener has added in this tick, read only
   * @param excludedOffset first array element of them
   * @param out receives interleaved samples; may be {@code excluded} at the same offset
   * @param outOffset first array element to write
   * @param samples samples per channel, at most maxSamples
   */
  public void output(
      short[] excluded, int excludedOffset, short[] out, int outOffset, int samples) {
    int length = samples * channels;
    for (int i = 0; i < length; i++) {
      out[outOffset + i] = SoftLimiter.limit(sum[i] - excluded[excludedOffset + i]);
    }
  }
}
