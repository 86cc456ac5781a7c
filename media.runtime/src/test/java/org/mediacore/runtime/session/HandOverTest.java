package org.mediacore.runtime.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.mediacore.runtime.pipeline.Successor;
import org.mediacore.runtime.pipeline.SwapOutcome;

/** A successor between who made it and the loop: it is taken or closed, never both or neither. */
class HandOverTest {
  private static final class Fake implements Successor {
    private final boolean fits;
    private int taken;
    private int closed;

    Fake(boolean fits) {
      this.fits = fits;
    }

    @Override
    public SwapOutcome outcome() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean handOver() {
      taken += fits ? 1 : 0;
      return fits;
    }

    @Override
    public void discard() {
      closed++;
    }
  }

  @Test
  void takenIsNotClosed() {
    Fake fake = new Fake(true);
    HandOver handOver = new HandOver(fake, Runnable::run);
    assertTrue(handOver.get());
    handOver.giveUp();
    assertEquals(1, fake.taken);
    assertEquals(0, fake.closed);
  }

  @Test
  void givenUpIsClosedAndNotTaken() {
    Fake fake = new Fake(true);
    HandOver handOver = new HandOver(fake, Runnable::run);
    handOver.giveUp();
    handOver.giveUp();
    assertFalse(handOver.get(), "the loop comes to it late");
    assertEquals(0, fake.taken);
    assertEquals(1, fake.closed);
  }

  /** What it was made from has changed: nobody waits for the answer any more. */
  @Test
  void refusedIsClosedOnceWhoeverIsLate() {
    Fake fake = new Fake(false);
    HandOver handOver = new HandOver(fake, Runnable::run);
    assertFalse(handOver.get());
    handOver.giveUp();
    assertEquals(1, fake.closed);
  }

  @Test
  void oneThatThrowsIsClosed() {
    int[] closed = new int[1];
    Successor broken =
        new Successor() {
          @Override
          public SwapOutcome outcome() {
            throw new UnsupportedOperationException();
          }

          @Override
          public boolean handOver() {
            throw new IllegalStateException("broken");
          }

          @Override
          public void discard() {
            closed[0]++;
          }
        };
    HandOver handOver = new HandOver(broken, Runnable::run);
    assertThrows(IllegalStateException.class, handOver::get);
    handOver.giveUp();
    assertEquals(1, closed[0]);
  }

  @Test
  void oneOfTwoWinsWhereBothComeAtOnce() throws Exception {
    int given = 0;
    for (int i = 0; i < 2_000; i++) {
      Fake fake = new Fake(i % 2 == 0);
      HandOver handOver = new HandOver(fake, Runnable::run);
      CyclicBarrier together = new CyclicBarrier(2);
      Thread loop =
          new Thread(
              () -> {
                meet(together);
                handOver.get();
              });
      loop.start();
      meet(together);
      handOver.giveUp();
      loop.join();
      assertEquals(1, fake.taken + fake.closed, "round " + i);
      given += fake.closed;
    }
    assertTrue(given >= 1_000, given + " closed");
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception broken) {
      throw new IllegalStateException(broken);
    }
  }
}
