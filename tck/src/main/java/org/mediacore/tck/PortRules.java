package org.mediacore.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.session.AudioPort;

/** What the media loop relies on when it reads from a port and writes to it. */
final class PortRules {
  private static final short FILL = 0x5A5A;
  private static final int OFFSET = 13;
  private static final int TICK_US = 20_000;

  private PortRules() {}

  static void check(AudioPort port) {
    assertFalse(port.describe().isBlank(), "a port has a name");
    AudioFormat format = port.format();
    int samples = format.samplesIn(TICK_US);
    for (int i = 0; i < 20; i++) {
      assertEquals(format, port.format(), "the format changed");
      checkRead(port, samples);
      checkWrite(port, TestAudio.frame(format, 1, i, samples), samples);
    }
    short[] pcm = new short[format.elementsIn(TICK_US)];
    Runnable tick =
        () -> {
          port.read(pcm, 0, samples);
          port.write(pcm, 0, samples);
        };
    Allocation.assertAtMost(0, 3_000, 200, "read and write", tick);
  }

  private static void checkRead(AudioPort port, int samples) {
    int elements = samples * port.format().channels();
    short[] pcm = new short[OFFSET + elements + 5];
    Arrays.fill(pcm, FILL);
    int given = port.read(pcm, OFFSET, samples);
    assertTrue(
        given == MediaStatus.FINISHED || given >= 0 && given <= samples,
        () -> "read of " + samples + ": " + MediaStatus.nameOf(given));
    for (int i = 0; i < pcm.length; i++) {
      if (i < OFFSET || i >= OFFSET + elements) {
        assertEquals(FILL, pcm[i], "read wrote outside of what was asked for");
      }
    }
  }

  private static void checkWrite(AudioPort port, short[] heard, int samples) {
    short[] before = heard.clone();
    port.write(heard, 0, samples);
    assertArrayEquals(before, heard, "write changed what was heard");
  }
}
