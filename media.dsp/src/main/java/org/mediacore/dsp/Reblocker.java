package org.mediacore.dsp;

/**
 * Cuts audio that comes in blocks of any length into frames of one length.
 *
 * <p>Push a block, then take frames until there are none; only then push the next:
 *
 * <pre>
 *   reblocker.push(pcm, offset, samples);
 *   while (reblocker.next()) {
 *     encoder.encode(reblocker.array(), reblocker.offset(), frameSamples, payload);
 *   }
 * </pre>
 *
 * <p>A frame that lies whole in the block is given where it lies, without copying; so blocks that
 * have the right length already cost nothing. What is left over, less than a frame, is kept for the
 * next block. The block belongs to the caller again once {@link #next} has returned false.
 *
 * <p>One thread at a time; nothing is allocated after construction.
 */
public final class Reblocker {
  private final int channels;
  private final int frameElements;

  /** A frame of which the beginning is already there. */
  private final short[] started;

  private int startedElements;
  private short[] block;
  private int blockAt;
  private int blockEnd;
  private short[] array;
  private int offset;

  /**
   * @param frameSamples samples per channel of a frame, from 1
   * @param channels interleaved channels, from 1
   * @throws IllegalArgumentException if a value is below 1
   */
  public Reblocker(int frameSamples, int channels) {
    if (frameSamples < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "frameSamples " + frameSamples + ", channels " + channels + ": each from 1");
    }
    this.channels = channels;
    frameElements = frameSamples * channels;
    started = new short[frameElements];
    block = started;
    array = started;
  }

  /**
   * Takes the next block.
   *
   * @param pcm interleaved samples, read only, the reblocker's until {@link #next} returns false
   * @param offset first array element to read
   * @param samples samples per channel, any number from 0
   * @throws IllegalStateException if frames of the former block were not taken
   */
  public void push(short[] pcm, int offset, int samples) {
    if (blockAt != blockEnd) {
      throw new IllegalStateException("the former block has frames that were not taken");
    }
    block = pcm;
    blockAt = offset;
    blockEnd = offset + samples * channels;
  }

  /**
   * Moves on to the next frame.
   *
   * @return whether there is one; if not, what is left of the block has been kept
   */
  public boolean next() {
    if (startedElements == 0 && blockEnd - blockAt >= frameElements) {
      array = block;
      offset = blockAt;
      blockAt += frameElements;
      return true;
    }
    int taken = Math.min(frameElements - startedElements, blockEnd - blockAt);
    System.arraycopy(block, blockAt, started, startedElements, taken);
    blockAt += taken;
    startedElements += taken;
    if (startedElements < frameElements) {
      block = started; // let the caller's array go
      blockAt = 0;
      blockEnd = 0;
      return false;
    }
    startedElements = 0;
    array = started;
    offset = 0;
    return true;
  }

  /** The array that holds the frame; valid until the next call of {@link #next}. */
  public short[] array() {
    return array;
  }

  /** The first array element of the frame. */
  public int offset() {
    return offset;
  }

  /** Samples per channel that are kept for the next frame. */
  public int pending() {
    return startedElements / channels;
  }

  /** Drops what is kept, and what was not taken of a block. */
  public void clear() {
    startedElements = 0;
    block = started;
    blockAt = 0;
    blockEnd = 0;
  }
}
