package org.mediacore.signaling.sip;

/**
 * The base times of SIP over UDP (RFC 3261 §17.1.1.1 and table 4).
 *
 * @param t1Ms estimate of the round trip time
 * @param t2Ms longest interval between retransmissions
 */
record SipTimings(long t1Ms, long t2Ms) {
  static final SipTimings RFC_3261 = new SipTimings(500, 4000);

  /** How long a transaction lives: timers B, F, H, J, and L of RFC 6026. */
  long transactionMs() {
    return 64 * t1Ms;
  }

  /** The interval that follows one of {@code intervalMs}. */
  long nextIntervalMs(long intervalMs) {
    return Math.min(2 * intervalMs, t2Ms);
  }
}
