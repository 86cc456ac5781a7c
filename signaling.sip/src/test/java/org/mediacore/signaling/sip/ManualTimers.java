package org.mediacore.signaling.sip;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Time that goes on when it is told to. */
final class ManualTimers implements Timers {
  private record Planned(long atMs, Runnable action) {}

  private final List<Planned> planned = new ArrayList<>();
  private long nowMs;

  @Override
  public Task after(long delayMs, Runnable action) {
    Planned task = new Planned(nowMs + delayMs, action);
    planned.add(task);
    return () -> planned.remove(task);
  }

  /** Lets time pass; runs what is due, in its order. */
  void pass(long durationMs) {
    long endMs = nowMs + durationMs;
    for (Optional<Planned> next = due(endMs); next.isPresent(); next = due(endMs)) {
      nowMs = next.get().atMs();
      planned.remove(next.get());
      next.get().action().run();
    }
    nowMs = endMs;
  }

  private Optional<Planned> due(long untilMs) {
    return planned.stream()
        .filter(task -> task.atMs() <= untilMs)
        .min(Comparator.comparingLong(Planned::atMs));
  }

  long nowMs() {
    return nowMs;
  }

  int planned() {
    return planned.size();
  }
}
