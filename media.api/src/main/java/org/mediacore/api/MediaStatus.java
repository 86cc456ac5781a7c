package org.mediacore.api;

/**
 * Negative results of methods on the media path, where exceptions are not thrown. A result of zero
 * or more is a count (bytes or samples per channel, as the method says).
 */
public final class MediaStatus {
  /** The input is not valid for this codec or format; the instance is still usable. */
  public static final int BAD_INPUT = -1;

  /** The caller's output buffer is too small; nothing was consumed or written. */
  public static final int BUFFER_TOO_SMALL = -2;

  /** The operation is not offered by this instance; the platform uses its own substitute. */
  public static final int UNSUPPORTED = -3;

  /** The instance failed in a way it did not expect, or was closed; it should be replaced. */
  public static final int FAILED = -4;

  /** A source has delivered everything it had. */
  public static final int FINISHED = -5;

  private MediaStatus() {}

  /** The name of a status for logs and reports; {@code status} may be any number. */
  public static String nameOf(int status) {
    return switch (status) {
      case BAD_INPUT -> "BAD_INPUT";
      case BUFFER_TOO_SMALL -> "BUFFER_TOO_SMALL";
      case UNSUPPORTED -> "UNSUPPORTED";
      case FAILED -> "FAILED";
      case FINISHED -> "FINISHED";
      default -> status >= 0 ? "OK(" + status + ")" : "UNKNOWN(" + status + ")";
    };
  }
}
