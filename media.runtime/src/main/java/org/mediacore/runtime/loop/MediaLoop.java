package org.mediacore.runtime.loop;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One thread's duty cycle: commands, timers, datagrams. Everything of a session that runs here
 * needs no lock. Time is read from the engine's clock, so the same loop runs on a virtual clock
 * when a test turns it by hand.
 */
public final class MediaLoop {
  /** Longest wait of one turn, so that a loop that nobody wakes still looks around. */
  private static final long MAX_WAIT_NS = 100_000_000L;

  /** How long arriving packets may keep timers waiting. */
  private static final long MAX_DRAIN_NS = 2_000_000L;

  /**
   * How long timers may keep arriving packets waiting, besides one piece of one: a packet that is
   * passed on is due at once.
   */
  private static final long MAX_TIMERS_NS = 1_000_000L;

  /** A loop that waits for so long has nothing to do; to look costs less. */
  private static final long IDLE_NS = 100_000L;

  /** Without a wait for so long it is behind: a quarter of what a jitter buffer holds. */
  private static final long BEHIND_NS = 10_000_000L;

  /** Multiples of it fall between each other, however many there are. */
  private static final double GOLDEN_RATIO = 0.6180339887498949;

  private final int index;
  private final IoEngine engine;
  private final LoopScratch scratch = new LoopScratch();
  private final Consumer<Throwable> onFault;
  private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
  private final TimerHeap timers = new TimerHeap();
  private final TickLateness lateness = new TickLateness();
  private final AtomicInteger load = new AtomicInteger();
  private final Runnable beforeDatagram = this::beforeDatagram;
  private final Consumer<MediaLoop> beforeWait = new OutOfLine<>(MediaLoop::prepareWait);
  private final Consumer<MediaLoop> afterWait = new OutOfLine<>(MediaLoop::runDueTimers);
  private long waitNs;
  private LoopTimer unfinished;
  private double spread;
  private boolean draining;
  private boolean waiting;
  private long waitingSinceNs;
  private long busySinceNs;
  private long drainingSinceNs;
  private volatile Thread owner;
  private volatile boolean stopped;
  private volatile long turns;

  /**
   * @param index the loop's number, for reports
   * @param engine its I/O and clock; closed with the loop
   * @param onFault told of anything that a command, a timer or a handler threw; called on the
   *     loop's thread, must not block
   */
  public MediaLoop(int index, IoEngine engine, Consumer<Throwable> onFault) {
    this.index = index;
    this.engine = engine;
    this.onFault = onFault;
    // Bits of the number in reverse: the first ticks of loops fall between each other as well.
    this.spread = Integer.toUnsignedLong(Integer.reverse(index)) / (double) (1L << Integer.SIZE);
    this.busySinceNs = engine.nowNs();
  }

  /** The loop's number. */
  public int index() {
    return index;
  }

  /** How many sessions live here; changed by {@link #addLoad}. */
  public int load() {
    return load.get();
  }

  /** Counts a session in (1) or out (-1). */
  public void addLoad(int change) {
    load.addAndGet(change);
  }

  /** The buffers that everything on this loop shares within one call. */
  public LoopScratch scratch() {
    return scratch;
  }

  /** The clock, in nanoseconds. Any thread may ask. */
  public long nowNs() {
    return engine.nowNs();
  }

  /** The engine; only on the loop's thread. */
  public IoEngine engine() {
    return engine;
  }

  /** How often the loop has turned: at least ten times a second, unless something holds it up. */
  public long turns() {
    return turns;
  }

  /**
   * Whether it has had no pause for a while, and packets and timers wait for each other: a time to
   * do what is cheap. Only on the loop's thread.
   */
  public boolean isBehind() {
    return engine.nowNs() - busySinceNs > BEHIND_NS;
  }

  /** How late its timers were; only on the loop's thread. */
  public TickLateness lateness() {
    return lateness;
  }

  /** Says which thread turns the loop; before its first turn. */
  public void turnedBy(Thread thread) {
    owner = thread;
  }

  /** The thread that turns this loop, or null before {@link #turnedBy}. */
  public Thread thread() {
    return owner;
  }

  /** Runs a command on the loop: at once when called there, else in the next turn, in order. */
  public void execute(Runnable command) {
    if (Thread.currentThread() == owner) {
      guarded(command);
    } else {
      commands.add(command);
      engine.wakeup();
    }
  }

  /**
   * Runs a command on the loop and gives its result; completes exceptionally if the loop stopped.
   */
  public <T> CompletableFuture<T> call(Supplier<T> command) {
    CompletableFuture<T> result = new CompletableFuture<>();
    if (stopped) {
      result.completeExceptionally(new IllegalStateException("loop " + index + " has stopped"));
      return result;
    }
    execute(
        () -> {
          try {
            result.complete(command.get());
          } catch (Throwable failed) {
            result.completeExceptionally(failed);
          }
        });
    return result;
  }

