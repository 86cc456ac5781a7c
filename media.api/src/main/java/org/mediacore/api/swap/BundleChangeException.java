package org.mediacore.api.swap;

/**
 * A change of the deployed bundles was refused or failed. The message is for the operator: what,
 * why, and what would be possible.
 */
public final class BundleChangeException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a message for the operator. */
  public BundleChangeException(String message) {
    super(message);
  }

  /** With a message for the operator and what was behind it. */
  public BundleChangeException(String message, Throwable cause) {
    super(message, cause);
  }
}
