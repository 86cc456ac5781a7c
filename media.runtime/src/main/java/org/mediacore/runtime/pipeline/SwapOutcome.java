package org.mediacore.runtime.pipeline;

import java.util.Optional;
import java.util.OptionalDouble;
import org.mediacore.api.swap.SwapReceipt;

/** Told on the loop, once, how the change to a successor went. */
public interface SwapOutcome {
  /**
   * The successor has the call.
   *
   * @param wire the outgoing stream at the change, of an encoder
   * @param levelStepDb its level minus the predecessor's in the frame of the change, where measured
   * @param retire closes the predecessor; to be run off the loop
   */
  void switched(Optional<SwapReceipt.Wire> wire, OptionalDouble levelStepDb, Runnable retire);

  /**
   * The predecessor keeps the call.
   *
   * @param why what the successor did wrong, or that the stage has ended
   * @param retire closes the successor; to be run off the loop
   * @param atFault whether the successor is to blame
   */
  void refused(String why, Runnable retire, boolean atFault);
}
