package org.mediacore.runtime.pipeline;

import java.util.Arrays;

/**
 * The frames that an encoder was given last, at least 200 ms: what a successor is primed with. One
 * thread; allocates nothing after construction.
 */
final class FrameHistory {
  private static final int KEPT_US = 200_000;

  private final int frameElements;
  private final int frames;
  private final short[] pcm;
  private long count;

  /**
   * @param frameElements array elements of a frame
   * @param frameDurationUs its duration
   */
  FrameHistory(int frameElements, int frameDurationUs) {
    this(frameElements, (KEPT_US + frameDurationUs - 1) / frameDurationUs, null, 0);
  }

  private FrameHistory(int frameElements, int frames, short[] pcm, long count) {
    this.frameElements = frameElements;
    this.frames = frames;
    this.pcm = pcm == null ? new short[frameElements * frames] : pcm;
    this.count = count;
  }

  /** Keeps a frame. */
  void add(short[] source, int offset) {
    System.arraycopy(source, offset, pcm, offset(count), frameElements);
    count++;
  }

  /** How many frames there have been. */
  long count() {
    return count;
  }

  /** The number of the oldest frame that is kept, counted from 0. */
  long oldest() {
    return Math.max(0, count - frames);
  }

  /** The samples; a frame begins at {@link #offset}. */
  short[] pcm() {
    return pcm;
  }

  /** Where a frame that is kept begins. */
  int offset(long number) {
    return (int) (number % frames) * frameElements;
  }

  /** What is kept, for another thread. */
  FrameHistory copy() {
    return new FrameHistory(frameElements, frames, Arrays.copyOf(pcm, pcm.length), count);
  }
}
