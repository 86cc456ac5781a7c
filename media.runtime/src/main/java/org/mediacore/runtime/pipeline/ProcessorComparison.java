package org.mediacore.runtime.pipeline;

import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.processing.AudioProcessor;
import org.mediacore.runtime.processing.ProcessorProvider;

/** Two processors that are given the same audio, in blocks of 20 ms. */
final class ProcessorComparison implements Comparison {
  private static final int BLOCK_US = 20_000;

  private final SampleHistory history;
  private final AudioFormat format;
  private final Tally tally;
  private final ProcessorProvider predecessorProvider;
  private final ProcessorProvider newcomerProvider;
  private final AudioProcessor predecessor;
  private final AudioProcessor newcomer;
  private final short[] left;
  private final short[] right;
  private String thrown = "";
  private long done;

  /**
   * @param history the audio; read on the loop only
   */
  ProcessorComparison(
      SampleHistory history,
      AudioFormat format,
      ProcessorProvider predecessor,
      ProcessorProvider newcomer,
      Tally tally)
      throws MediaSetupException {
    this.history = history;
    this.format = format;
    this.tally = tally;
    this.left = new short[format.elementsIn(BLOCK_US)];
    this.right = new short[format.elementsIn(BLOCK_US)];
    this.predecessorProvider = predecessor;
    this.newcomerProvider = newcomer;
    this.predecessor = predecessor.create(format);
    try {
      this.newcomer = newcomer.create(format);
    } catch (MediaSetupException | RuntimeException failed) {
      predecessor.close(this.predecessor);
      throw failed;
    }
  }

  @Override
  public Runnable next() {
    SampleHistory copy = history.copy();
    return () -> work(copy);
  }

  private void work(SampleHistory copy) {
    int block = format.samplesIn(BLOCK_US);
    done = Math.max(done, copy.oldest());
    while (copy.count() - done >= block) {
      compare(copy, block);
      done += block;
    }
  }

  private void compare(SampleHistory copy, int samples) {
    copy.read(done, left, 0, samples);
    copy.read(done, right, 0, samples);
    long start = System.nanoTime();
    int expected = process(predecessor, left, samples);
    long between = System.nanoTime();
    int given = process(newcomer, right, samples);
    tally.frame(between - start, System.nanoTime() - between);
    if (given != samples) {
      tally.fault(
          thrown.isEmpty()
              ? "processed " + MediaStatus.nameOf(given) + " of " + samples + " samples"
              : thrown);
    } else if (expected == samples) {
      tally.audio(left, right, samples, format.channels());
    }
  }

  private int process(AudioProcessor processor, short[] pcm, int samples) {
    thrown = "";
    try {
      return processor.process(pcm, 0, samples);
    } catch (Throwable broken) {
      thrown = broken.toString();
      return MediaStatus.FAILED;
    }
  }

  @Override
  public void close() {
    try {
      predecessorProvider.close(predecessor);
    } finally {
      newcomerProvider.close(newcomer);
    }
  }
}
