package org.mediacore.dsp;

/**
 * A ring of samples between two sides that work with different block lengths (a codec's 20 ms
 * frames and a room's 10 ms ticks).
 *
 * <p>Neither side waits or throws: a write takes what fits, a read gives what is there, and both
 * say how much. The instance owns its samples; one thread at a time; nothing is allocated after
 * construction.
 */
public final class SampleFifo {
  private final short[] ring;
  private final int channels;
  private int readIndex;
  private int elements;

  /**
   * @param capacitySamples most samples per channel that it holds, from 1
   * @param channels interleaved channels, from 1
   * @throws IllegalArgumentException if a value is below 1
   */
  public SampleFifo(int capacitySamples, int channels) {
    if (capacitySamples < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "capacitySamples " + capacitySamples + ", channels " + channels + ": each from 1");
    }
    this.ring = new short[capacitySamples * channels];
    this.channels = channels;
  }

  /**
   * Appends samples.
   *
   * @param pcm interleaved samples, read only
   * @param offset first array element to read
   * @param samples samples per channel to append
   * @return samples per channel appended: fewer than asked where the ring is full
   */
  public int write(short[] pcm, int offset, int samples) {
    int taken = Math.min(samples, space());
    int length = taken * channels;
    int writeIndex = wrap(readIndex + elements);
    int first = Math.min(length, ring.length - writeIndex);
    System.arraycopy(pcm, offset, ring, writeIndex, first);
    System.arraycopy(pcm, offset + first, ring, 0, length - first);
    elements += length;
    return taken;
  }

  /**
   * Takes the oldest samples out.
   *
   * @param pcm receives interleaved samples
   * @param offset first array element to write
   * @param samples samples per channel wanted
   * @return samples per channel read: fewer than wanted where the ring runs empty; the rest of
   *     {@code pcm} is left as it was
   */
  public int read(short[] pcm, int offset, int samples) {
    int given = Math.min(samples, available());
    int length = given * channels;
    int first = Math.min(length, ring.length - readIndex);
    System.arraycopy(ring, readIndex, pcm, offset, first);
    System.arraycopy(ring, 0, pcm, offset + first, length - first);
    drop(length);
    return given;
  }

  /**
   * Drops the oldest samples.
   *
   * @param samples samples per channel
   * @return samples per channel dropped: fewer where the ring runs empty
   */
  public int skip(int samples) {
    int skipped = Math.min(samples, available());
    drop(skipped * channels);
    return skipped;
  }

  /** Samples per channel that can be read. */
  public int available() {
    return elements / channels;
  }

  /** Samples per channel that can still be written. */
  public int space() {
    return (ring.length - elements) / channels;
  }

  /** Drops everything. */
  public void clear() {
    readIndex = 0;
    elements = 0;
  }

  private void drop(int length) {
    readIndex = wrap(readIndex + length);
    elements -= length;
  }

  private int wrap(int index) {
    return index >= ring.length ? index - ring.length : index;
  }
}
