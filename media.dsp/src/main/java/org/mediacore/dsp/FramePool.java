package org.mediacore.dsp;

/**
 * A fixed number of frames that are lent and given back, all allocated beforehand. A frame is named
 * by its number.
 *
 * <p>One thread at a time. The content of a frame is what its last user left.
 */
public final class FramePool {
  /** What {@link #acquire} returns when all frames are lent. */
  public static final int EXHAUSTED = -1;

  private final short[][] frames;
  private final int[] free;
  private final boolean[] lent;
  private int freeCount;

  /**
   * @param frames how many, from 1
   * @param frameElements array elements of each, from 1
   * @throws IllegalArgumentException if a value is below 1
   */
  public FramePool(int frames, int frameElements) {
    if (frames < 1 || frameElements < 1) {
      throw new IllegalArgumentException(
          "frames " + frames + ", frameElements " + frameElements + ": each from 1");
    }
    this.frames = new short[frames][frameElements];
    free = new int[frames];
    lent = new boolean[frames];
    for (int i = 0; i < frames; i++) {
      free[i] = frames - 1 - i;
    }
    freeCount = frames;
  }

  /** Lends a frame: its number, or {@link #EXHAUSTED}. The one given back last comes first. */
  public int acquire() {
    if (freeCount == 0) {
      return EXHAUSTED;
    }
    int frame = free[--freeCount];
    lent[frame] = true;
    return frame;
  }

  /**
   * The samples of a frame.
   *
   * @param frame a number that {@link #acquire} returned
   */
  public short[] samples(int frame) {
    return frames[frame];
  }

  /**
   * Takes a frame back.
   *
   * @param frame a number that {@link #acquire} returned
   * @throws IllegalStateException if it is not lent: it was given back twice
   */
  public void release(int frame) {
    if (!lent[frame]) {
      throw new IllegalStateException("frame " + frame + " is not lent");
    }
    lent[frame] = false;
    free[freeCount++] = frame;
  }

  /** How many can be lent now. */
  public int available() {
    return freeCount;
  }
}
