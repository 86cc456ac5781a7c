package org.mediacore.runtime.pipeline;

import java.util.Arrays;

/**
 * The audio that a processor was given last: what a successor is primed with. One thread; allocates
 * nothing after construction.
 */
final class SampleHistory {
  private final int channels;
  private final short[] ring;
  private long count;

  /**
   * @param samples how many samples per channel are kept
   */
  SampleHistory(int samples, int channels) {
    this(new short[samples * channels], channels, 0);
  }

  private SampleHistory(short[] ring, int channels, long count) {
    this.ring = ring;
    this.channels = channels;
    this.count = count;
  }

  /** Keeps samples. */
  void add(short[] pcm, int offset, int samples) {
    int elements = samples * channels;
    int skipped = Math.max(0, elements - ring.length);
    int at = (int) ((count * channels + skipped) % ring.length);
    int left = elements - skipped;
    int first = Math.min(left, ring.length - at);
    System.arraycopy(pcm, offset + skipped, ring, at, first);
    System.arraycopy(pcm, offset + skipped + first, ring, 0, left - first);
    count += samples;
  }

  /** How many samples per channel there have been. */
  long count() {
    return count;
  }

  /** The number of the oldest sample that is kept, counted from 0. */
  long oldest() {
    return Math.max(0, count - ring.length / channels);
  }

  /** Reads samples that are kept, from number {@code from} on, into {@code pcm}. */
  void read(long from, short[] pcm, int offset, int samples) {
    int elements = samples * channels;
    int at = (int) (from * channels % ring.length);
    int first = Math.min(elements, ring.length - at);
    System.arraycopy(ring, at, pcm, offset, first);
    System.arraycopy(ring, 0, pcm, offset + first, elements - first);
  }

  /** What is kept, for another thread. */
  SampleHistory copy() {
    return new SampleHistory(Arrays.copyOf(ring, ring.length), channels, count);
  }
}
