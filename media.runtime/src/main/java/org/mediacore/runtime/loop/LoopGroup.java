package org.mediacore.runtime.loop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The loops of a platform, each on a thread of its own. Safe for several threads. */
public final class LoopGroup implements AutoCloseable {
  private static final long STOP_WAIT_MS = 2_000;

  private final List<MediaLoop> loops = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  private LoopGroup() {}

  /** Starts {@code count} loops. */
  public static LoopGroup start(int count, Network network, Consumer<Throwable> onFault)
      throws IOException {
    LoopGroup group = new LoopGroup();
    for (int i = 0; i < count; i++) {
      MediaLoop loop = new MediaLoop(i, network.createEngine(), onFault);
      Thread thread = new Thread(loop::runUntilStopped, "media-loop-" + i);
      thread.setDaemon(true);
      thread.setPriority(Thread.MAX_PRIORITY);
      loop.turnedBy(thread);
      group.loops.add(loop);
      group.threads.add(thread);
      thread.start();
    }
    return group;
  }

  /** A group of one loop that the caller turns by hand. */
  public static LoopGroup driven(MediaLoop loop) {
    LoopGroup group = new LoopGroup();
    group.loops.add(loop);
    return group;
  }

  /** The loop with the fewest sessions. */
  public MediaLoop leastLoaded() {
    MediaLoop best = loops.get(0);
    for (MediaLoop loop : loops) {
      if (loop.load() < best.load()) {
        best = loop;
      }
    }
    return best;
  }

  /** All loops. */
  public List<MediaLoop> loops() {
    return List.copyOf(loops);
  }

  /** Stops all loops after the commands given so far, and waits for them. */
  @Override
  public void close() {
    loops.forEach(MediaLoop::stop);
    for (Thread thread : threads) {
      try {
        thread.join(STOP_WAIT_MS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
