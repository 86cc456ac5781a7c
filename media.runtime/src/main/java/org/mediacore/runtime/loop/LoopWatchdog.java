package org.mediacore.runtime.loop;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Notices a loop that stands still, and in whose code. Asked at regular times by a thread of its
 * own; costs the loops one counter per turn.
 */
public final class LoopWatchdog {
  private static final int FRAMES = 12;
  private static final List<String> OURS =
      List.of("org.mediacore.runtime.", "java.", "jdk.", "sun.");

  private final List<MediaLoop> loops;
  private final BiConsumer<MediaLoop, String> onStall;
  private final Map<MediaLoop, Long> turnsBefore = new HashMap<>();
  private final Map<MediaLoop, Long> toldAt = new HashMap<>();

  /**
   * @param onStall told once per stall: the loop, and the code that holds it up
   */
  public LoopWatchdog(List<MediaLoop> loops, BiConsumer<MediaLoop, String> onStall) {
    this.loops = List.copyOf(loops);
    this.onStall = onStall;
  }

  /**
   * Looks; to be called every 500 ms or more seldom. A loop that has not turned since stands still.
   */
  public void look() {
    for (MediaLoop loop : loops) {
      long turns = loop.turns();
      Long before = turnsBefore.put(loop, turns);
      boolean still = before != null && before == turns;
      if (still && !Long.valueOf(turns).equals(toldAt.put(loop, turns))) {
        onStall.accept(loop, culprit(loop.thread().getStackTrace()));
      }
    }
  }

  /** The first code on the stack that is not the platform's or the JDK's, and how it got there. */
  private static String culprit(StackTraceElement[] stack) {
    StringBuilder text = new StringBuilder();
    for (StackTraceElement frame : stack) {
      if (OURS.stream().noneMatch(frame.getClassName()::startsWith)) {
        text.append(frame.getClassName()).append(", ");
        break;
      }
    }
    text.append("at:");
    for (int i = 0; i < Math.min(FRAMES, stack.length); i++) {
      text.append("\n    ").append(stack[i]);
    }
    return text.toString();
  }
}
