package org.mediacore.rtp;

/**
 * The state of an {@link RtpSender} as a value: primitives only, so that it survives the class
 * loader that made it.
 *
 * @param version {@link #VERSION} of the layout
 * @param clockRateHz RTP clock rate
 * @param ssrc our synchronisation source
 * @param nextSequence next outgoing sequence number, extended past the wrap
 * @param nextTimestamp timestamp of the next generated packet
 * @param mode 0 nothing sent yet, 1 generated, 2 relayed
 * @param lastTimestamp timestamp of the newest packet
 * @param sinceLastNs time from the newest packet to the snapshot, in ns
 * @param packetsSent packets counted as sent
 * @param octetsSent payload bytes counted as sent
 * @param sourceSsrc relayed source
 * @param sourceSequence newest sequence number of the relayed source, extended
 * @param sequenceOffset outgoing minus source sequence number, both extended
 * @param timestampOffset outgoing minus source timestamp, modulo 2^32
 * @param lowestSequence lowest outgoing sequence number the present source may use, extended
 * @param switchPending whether the next relayed packet is anchored anew
 */
public record RtpSenderSnapshot(
    int version,
    int clockRateHz,
    int ssrc,
    long nextSequence,
    int nextTimestamp,
    int mode,
    int lastTimestamp,
    long sinceLastNs,
    long packetsSent,
    long octetsSent,
    int sourceSsrc,
    long sourceSequence,
    long sequenceOffset,
    int timestampOffset,
    long lowestSequence,
    boolean switchPending) {

  /** The layout that this code writes and reads. */
  public static final int VERSION = 1;

  /**
   * Checks what a restore relies on.
   *
   * @throws IllegalArgumentException for an unknown version, a clock rate below 1 or an unknown
   *     mode
   */
  public RtpSenderSnapshot {
    if (version != VERSION) {
      throw new IllegalArgumentException("version " + version + ", known is " + VERSION);
    }
    if (clockRateHz < 1) {
      throw new IllegalArgumentException("clockRateHz " + clockRateHz + " is below 1");
    }
    if (mode < 0 || mode > 2) {
      throw new IllegalArgumentException("mode " + mode + " is not 0, 1 or 2");
    }
  }
}
