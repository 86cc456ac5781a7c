package org.mediacore.runtime.pipeline;

import java.util.Optional;
import java.util.OptionalDouble;
import org.mediacore.api.swap.SwapReceipt;

/** Told on the loop, once, how the change to a successor went. */
public interface SwapOutcome {
  /**
   * What was seen of a change; as in {@link SwapReceipt}.
   *
   * @param wire the outgoing stream at the change, of an encoder
   * @param levelStepDb the successor's level minus the predecessor's, where measured
   * @param samplesConcealed what had to be made up because of it
   * @param addedDelaySamples the successor's delay minus the predecessor's
   */
  record Facts(
      Optional<SwapReceipt.Wire> wire,
      OptionalDouble levelStepDb,
      int samplesConcealed,
      int addedDelaySamples) {
    /** Nothing to be told but that it happened. */
    static final Facts NONE = new Facts(Optional.empty(), OptionalDouble.empty(), 0, 0);

    /** Of something whose level was compared. */
    static Facts level(OptionalDouble stepDb) {
      return new Facts(Optional.empty(), stepDb, 0, 0);
    }
  }

  /**
   * The successor has the call.
   *
   * @param retire closes the predecessor; to be run off the loop
   */
  void switched(Facts facts, Runnable retire);

  /**
   * The predecessor keeps the call.
   *
   * @param why what the successor did wrong, or that the stage has ended
   * @param retire closes the successor; to be run off the loop
   * @param atFault whether the successor is to blame
   */
  void refused(String why, Runnable retire, boolean atFault);
}
