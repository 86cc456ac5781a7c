package org.mediacore.endpoint.standard;

/**
 * Samples on their way between two threads: one writes, one reads, neither waits. Counts are array
 * elements; who writes and reads whole samples of all channels finds them whole.
 */
final class SampleRing {
  private final short[] elements;
  private final int mask;
  private volatile long written;
  private volatile long read;

  /** Makes a ring for at least {@code minElements}; its size is the next power of two. */
  SampleRing(int minElements) {
    elements = new short[Integer.highestOneBit(Math.max(2, minElements) - 1) << 1];
    mask = elements.length - 1;
  }

  int capacity() {
    return elements.length;
  }

  /** What can be read now; more may come meanwhile. */
  int available() {
    return (int) (written - read);
  }

  /** What can be written now; more may be free meanwhile. */
  int free() {
    return elements.length - available();
  }

  /** Appends what fits, and tells how much it was. */
  int write(short[] pcm, int offset, int count) {
    long end = written;
    int fits = Math.min(count, free());
    int at = (int) end & mask;
    int first = Math.min(fits, elements.length - at);
    System.arraycopy(pcm, offset, elements, at, first);
    System.arraycopy(pcm, offset + first, elements, 0, fits - first);
    written = end + fits;
    return fits;
  }

  /** Takes what is there, and tells how much it was. */
  int read(short[] pcm, int offset, int count) {
    long start = read;
    int there = Math.min(count, available());
    int at = (int) start & mask;
    int first = Math.min(there, elements.length - at);
    System.arraycopy(elements, at, pcm, offset, first);
    System.arraycopy(elements, 0, pcm, offset + first, there - first);
    read = start + there;
    return there;
  }
}
