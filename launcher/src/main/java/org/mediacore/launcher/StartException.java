package org.mediacore.launcher;

/** The platform cannot start or has not come up. The message says what is wrong and where. */
final class StartException extends Exception {
  private static final long serialVersionUID = 1L;

  StartException(String message) {
    super(message);
  }

  StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
