package org.mediacore.bench;

/** The command line is wrong; the message says what. */
public final class UsageException extends Exception {
  private static final long serialVersionUID = 1;

  /** With the message for the user. */
  public UsageException(String message) {
    super(message);
  }
}
