package org.mediacore.api.state;

/** Whose packets may decide where a stream is sent (symmetric RTP, RFC 4961 and RFC 7362 §4). */
public enum LatchPolicy {
  /** Only a packet from the signalled IP address latches; its port may differ behind a NAT. */
  SIGNALLED_ADDRESS,
  /** The first valid packet from anywhere latches. Opt-in: whoever is first gets the stream. */
  ANY
}
