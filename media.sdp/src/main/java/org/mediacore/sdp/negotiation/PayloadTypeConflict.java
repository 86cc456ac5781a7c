package org.mediacore.sdp.negotiation;

import org.mediacore.sdp.RtpFormat;

/**
 * A number was given a second meaning within a session, which RFC 3264 §8.3.2 forbids.
 *
 * @param established the meaning the number has for the session's life
 * @param attempted the meaning that was refused; same number
 */
public record PayloadTypeConflict(RtpFormat established, RtpFormat attempted) {

  /** One sentence for a log or an error answer. */
  @Override
  public String toString() {
    return "payload type "
        + established.payloadType()
        + " is "
        + described(established)
        + " in this session and cannot become "
        + described(attempted);
  }

  private static String described(RtpFormat format) {
    return format.encoding() + (format.fmtp().isEmpty() ? "" : " (" + format.fmtp() + ")");
  }
}
