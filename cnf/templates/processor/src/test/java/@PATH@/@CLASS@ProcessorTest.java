package @PACKAGE@;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.processing.AudioProcessor;

/** How it sounds: what the contract does not judge. */
class @CLASS@ProcessorTest {
  private static final AudioFormat MONO = new AudioFormat(8_000, 1);

  @Test
  void gainOfTwentyDecibelsIsTenfold() {
    short[] pcm = {0, 1, -2, 300};
    try (AudioProcessor processor = new @CLASS@ProcessorFactory(20).create(MONO)) {
      assertEquals(4, processor.process(pcm, 0, 4));
    }
    assertArrayEquals(new short[] {0, 10, -20, 3_000}, pcm);
  }

  @Test
  void whatIsTooLoudStopsAtFullScale() {
    short[] pcm = {32_767, -32_768};
    try (AudioProcessor processor = new @CLASS@ProcessorFactory(6).create(MONO)) {
      assertEquals(2, processor.process(pcm, 0, 2));
    }
    assertArrayEquals(new short[] {32_767, -32_768}, pcm);
  }
}
