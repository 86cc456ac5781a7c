package org.mediacore.tck;

import java.util.List;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.processing.AudioProcessor;

/** Processors at work: ordinary frames, blocks of other lengths, extreme audio, and the end. */
final class ProcessorExercise implements BundleExercise {
  /**
   * A processor and the audio it was made for.
   *
   * @param processor the instance
   * @param format its format
   */
  record Subject(AudioProcessor processor, AudioFormat format) {}

  private static final int[] BLOCKS_US = {
    20_000, 20_000, 10_000, 2_500, 60_000, 20_000, 120_000, 20_000, 125, 20_000
  };
  private static final int EXTREMES = BLOCKS_US.length;

  private final List<Subject> subjects;

  ProcessorExercise(List<Subject> subjects) {
    this.subjects = subjects;
  }

  @Override
  public int steps() {
    return BLOCKS_US.length + 2;
  }

  @Override
  public void step(int index, Results results) {
    for (Subject subject : subjects) {
      if (index < EXTREMES) {
        int samples = subject.format().samplesIn(BLOCKS_US[index]);
        block(subject, TestAudio.frame(subject.format(), 1, index, samples), samples, results);
      } else if (index == EXTREMES) {
        int samples = subject.format().samplesIn(20_000);
        for (short[] pcm : ExtremeAudio.blocks(subject.format(), samples)) {
          block(subject, pcm, samples, results);
        }
      } else {
        closeAndUse(subject, results);
      }
    }
  }

  private static void block(Subject subject, short[] pcm, int samples, Results results) {
    int result = subject.processor().process(pcm, 0, samples);
    results
        .add("process in " + subject.format(), result)
        .add("audio in " + subject.format(), pcm)
        .add("delay in " + subject.format(), subject.processor().delaySamples());
  }

  private static void closeAndUse(Subject subject, Results results) {
    subject.processor().close();
    subject.processor().close();
    int samples = subject.format().samplesIn(20_000);
    int result = subject.processor().process(new short[samples * 2], 0, samples);
    results.add("process when closed", result);
  }

  @Override
  public void close() {
    subjects.forEach(subject -> subject.processor().close());
  }
}
