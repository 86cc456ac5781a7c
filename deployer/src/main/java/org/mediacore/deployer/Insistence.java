package org.mediacore.deployer;

import java.io.IOException;
import org.osgi.framework.BundleException;

/**
 * Repeats what the framework refuses because another thread resolves bundles: it rather gives one
 * of two threads up than let them wait for each other. A little later the same works.
 */
final class Insistence {
  /** How often something is tried; with {@link #DELAY_MS} between, for about two seconds. */
  static final int ATTEMPTS = 10;

  static final long DELAY_MS = 200;

  /**
   * In all of what Felix says then; it is a BundleException here, an IllegalStateException there.
   */
  private static final String BUSY = "Unable to acquire";

  /** Lets time pass. */
  interface Delay {
    /** Returns after a while. */
    void ms(long ms) throws InterruptedException;
  }

  /** Something that the framework is to do. */
  interface Operation {
    /** Does it anew with each call. */
    void run() throws BundleException, IOException;
  }

  private final Delay delay;

  Insistence(Delay delay) {
    this.delay = delay;
  }

  /**
   * Does it; where the framework is busy, again after a while, a limited number of times.
   *
   * @throws BundleException where it fails, or the framework stays busy
   */
  void run(Operation operation) throws BundleException, IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        operation.run();
        return;
      } catch (BundleException | IllegalStateException refused) {
        if (!isBusy(refused)) {
          throw refused;
        }
        if (attempt == ATTEMPTS) {
          throw new BundleException(
              refused.getMessage() + "; tried " + ATTEMPTS + " times", refused);
        }
      }
      delay.ms(DELAY_MS);
    }
  }

  private static boolean isBusy(Throwable refused) {
    for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
      if (String.valueOf(cause.getMessage()).contains(BUSY)) {
        return true;
      }
    }
    return false;
  }
}
