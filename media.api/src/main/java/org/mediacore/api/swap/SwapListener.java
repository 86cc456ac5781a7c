package org.mediacore.api.swap;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears of changes as they happen; registered as a service by whoever wants to. Called on one
 * thread of the platform's, in order, never on a media loop; whoever is slow here delays the next
 * event, not a call.
 */
@ConsumerType
public interface SwapListener {
  /** An instance was replaced in a session. */
  void swapped(SwapReceipt receipt);

  /**
   * A provider is not used any more.
   *
   * @param provider what it provides, its bundle and version
   * @param why what it did wrong
   */
  default void quarantined(String provider, String why) {}
}
