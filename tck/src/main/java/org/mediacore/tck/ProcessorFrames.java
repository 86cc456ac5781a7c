package org.mediacore.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.processing.AudioProcessor;

/** Half a second of audio on its way through a processor, in frames of 20 ms. */
final class ProcessorFrames {
  static final int FRAMES = 25;

  private final AudioProcessor processor;
  private final AudioFormat format;
  private final short[] pcm;
  private final int samples;
  private int done;

  /**
   * @param seed which audio
   */
  ProcessorFrames(AudioProcessor processor, AudioFormat format, int seed) {
    this.processor = processor;
    this.format = format;
    samples = format.samplesIn(20_000);
    pcm = TestAudio.frame(format, seed, 0, FRAMES * samples);
  }

  /** Has the next frame processed; false when there is none. */
  boolean next() {
    if (done == FRAMES) {
      return false;
    }
    int result = processor.process(pcm, done * samples * format.channels(), samples);
    assertEquals(samples, result, () -> "process: " + MediaStatus.nameOf(result));
    done++;
    return true;
  }

  /** What has come out so far. */
  short[] output() {
    return Arrays.copyOf(pcm, done * samples * format.channels());
  }
}
