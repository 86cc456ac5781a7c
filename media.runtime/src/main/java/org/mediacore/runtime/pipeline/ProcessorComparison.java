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
  private final ComparedPair<ProcessorProvider, AudioProcessor> pair;
  private final short[] left;
  private final short[] right;
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
    this.pair =
        new ComparedPair<>(
            predecessor,
            newcomer,
            provider -> provider.create(format),
            ProcessorProvider::close,
            tally);
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
      copy.read(done, left, 0, block);
      copy.read(done, right, 0, block);
      if (!pair.work(
          processor -> processor.process(left, 0, block),
          processor -> processor.process(right, 0, block))) {
        return;
      }
      judge(block);
      done += block;
    }
  }

  /** A block that the predecessor fails at, too, says nothing against the newcomer. */
  private void judge(int samples) {
    if (pair.expected() != samples) {
      return;
    }
    if (pair.given() == samples) {
      tally.audio(left, right, samples, format.channels());
    } else {
      tally.fault(
          pair.thrownOr(
              "processed " + MediaStatus.nameOf(pair.given()) + " of " + samples + " samples"));
    }
  }

  @Override
  public boolean newcomerIsAtWork() {
    return pair.newcomerIsAtWork();
  }

  @Override
  public void giveUp() {
    pair.giveUp();
  }

  @Override
  public void close() {
    pair.close();
  }
}
