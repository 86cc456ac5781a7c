package org.mediacore.runtime.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In which order one turn after the other does what is due. */
class MediaLoopTest {
  private static final long MS = 1_000_000L;

  private final List<String> done = new ArrayList<>();
  private final Engine engine = new Engine();
  private final MediaLoop loop = new MediaLoop(0, engine, failed -> done.add(failed.toString()));

  /** Time passes only where something takes time. */
  private final class Engine implements IoEngine {
    long nowNs;
    int packets;

    @Override
    public long nowNs() {
      return nowNs;
    }

    @Override
    public long wallClockMs() {
      return 0;
    }

    @Override
    public void register(DatagramPort port, DatagramHandler handler) {}

    @Override
    public void deregister(DatagramPort port) {}

    @Override
    public void poll(long waitNs, Runnable before) {
      nowNs += waitNs;
      for (; packets > 0; packets--) {
        before.run();
        done.add("packet");
        nowNs += MS;
      }
    }

    @Override
    public void wakeup() {}

    @Override
    public void close() {}
  }

  private LoopTimer timer(String name, long tookNs) {
    return new LoopTimer() {
      @Override
      protected void fire(long dueNs, long nowNs) {
        done.add(name);
        engine.nowNs += tookNs;
        engine.packets++; // one has come meanwhile
      }
    };
  }

  @Test
  void packetsAreLookedForBetweenTimersThatTakeTheirTime() throws Exception {
    loop.schedule(timer("a", 2 * MS), 5);
    loop.schedule(timer("b", 2 * MS), 6);
    loop.schedule(timer("c", 2 * MS), 7);
    for (int i = 0; i < 4; i++) {
      loop.turn(0);
    }
    engine.nowNs = 10;
    for (int i = 0; i < 4; i++) {
      loop.turn(0);
    }
    assertEquals(List.of("a", "packet", "b", "packet", "c", "packet"), done);
  }

  /** A timer whose work takes two milliseconds a piece. */
  private LoopTimer inPieces(String name, int pieces) {
    return new LoopTimer() {
      private int left;

      @Override
      protected void fire(long dueNs, long nowNs) {
        left = pieces;
        loop.schedule(this, dueNs + 3 * MS); // before it is done with this time
        goOn(nowNs);
      }

      @Override
      protected void goOn(long nowNs) {
        done.add(name + left);
        engine.nowNs += 2 * MS;
        engine.packets++;
        if (--left > 0) {
          loop.continueWith(this);
        }
      }
    };
  }

  @Test
  void packetsAreLookedForBetweenPiecesOfTimer() throws Exception {
    loop.schedule(inPieces("a", 3), 5);
    loop.schedule(timer("b", 0), 6);
    engine.nowNs = 10;
    loop.turn(0);
    loop.execute(() -> done.add("command"));
    for (int i = 0; i < 3; i++) {
      loop.turn(0);
    }
    assertEquals(
        List.of("a3", "packet", "a2", "packet", "a1", "command", "packet", "b", "a3"), done);
    assertEquals(3, loop.lateness().ticks(), "pieces are no ticks");
  }

  @Test
  void cancelledTimerDoesNotGoOn() throws Exception {
    LoopTimer timer = inPieces("a", 3);
    loop.schedule(timer, 5);
    engine.nowNs = 10;
    loop.turn(0);
    loop.cancel(timer);
    loop.turn(0);
    loop.turn(0);
    assertEquals(List.of("a3", "packet"), done);
  }

  @Test
  void pieceThatThrowsEndsThisTimeOnly() throws Exception {
    LoopTimer broken =
        new LoopTimer() {
          @Override
          protected void fire(long dueNs, long nowNs) {
            loop.schedule(this, dueNs + MS);
            loop.continueWith(this);
          }

          @Override
          public String toString() {
            return "broken";
          }
        };
    loop.schedule(broken, 5);
    engine.nowNs = 10;
    loop.turn(0);
    assertEquals(List.of("java.lang.IllegalStateException: done in one piece: broken"), done);
    assertTrue(broken.isScheduled());
  }

  @Test
  void pieceThatThrowsIsFollowedByTheNextWhereThatWasSaidFirst() throws Exception {
    LoopTimer timer =
        new LoopTimer() {
          @Override
          protected void fire(long dueNs, long nowNs) {
            loop.continueWith(this);
            throw new IllegalArgumentException("first piece");
          }

          @Override
          protected void goOn(long nowNs) {
            done.add("second piece");
          }
        };
    loop.schedule(timer, 5);
    engine.nowNs = 10;
    loop.turn(0);
    loop.turn(0);
    assertEquals(List.of("java.lang.IllegalArgumentException: first piece", "second piece"), done);
  }

  @Test
  void ticksOfLoopsBeginApart() {
    List<Long> due = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      LoopTimer timer = timer("tick", 0);
      new MediaLoop(i, engine, failed -> {}).scheduleSpread(timer, 8 * MS);
      due.add(timer.dueNs);
    }
    assertEquals(List.of(0L, 4 * MS, 2 * MS, 6 * MS), due);
  }

  @Test
  void timersThatAreQuickRunInOneTurn() throws Exception {
    loop.schedule(timer("a", MS / 10), 5);
    loop.schedule(timer("b", MS / 10), 6);
    engine.nowNs = 10;
    loop.turn(0);
    assertEquals(List.of("a", "b"), done);
  }

  @Test
  void ticksThatBeginTogetherAreSpreadOverThePeriod() throws Exception {
    engine.nowNs = 123_456_789;
    List<Long> due = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      LoopTimer timer = timer("tick", 0);
      loop.scheduleSpread(timer, 10 * MS);
      assertTrue(timer.dueNs >= engine.nowNs && timer.dueNs < engine.nowNs + 10 * MS);
      due.add(timer.dueNs % (10 * MS));
    }
    due.sort(null);
    for (int i = 1; i < due.size(); i++) {
      assertTrue(due.get(i) - due.get(i - 1) > MS, due.toString());
    }
  }

  @Test
  void burstOfPacketsDoesNotHoldTimersUpForLong() throws Exception {
    loop.schedule(timer("a", 0), 5);
    engine.nowNs = 10;
    engine.packets = 8;
    loop.turn(0);
    assertEquals("a", done.get(3), done.toString());
  }

  @Test
  void loopWithoutAPauseIsBehind() throws Exception {
    engine.nowNs = 50 * MS;
    loop.turn(5 * MS); // idle until 55 ms
    assertFalse(loop.isBehind());
    engine.packets = 10; // without a wait before them
    loop.turn(0);
    assertFalse(loop.isBehind(), "10 ms");
    loop.schedule(timer("a", MS), engine.nowNs);
    loop.turn(0);
    assertTrue(loop.isBehind(), "11 ms");
    engine.packets = 3; // a wait, and then packets
    loop.turn(MS);
    assertFalse(loop.isBehind());
  }
}
