package org.mediacore.api.swap;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One instance that was replaced in one session: how the change was made and what a caller could
 * have noticed.
 *
 * @param sessionId the session
 * @param part what was replaced, such as {@code decoder opus/48000/2}
 * @param from the provider before: symbolic name and version of the bundle
 * @param to the provider after
 * @param reason why, such as {@code newer version}
 * @param atMs when, in milliseconds since 1970
 * @param wire for an encoder, the outgoing stream at the change; absent for a decoder
 * @param levelStepDb for a decoder or a processor, the successor's level minus the predecessor's,
 *     both working on the block of the change; absent for an encoder and in silence
 * @param samplesConcealed samples per channel that had to be made up because of the change
 * @param addedDelaySamples the successor's delay minus the predecessor's, in samples per channel; 0
 *     where neither holds audio back
 */
public record SwapReceipt(
    String sessionId,
    String part,
    String from,
    String to,
    String reason,
    long atMs,
    Optional<Wire> wire,
    OptionalDouble levelStepDb,
    int samplesConcealed,
    int addedDelaySamples) {
  /**
   * RTP counters at a change.
   *
   * @param sequenceBefore sequence number of the last packet sent before
   * @param sequenceAfter that of the first packet sent after
   * @param timestampBefore timestamp of the last packet sent before, 32 bits
   * @param timestampAfter that of the first packet sent after
   */
  public record Wire(
      int sequenceBefore, int sequenceAfter, int timestampBefore, int timestampAfter) {
    /** Packets missing between the two; 0 where the receiver sees one stream. */
    public int packetsMissing() {
      return (sequenceAfter - sequenceBefore - 1) & 0xFFFF;
    }

    /** RTP clock ticks between the two: the length of one packet where nothing is missing. */
    public int ticksBetween() {
      return timestampAfter - timestampBefore;
    }
  }
}
