package org.mediacore.api.endpoint;

/** An address could not be opened. */
public class EndpointException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why, in terms that a signalling protocol can answer with. */
  public enum Reason {
    /** The address means nothing here, or what it names does not exist (SIP: 404). */
    NOT_FOUND,
    /** The address is taken (SIP: 486). */
    BUSY,
    /** The address names something that may not be reached (SIP: 403). */
    FORBIDDEN,
    /** Something it needs is missing or full (SIP: 503). */
    UNAVAILABLE
  }

  private final Reason reason;

  /** An exception whose message the caller may be told. */
  public EndpointException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** As above, with the exception that led here. */
  public EndpointException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Why the address was not opened. */
  public Reason reason() {
    return reason;
  }
}
