package org.mediacore.api;

/**
 * Something could not be set up: an encoder with these parameters, a transport for this address, a
 * session beyond the limit. Carries the value that was refused. Never thrown on the media path.
 */
public class MediaSetupException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why a setup was refused, in terms that a signalling protocol can answer with. */
  public enum Reason {
    /** A value is not valid or not supported. */
    NOT_SUPPORTED,
    /** No codec is common to both sides (SIP: 488). */
    NO_COMMON_CODEC,
    /** The description cannot be parsed or contradicts itself (SIP: 400). */
    BAD_DESCRIPTION,
    /** A configured limit is reached, or no port is free (SIP: 503). */
    LIMIT_REACHED,
    /** The call does not fit the state of the object, such as an answer without an offer. */
    WRONG_STATE,
    /** A native library, a device or a file that is needed is not there. */
    RESOURCE_MISSING
  }

  private final Reason reason;
  private final String refused;

  /**
   * @param reason why
   * @param message what was attempted and what would be allowed
   * @param refused the value that was refused, as text
   */
  public MediaSetupException(Reason reason, String message, String refused) {
    super(message + (refused.isEmpty() ? "" : ": " + refused));
    this.reason = reason;
    this.refused = refused;
  }

  /** As above, with the exception that led here. */
  public MediaSetupException(Reason reason, String message, String refused, Throwable cause) {
    this(reason, message, refused);
    initCause(cause);
  }

  /** Why the setup was refused. */
  public Reason reason() {
    return reason;
  }

  /** The refused value as text; empty where there is none. */
  public String refused() {
    return refused;
  }
}
