package org.mediacore.runtime.pipeline;

import java.util.function.BiConsumer;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaStatus;
import org.mediacore.runtime.registry.Provider;

/**
 * An instance of a newcomer and one of its predecessor that are given the same frames, one after
 * the other. Their times go into a tally; what they throw counts as {@link MediaStatus#FAILED}.
 * Used by one thread, off the loop; others may ask who is at work, and give it up.
 */
final class ComparedPair<P extends Provider, I> {
  /** Makes an instance. */
  interface Maker<P, I> {
    I make(P provider) throws MediaSetupException;
  }

  /** What both do with a frame. */
  interface Work<I> {
    /** Gives samples, bytes or a negative status. */
    int on(I instance);
  }

  private final P predecessorProvider;
  private final P newcomerProvider;
  private final I predecessor;
  private final I newcomer;
  private final BiConsumer<P, I> closer;
  private final Tally tally;
  private int expected;
  private int given;
  private String thrown = "";
  private volatile boolean newcomerAtWork;
  private volatile boolean givenUp;

  /**
   * Makes both; may block.
   *
   * @param closer closes an instance that its provider has made
   * @throws MediaSetupException where one cannot be made; nothing is open then. Where it is the
   *     newcomer's, the tally has a fault
   */
  ComparedPair(P predecessor, P newcomer, Maker<P, I> maker, BiConsumer<P, I> closer, Tally tally)
      throws MediaSetupException {
    this.predecessorProvider = predecessor;
    this.newcomerProvider = newcomer;
    this.closer = closer;
    this.tally = tally;
    this.predecessor = maker.make(predecessor);
    try {
      this.newcomer = maker.make(newcomer);
    } catch (MediaSetupException | RuntimeException failed) {
      tally.fault("cannot be made: " + failed.getMessage());
      closer.accept(predecessor, this.predecessor);
      throw failed;
    }
  }

  /**
   * Lets both work on a frame.
   *
   * @return whether the results count: not where both were given up meanwhile
   */
  boolean work(Work<I> onPredecessor, Work<I> onNewcomer) {
    if (givenUp) {
      return false;
    }
    long start = System.nanoTime();
    expected = run(onPredecessor, predecessor);
    long between = System.nanoTime();
    newcomerAtWork = true;
    given = run(onNewcomer, newcomer);
    newcomerAtWork = false;
    if (givenUp) {
      return false;
    }
    tally.frame(between - start, System.nanoTime() - between);
    return true;
  }

  private int run(Work<I> work, I instance) {
    thrown = "";
    try {
      return work.on(instance);
    } catch (Throwable broken) {
      thrown = broken.toString();
      return MediaStatus.FAILED;
    }
  }

  /** What the predecessor made of the frame. */
  int expected() {
    return expected;
  }

  /** What the newcomer made of it. */
  int given() {
    return given;
  }

  /** What the newcomer threw at it, else the text. */
  String thrownOr(String text) {
    return thrown.isEmpty() ? text : thrown;
  }

  I predecessor() {
    return predecessor;
  }

  I newcomer() {
    return newcomer;
  }

  /** Whether the newcomer works now; any thread may ask. */
  boolean newcomerIsAtWork() {
    return newcomerAtWork;
  }

  /** What they make from now on does not count; from any thread. */
  void giveUp() {
    givenUp = true;
  }

  /** Closes both; not while they work. */
  void close() {
    try {
      closer.accept(predecessorProvider, predecessor);
    } finally {
      closer.accept(newcomerProvider, newcomer);
    }
  }
}
