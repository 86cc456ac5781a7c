package org.mediacore.rtp;

/**
 * The state of an {@link RtpReceiver} as a value: primitives only, so that it survives the class
 * loader that made it. Ages are relative to the instant of the snapshot.
 *
 * @param version {@link #VERSION} of the layout
 * @param localSsrc our own SSRC
 * @param clockRateHz RTP clock rate
 * @param minSequential packets in sequence that make a source valid
 * @param known whether a source was seen
 * @param valid whether the source passed its probation
 * @param left whether the source said BYE
 * @param ssrc the source
 * @param probation packets in sequence still wanted
 * @param baseSequence first sequence number, extended
 * @param highestSequence highest sequence number, extended
 * @param badSequence the sequence number that would confirm a jump, -1 for none
 * @param received packets since the source started, duplicates included (RFC 3550 A.3)
 * @param expectedPrior packets expected at the last report
 * @param receivedPrior packets received at the last report
 * @param windowNear marks of the newest 64 sequence numbers
 * @param windowFar marks of the 64 before
 * @param highestTimestamp timestamp that belongs to the highest sequence number, unwrapped
 * @param timed whether a packet has been timed for the jitter
 * @param lastTimestamp timestamp of the packet that arrived last
 * @param sinceLastNs age of the packet that arrived last, in ns
 * @param jitterScaled jitter in ticks times 16
 * @param candidateSsrc a source that may take over
 * @param candidateSequence its next sequence number
 * @param candidateCount its packets so far
 * @param accepted packets accepted, without duplicates
 * @param duplicates packets seen before
 * @param reordered packets that came after a later one
 * @param restarts jumps confirmed by a second packet
 * @param sourceChanges times another SSRC took over
 * @param collisions packets that carried our own SSRC
 * @param rejected packets not accepted for any other reason
 */
public record RtpReceiverSnapshot(
    int version,
    int localSsrc,
    int clockRateHz,
    int minSequential,
    boolean known,
    boolean valid,
    boolean left,
    int ssrc,
    int probation,
    long baseSequence,
    long highestSequence,
    int badSequence,
    long received,
    long expectedPrior,
    long receivedPrior,
    long windowNear,
    long windowFar,
    long highestTimestamp,
    boolean timed,
    int lastTimestamp,
    long sinceLastNs,
    long jitterScaled,
    int candidateSsrc,
    int candidateSequence,
    int candidateCount,
    long accepted,
    long duplicates,
    long reordered,
    long restarts,
    long sourceChanges,
    long collisions,
    long rejected) {

  /** The layout that this code writes and reads. */
  public static final int VERSION = 1;

  /**
   * Checks what a restore relies on.
   *
   * @throws IllegalArgumentException for an unknown version, or a clock rate or minSequential below
   *     1
   */
  public RtpReceiverSnapshot {
    if (version != VERSION) {
      throw new IllegalArgumentException("version " + version + ", known is " + VERSION);
    }
    if (clockRateHz < 1) {
      throw new IllegalArgumentException("clockRateHz " + clockRateHz + " is below 1");
    }
    if (minSequential < 1) {
      throw new IllegalArgumentException("minSequential " + minSequential + " is below 1");
    }
  }
}
