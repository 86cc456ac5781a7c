package org.mediacore.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.mediacore.api.MediaStatus;

/** Speech and silence through an encoder and its decoder. */
final class SilenceRun {
  private static final int SPEECH_FRAMES = 12;
  private static final int SILENCE_US = 2_000_000;

  /** An encoder may need that long to notice that somebody talks again. */
  private static final int LATE_FRAMES = 5;

  private final CodecPair pair;
  private int index;

  SilenceRun(CodecPair pair) {
    this.pair = pair;
  }

  /** Some frames of a signal; from the fifth at the latest all are sent. */
  void speech() {
    for (int i = 0; i < SPEECH_FRAMES; i++) {
      byte[] payload = pair.encode(1, index++);
      if (payload.length == 0) {
        assertTrue(i < LATE_FRAMES, "frame " + i + " of speech was left out");
        pair.checkConceal();
      } else {
        pair.decode(payload);
      }
    }
  }

  /**
   * Two seconds of digital silence.
   *
   * @return frames that were left out
   */
  int silence() {
    int leftOut = 0;
    int samples = pair.parameters.samplesPerFrame();
    short[] pcm = new short[samples * pair.parameters.sendFormat().channels()];
    for (int us = 0; us < SILENCE_US; us += pair.parameters.frameDurationUs()) {
      ByteBuffer out = ByteBuffer.allocate(65_536).position(3);
      int bytes = pair.encoder.encode(pcm, 0, samples, out);
      assertTrue(bytes >= 0, () -> "encode of silence: " + MediaStatus.nameOf(bytes));
      assertEquals(3 + bytes, out.position(), "position behind the payload");
      if (bytes == 0) {
        leftOut++;
        pair.checkConceal();
      } else {
        pair.decode(Arrays.copyOfRange(out.array(), 3, 3 + bytes));
      }
    }
    return leftOut;
  }
}
