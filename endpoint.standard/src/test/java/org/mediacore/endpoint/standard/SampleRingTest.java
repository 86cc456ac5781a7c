package org.mediacore.endpoint.standard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleRingTest {
  @ParameterizedTest
  @CsvSource({"1, 2", "2, 2", "3, 4", "8000, 8192", "8192, 8192", "8193, 16384"})
  void sizeIsTheNextPowerOfTwo(int wanted, int capacity) {
    assertEquals(capacity, new SampleRing(wanted).capacity());
  }

  @Test
  void takesWhatFitsAndGivesWhatIsThere() {
    SampleRing ring = new SampleRing(8);
    short[] pcm = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    assertEquals(0, ring.read(pcm, 0, 4));
    assertEquals(8, ring.write(pcm, 1, 9));
    assertEquals(0, ring.write(pcm, 0, 1));
    short[] out = new short[12];
    assertEquals(3, ring.read(out, 0, 3));
    assertEquals(3, ring.free());
    assertEquals(3, ring.write(pcm, 0, 5)); // over the end of the array
    assertEquals(8, ring.read(out, 3, 9));
    short[] expected = {2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 0};
    for (int i = 0; i < out.length; i++) {
      assertEquals(expected[i], out[i], "element " + i);
    }
    assertEquals(0, ring.available());
  }

  @Test
  void nothingIsLostBetweenTwoThreads() throws Exception {
    int total = 2_000_000;
    SampleRing ring = new SampleRing(1_024);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<?> writer = thread.submit(() -> writeAll(ring, total));
      Random random = new Random(1);
      short[] pcm = new short[700];
      int seen = 0;
      while (seen < total) {
        int count = ring.read(pcm, 0, 1 + random.nextInt(pcm.length));
        for (int i = 0; i < count; i++) {
          assertEquals((short) seen++, pcm[i]);
        }
        if (count == 0) {
          Thread.onSpinWait();
        }
      }
      writer.get(10, TimeUnit.SECONDS);
    } finally {
      thread.shutdownNow();
    }
  }

  private static void writeAll(SampleRing ring, int total) {
    Random random = new Random(2);
    short[] pcm = new short[500];
    int sent = 0;
    while (sent < total && !Thread.currentThread().isInterrupted()) {
      int count = Math.min(total - sent, 1 + random.nextInt(pcm.length));
      for (int i = 0; i < count; i++) {
        pcm[i] = (short) (sent + i);
      }
      int taken = ring.write(pcm, 0, count);
      sent += taken;
      if (taken == 0) {
        Thread.onSpinWait();
      }
    }
  }
}
