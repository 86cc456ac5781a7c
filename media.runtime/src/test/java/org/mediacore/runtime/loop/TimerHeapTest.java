package org.mediacore.runtime.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TimerHeapTest {
  private static final class Mark extends LoopTimer {
    @Override
    protected void fire(long dueNs, long nowNs) {}
  }

  @Test
  void firesInOrderWhateverWasCancelledOrMoved() {
    SplittableRandom random = new SplittableRandom(5);
    TimerHeap heap = new TimerHeap();
    List<Mark> marks = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      Mark mark = new Mark();
      marks.add(mark);
      heap.schedule(mark, random.nextInt(10_000));
    }
    for (int i = 0; i < 500; i += 3) {
      heap.cancel(marks.get(i));
      assertFalse(marks.get(i).isScheduled());
    }
    for (int i = 1; i < 500; i += 5) {
      heap.schedule(marks.get(i), random.nextInt(10_000));
    }
    long expected = marks.stream().filter(LoopTimer::isScheduled).count();
    long last = Long.MIN_VALUE;
    long fired = 0;
    for (LoopTimer timer; (timer = heap.takeDue(20_000)) != null; fired++) {
      assertTrue(timer.dueNs >= last, timer.dueNs + " after " + last);
      last = timer.dueNs;
    }
    assertEquals(expected, fired);
    assertTrue(heap.isEmpty());
  }

  @Test
  void nothingIsDueBeforeItsTime() {
    TimerHeap heap = new TimerHeap();
    Mark mark = new Mark();
    heap.schedule(mark, 100);
    assertNull(heap.takeDue(99));
    assertSame(mark, heap.takeDue(100));
    assertNull(heap.takeDue(1_000));
  }

  @Test
  void orderHoldsWhereTheClockWraps() {
    TimerHeap heap = new TimerHeap();
    Mark before = new Mark();
    Mark after = new Mark();
    heap.schedule(after, Long.MIN_VALUE + 5);
    heap.schedule(before, Long.MAX_VALUE - 5);
    assertSame(before, heap.takeDue(Long.MAX_VALUE - 1));
    assertNull(heap.takeDue(Long.MAX_VALUE));
    assertSame(after, heap.takeDue(Long.MIN_VALUE + 5));
  }
}
