package org.mediacore.runtime.loop;

import java.util.Arrays;

/**
 * The timers of a loop as a binary heap ordered by due time. Used on one thread; allocates only
 * when it grows. Times are compared by difference, so that {@link System#nanoTime} may wrap.
 */
final class TimerHeap {
  private LoopTimer[] heap = new LoopTimer[64];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  /** Due time of the first timer; only when not empty. */
  long firstDueNs() {
    return heap[0].dueNs;
  }

  void schedule(LoopTimer timer, long dueNs) {
    if (timer.isScheduled()) {
      cancel(timer);
    }
    timer.dueNs = dueNs;
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    place(timer, size);
    siftUp(size++);
  }

  void cancel(LoopTimer timer) {
    int index = timer.heapIndex;
    if (index == LoopTimer.NOT_SCHEDULED) {
      return;
    }
    timer.heapIndex = LoopTimer.NOT_SCHEDULED;
    LoopTimer last = heap[--size];
    heap[size] = null;
    if (last != timer) {
      place(last, index);
      siftDown(index);
      siftUp(last.heapIndex);
    }
  }

  /** Takes the first timer if its time has come, or gives null. */
  LoopTimer takeDue(long nowNs) {
    if (size == 0 || heap[0].dueNs - nowNs > 0) {
      return null;
    }
    LoopTimer first = heap[0];
    cancel(first);
    return first;
  }

  private void siftUp(int start) {
    int index = start;
    LoopTimer timer = heap[index];
    while (index > 0) {
      int parent = (index - 1) >>> 1;
      if (heap[parent].dueNs - timer.dueNs <= 0) {
        break;
      }
      place(heap[parent], index);
      index = parent;
    }
    place(timer, index);
  }

  private void siftDown(int start) {
    int index = start;
    LoopTimer timer = heap[index];
    while (2 * index + 1 < size) {
      int child = 2 * index + 1;
      if (child + 1 < size && heap[child + 1].dueNs - heap[child].dueNs < 0) {
        child++;
      }
      if (timer.dueNs - heap[child].dueNs <= 0) {
        break;
      }
      place(heap[child], index);
      index = child;
    }
    place(timer, index);
  }

  private void place(LoopTimer timer, int index) {
    heap[index] = timer;
    timer.heapIndex = index;
  }
}
