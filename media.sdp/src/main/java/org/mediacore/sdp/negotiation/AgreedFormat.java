package org.mediacore.sdp.negotiation;

import org.mediacore.sdp.RtpFormat;

/**
 * One codec both sides named. The two numbers may differ (RFC 3264 §5.1, §6.1).
 *
 * @param local as this side described it: the number the peer puts into what it sends here
 * @param remote as the peer described it: the number to put into what is sent there. A peer that
 *     only sends (sendonly) names the number it sends with, so a receiver accepts both numbers.
 */
public record AgreedFormat(RtpFormat local, RtpFormat remote) {

  /** Whether both sides use one number. */
  public boolean sameNumber() {
    return local.payloadType() == remote.payloadType();
  }
}
