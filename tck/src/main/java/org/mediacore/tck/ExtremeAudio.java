package org.mediacore.tck;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.mediacore.api.codec.AudioFormat;

/** Audio at the limits of 16 bits. */
final class ExtremeAudio {
  private ExtremeAudio() {}

  /** Silence, constant full scale, a full square wave, single peaks, noise; a few blocks each. */
  static List<short[]> blocks(AudioFormat format, int samples) {
    int elements = samples * format.channels();
    Random random = new Random(11);
    List<short[]> blocks = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      blocks.add(new short[elements]);
      blocks.add(filled(elements, Short.MAX_VALUE));
      blocks.add(filled(elements, Short.MIN_VALUE));
      short[] square = new short[elements];
      short[] noise = new short[elements];
      for (int k = 0; k < elements; k++) {
        square[k] = k / format.channels() % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
        noise[k] = (short) random.nextInt();
      }
      blocks.add(square);
      blocks.add(noise);
      short[] peak = new short[elements];
      peak[random.nextInt(elements)] = Short.MIN_VALUE;
      blocks.add(peak);
    }
    return blocks;
  }

  private static short[] filled(int elements, short value) {
    short[] block = new short[elements];
    Arrays.fill(block, value);
    return block;
  }
}
