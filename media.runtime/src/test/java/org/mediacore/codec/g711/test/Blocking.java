package org.mediacore.codec.g711.test;

import java.util.concurrent.CountDownLatch;

/** Stands for somebody's code that blocks on the loop. */
public final class Blocking {
  private Blocking() {}

  /** Says that it holds the thread, and holds it until released. */
  public static void until(CountDownLatch holding, CountDownLatch release) {
    holding.countDown();
    try {
      release.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
