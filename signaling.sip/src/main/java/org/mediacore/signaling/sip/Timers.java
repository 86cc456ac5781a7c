package org.mediacore.signaling.sip;

/** Runs something later. What it runs must not block. */
interface Timers {
  /** Something that was planned. */
  interface Task {
    /** Not any more; does nothing when it ran or was cancelled before. */
    void cancel();
  }

  /** Runs {@code action} once, {@code delayMs} milliseconds from now. */
  Task after(long delayMs, Runnable action);
}
