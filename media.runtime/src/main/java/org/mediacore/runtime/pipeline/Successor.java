package org.mediacore.runtime.pipeline;

/** An instance that was made and tried off the loop, and is to take over from another one. */
public interface Successor {
  /**
   * How many frames it may catch up with on the loop while the call has one: what takes longer to
   * make and prime has missed more of them, and all at once they would hold up other calls.
   */
  int FRAMES_AT_A_TIME = 2;

  /** Told how the change goes. */
  SwapOutcome outcome();

  /**
   * Gives it to the stage that it was made for; on the loop. From then on it is the stage's, which
   * changes between two frames and tells {@link #outcome}.
   *
   * @return false where what it was made from has changed meanwhile: it is still the caller's, who
   *     discards it and makes another one
   */
  boolean handOver();

  /** Closes it; only while it is the caller's or was refused. Off the loop. */
  void discard();
}
