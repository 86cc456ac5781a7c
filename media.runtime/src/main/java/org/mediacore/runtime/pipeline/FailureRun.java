package org.mediacore.runtime.pipeline;

import org.mediacore.runtime.registry.Provider;

/**
 * Counts frames that a provider's instance failed at in a row, and says so once, with why, when
 * they are too many.
 */
final class FailureRun {
  /**
   * A hundred milliseconds of 20 ms frames: longer than any loss that a caller would not notice.
   */
  private static final int TOO_MANY = 5;

  private LegListener listener;
  private int inARow;
  private Throwable cause;

  void listener(LegListener newListener) {
    listener = newListener;
  }

  /** Keeps what was thrown, for the message. */
  void cause(Throwable thrown) {
    cause = thrown;
  }

  void worked() {
    inARow = 0;
  }

  void failed(boolean counts, Provider provider, String what) {
    if (counts && ++inARow == TOO_MANY && listener != null) {
      listener.failing(provider, cause == null ? what : what + " (" + cause + ")");
    }
  }
}
