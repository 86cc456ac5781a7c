package org.mediacore.dsp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleFifoTest {

  @Test
  void writeTakesWhatFitsAndReadGivesWhatIsThere() {
    SampleFifo fifo = new SampleFifo(5, 1);
    assertEquals(4, fifo.write(new short[] {0, 1, 2, 3, 4}, 1, 4));
    assertEquals(1, fifo.write(new short[] {5, 6, 7}, 0, 3));
    assertEquals(0, fifo.write(new short[] {8}, 0, 1));
    assertEquals(5, fifo.available());
    assertEquals(0, fifo.space());
    short[] out = new short[8];
    assertEquals(5, fifo.read(out, 1, 7));
    assertArrayEquals(new short[] {0, 1, 2, 3, 4, 5, 0, 0}, out);
    assertEquals(0, fifo.read(out, 0, 1));
  }

  @Test
  void blocksSurviveTheWrapOfTheRing() {
    SampleFifo fifo = new SampleFifo(3, 1);
    short[] out = new short[2];
    for (short i = 0; i < 20; i++) {
      assertEquals(2, fifo.write(new short[] {i, (short) -i}, 0, 2));
      assertEquals(2, fifo.read(out, 0, 2));
      assertArrayEquals(new short[] {i, (short) -i}, out);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void randomTrafficKeepsOrderAndCount(int channels) {
    Random random = new Random(3);
    SampleFifo fifo = new SampleFifo(101, channels);
    ArrayDeque<Short> model = new ArrayDeque<>();
    short[] block = new short[150 * channels];
    short next = 0;
    for (int step = 0; step < 20_000; step++) {
      int samples = random.nextInt(0, 120);
      switch (random.nextInt(5)) {
        case 0, 1 -> {
          for (int i = 0; i < samples * channels; i++) {
            block[i + 2] = (short) (next + i);
          }
          int written = fifo.write(block, 2, samples);
          assertEquals(Math.min(samples, 101 - model.size() / channels), written);
          for (int i = 0; i < written * channels; i++) {
            model.add(next++);
          }
        }
        case 2, 3 -> {
          int read = fifo.read(block, 1, samples);
          assertEquals(Math.min(samples, model.size() / channels), read);
          for (int i = 0; i < read * channels; i++) {
            assertEquals(model.remove(), block[1 + i]);
          }
        }
        default -> {
          int skipped = fifo.skip(samples / 10);
          for (int i = 0; i < skipped * channels; i++) {
            model.remove();
          }
        }
      }
      assertEquals(model.size() / channels, fifo.available());
      assertEquals(101 - model.size() / channels, fifo.space());
    }
  }

  @Test
  void clearEmpties() {
    SampleFifo fifo = new SampleFifo(4, 1);
    fifo.write(new short[3], 0, 3);
    fifo.clear();
    assertEquals(0, fifo.available());
    assertEquals(4, fifo.write(new short[4], 0, 4));
    assertEquals(4, fifo.skip(9));
  }

  @Test
  void impossibleSizesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new SampleFifo(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new SampleFifo(1, 0));
  }
}
