package org.mediacore.sdp.negotiation;

import org.mediacore.sdp.RtpFormat;

/**
 * Which part of the format parameters makes a format a different one, so that it needs a number of
 * its own (H.264: packetization-mode and profile). Codec knowledge stays with whoever implements
 * it.
 */
@FunctionalInterface
public interface FormatIdentity {

  /** Parameters never make a difference: encoding, clock and channels are the whole identity. */
  FormatIdentity ENCODING_ONLY = format -> "";

  /** A key: two formats of one encoding with equal keys are the same format. Must not be null. */
  String keyOf(RtpFormat format);
}
