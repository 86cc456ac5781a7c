package org.mediacore.api.swap;

import org.osgi.annotation.versioning.ConsumerType;

/** Decides in the course of a swap whether the newcomer stays. Called on the thread of the swap. */
@ConsumerType
public interface SwapTrial {
  /** Nobody is asked: the newcomer stays. */
  SwapTrial NONE = new NoTrial();

  /**
   * The version is known and about to be deployed.
   *
   * @param bundle the symbolic name
   * @param version the version
   * @throws BundleChangeException where the trial cannot take place; nothing is deployed then
   */
  void begin(String bundle, String version) throws BundleChangeException;

  /**
   * The version is deployed and started; may block until the outcome is known.
   *
   * @return whether it stays and the others of its bundle go
   */
  boolean passed() throws InterruptedException;
}
