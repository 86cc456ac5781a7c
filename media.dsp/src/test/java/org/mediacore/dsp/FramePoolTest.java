package org.mediacore.dsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FramePoolTest {

  @Test
  void everyFrameIsLentOnceThenNone() {
    FramePool pool = new FramePool(3, 960);
    Set<short[]> lent = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      short[] samples = pool.samples(pool.acquire());
      assertEquals(960, samples.length);
      lent.add(samples);
    }
    assertEquals(3, lent.size());
    assertEquals(FramePool.EXHAUSTED, pool.acquire());
    assertEquals(0, pool.available());
  }

  @Test
  void theFrameGivenBackLastIsLentFirst() {
    FramePool pool = new FramePool(3, 1);
    int first = pool.acquire();
    int second = pool.acquire();
    short[] samples = pool.samples(first);
    pool.release(second);
    pool.release(first);
    assertEquals(3, pool.available());
    assertSame(samples, pool.samples(pool.acquire()));
  }

  @Test
  void givingBackTwiceIsRefused() {
    FramePool pool = new FramePool(1, 1);
    int frame = pool.acquire();
    pool.release(frame);
    assertThrows(IllegalStateException.class, () -> pool.release(frame));
    assertEquals(1, pool.available());
    assertThrows(IllegalArgumentException.class, () -> new FramePool(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new FramePool(1, 0));
  }
}
