package org.mediacore.runtime.pipeline;

import org.mediacore.runtime.loop.LoopTimer;
import org.mediacore.runtime.loop.MediaLoop;

/**
 * Ticks while a far end pauses whose packets drive a pipeline otherwise: its comfort noise goes on
 * though nothing comes (RFC 3389 §4). On the loop; allocates nothing.
 */
final class PauseTimer extends LoopTimer {
  /** How long noise goes on without a sign of the far end; as where a tick pulls it. */
  static final long LONGEST_NS = ClockedInbound.MAX_PAUSE_MS * 1_000_000L;

  /** A loop that stood still for so long does not make up for it. */
  private static final long MAX_LAG_NS = 200_000_000L;

  /** Whose pause it is. */
  interface Pausing {
    /** Makes the noise of one frame. */
    void goOn(long nowNs);
  }

  private final AudioLeg leg;
  private final Pausing pausing;
  private MediaLoop loop;
  private long frameNs;
  private long endNs;

  /**
   * @param leg where the packets come in
   */
  PauseTimer(AudioLeg leg, Pausing pausing) {
    this.leg = leg;
    this.pausing = pausing;
  }

  /**
   * A packet said that the far end pauses. The noise of a frame is made half a frame behind its
   * time, so that the packet that ends the pause is there before, and where it is late by less.
   *
   * @param filledNs how far behind the packet's beginning the audio reaches that was made already
   * @param newFrameNs how much is made at a time
   */
  void start(long nowNs, long filledNs, long newFrameNs) {
    loop = leg.loop();
    frameNs = newFrameNs;
    endNs = nowNs + LONGEST_NS;
    loop.schedule(this, nowNs + filledNs + newFrameNs / 2);
  }

  /** The pause is over, or nobody is there to hear it. */
  void stop() {
    if (isScheduled() && loop == leg.loop()) { // else it finds out itself, on its own loop
      loop.cancel(this);
    }
  }

  @Override
  protected void fire(long dueNs, long nowNs) {
    if (loop != leg.loop() || nowNs - endNs >= 0) {
      return;
    }
    loop.schedule(this, nowNs - dueNs > MAX_LAG_NS ? nowNs + frameNs : dueNs + frameNs);
    pausing.goOn(nowNs);
  }
}