  /** Schedules or re-schedules a timer; only on the loop's thread. */
  public void schedule(LoopTimer timer, long dueNs) {
    timers.schedule(timer, dueNs);
  }

  /**
   * Schedules a timer that is to fire again and again, at a time of its own within the period: the
   * ticks of a loop follow each other, none waits behind all others. Only on the loop's thread.
   */
  public void scheduleSpread(LoopTimer timer, long periodNs) {
    long phaseNs = (long) (spread * periodNs);
    spread = (spread + GOLDEN_RATIO) % 1;
    long nowNs = engine.nowNs();
    timers.schedule(timer, nowNs + Math.floorMod(phaseNs - nowNs, periodNs));
  }

  /** Takes a timer off; only on the loop's thread. Does nothing where it is not scheduled. */
  public void cancel(LoopTimer timer) {
    timers.cancel(timer);
    if (unfinished == timer) {
      unfinished = null;
    }
  }

  /**
   * The timer that fires has more to do, and {@link LoopTimer#goOn} does the next piece of it: with
   * no other timer and no command in between, but after packets that have waited for long enough.
   * Only on the loop's thread, from within {@code fire} or {@code goOn}.
   */
  public void continueWith(LoopTimer timer) {
    unfinished = timer;
  }

  /**
   * One duty cycle: commands, what has arrived, timers; waits for at most {@code maxWaitNs}.
   * Packets come before timers: where the loop stood still for a while, a tick must find what
   * queued up meanwhile, or it would make up audio that is there.
   *
   * <p>What calls sessions is kept out of the compiled code that waits, see {@link OutOfLine}.
   */
  public void turn(long maxWaitNs) throws IOException {
    turns++;
    waitNs = maxWaitNs;
    beforeWait.accept(this);
    draining = false;
    engine.poll(waitNs, beforeDatagram);
    afterWait.accept(this);
  }

  /** Runs what was commanded and shortens the wait to what is due. */
  private void prepareWait() {
    if (unfinished == null) {
      runCommands();
    }
    if (unfinished != null || !commands.isEmpty()) {
      waitNs = 0;
    } else if (!timers.isEmpty()) {
      waitNs = Math.max(0, Math.min(waitNs, timers.firstDueNs() - engine.nowNs()));
    }
    waiting = true;
    waitingSinceNs = engine.nowNs();
  }

  /** The wait has ended. */
  private void woke(long nowNs) {
    if (waiting && nowNs - waitingSinceNs >= IDLE_NS) {
      busySinceNs = nowNs;
    }
    waiting = false;
  }

  /** Before a datagram: a burst may hold up timers for a while, but not for long. */
  private void beforeDatagram() {
    long nowNs = engine.nowNs();
    woke(nowNs);
    if (!draining) {
      draining = true;
      drainingSinceNs = nowNs;
    } else if (nowNs - drainingSinceNs > MAX_DRAIN_NS) {
      runDueTimers();
    }
  }

  /** Turns until {@link #stop}; the body of the thread that turns the loop. */
  public void runUntilStopped() {
    try {
      while (!stopped) {
        try {
          turn(MAX_WAIT_NS);
        } catch (Throwable failed) { // somebody's Error must not end all calls of the loop
          onFault.accept(failed);
        }
      }
      runCommands();
      engine.close();
    } catch (IOException failed) {
      onFault.accept(failed);
    }
  }

  /** Ends {@link #runUntilStopped} after the commands given so far; from any thread. */
  public void stop() {
    stopped = true;
    engine.wakeup();
  }

  private void runCommands() {
    Runnable command;
    while ((command = commands.poll()) != null) {
      guarded(command);
    }
  }

  /** What is left after a while waits for the next turn, behind the packets that have come. */
  private void runDueTimers() {
    long startNs = engine.nowNs();
    woke(startNs);
    if (unfinished == null && timers.isEmpty()) {
      return;
    }
    long nowNs = startNs;
    while (nowNs - startNs <= MAX_TIMERS_NS && runNext(nowNs)) {
      nowNs = engine.nowNs();
    }
  }

  /** One timer that is due, or the next piece of one; false where there is none. */
  private boolean runNext(long nowNs) {
    LoopTimer rest = unfinished;
    LoopTimer timer = rest != null ? rest : timers.takeDue(nowNs);
    if (timer == null) {
      return false;
    }
    unfinished = null;
    try {
      if (rest != null) {
        timer.goOn(nowNs);
      } else {
        lateness.add(nowNs - timer.dueNs, nowNs);
        timer.fire(timer.dueNs, nowNs);
      }
    } catch (Throwable failed) {
      onFault.accept(failed);
    }
    return true;
  }

  private void guarded(Runnable command) {
    try {
      command.run();
    } catch (Throwable failed) {
      onFault.accept(failed);
    }
  }
}
