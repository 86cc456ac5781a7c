package org.mediacore.rtp;

import java.nio.ByteBuffer;

/**
 * The outgoing state of one RTP stream: SSRC, sequence numbers, timestamps and counts (RFC 3550
 * §5.1, §6.4.1).
 *
 * <p>A packet is prepared by {@link #next} (media made here) or {@link #relay} (a packet of another
 * stream, passed on), its header then written by {@link #writeHeader} or {@link #rewriteHeader},
 * and counted by {@link #sent} once it went out. Both kinds may alternate: the receiver sees one
 * stream without a jump.
 *
 * <pre>
 *   relay:  out.sequence  = source.sequence  + sequenceOffset    (a loss stays a gap, reordering
 *           out.timestamp = source.timestamp + timestampOffset    stays, a duplicate stays one)
 *   switch: out.sequence  = newest + 1
 *           out.timestamp = newest + elapsed time * clock rate, at least + 1
 * </pre>
 *
 * <p>One thread at a time; nothing allocates except {@link #snapshot} and {@link #restore}.
 */
public final class RtpSender {

  /** The packet was mapped. */
  public static final int OK = 0;

  /**
   * The source packet is older than the one its stream was anchored with: its place in the outgoing
   * sequence belongs to the stream before it. Drop it.
   */
  public static final int BEFORE_ANCHOR = -1;

  private static final int NONE = 0;
  private static final int GENERATED = 1;
  private static final int RELAYED = 2;

  private final int clockRateHz;
  private int ssrc;
  private long nextSequence;
  private int nextTimestamp;
  private int mode = NONE;
  private int lastTimestamp;
  private long lastNs;
  private long packetsSent;
  private long octetsSent;

  private int sourceSsrc;
  private long sourceSequence;
  private long sequenceOffset;
  private int timestampOffset;
  private long lowestSequence;
  private boolean switchPending;

  private int sequence;
  private int timestamp;
  private int payloadType;
  private boolean marker;
  private boolean reanchored;

  /**
   * A stream that has sent nothing. RFC 3550 §5.1 wants all three initial values random.
   *
   * @param ssrc our synchronisation source
   * @param initialSequence 0 to 65535, of the first packet
   * @param initialTimestamp of the first packet
   * @param clockRateHz RTP clock rate, at least 1
   * @throws IllegalArgumentException for a sequence number or clock rate out of range
   */
  public RtpSender(int ssrc, int initialSequence, int initialTimestamp, int clockRateHz) {
    if (initialSequence < 0 || initialSequence > 0xFFFF) {
      throw new IllegalArgumentException("initialSequence " + initialSequence + " not in 0..65535");
    }
    if (clockRateHz < 1) {
      throw new IllegalArgumentException("clockRateHz " + clockRateHz + " is below 1");
    }
    this.ssrc = ssrc;
    this.nextSequence = initialSequence;
    this.nextTimestamp = initialTimestamp;
    this.clockRateHz = clockRateHz;
  }

  /**
   * Prepares the next packet of media made here.
   *
   * @param payloadType 0 to 127
   * @param marker the marker bit
   * @param timestampIncrement duration of this packet in RTP clock ticks: the distance to the
   *     timestamp of the next one
   * @param nowNs monotonic time
   */
  public void next(int payloadType, boolean marker, int timestampIncrement, long nowNs) {
    reanchored = mode == RELAYED;
    if (reanchored) {
      nextTimestamp = timestampAfterSwitch(nowNs);
    }
    mode = GENERATED;
    sequence = (int) nextSequence & 0xFFFF;
    timestamp = nextTimestamp;
    this.payloadType = payloadType;
    this.marker = marker;
    newest(nextSequence, nowNs);
    nextTimestamp += timestampIncrement;
  }

  /**
   * Lets the timestamp of media made here run on without a packet (silence that is not sent).
   *
   * @param ticks duration in RTP clock ticks
   */
  public void skip(int ticks) {
    nextTimestamp += ticks;
  }

  /**
   * Moves the timestamp of media made here on to the clock, where more time has passed without it
   * than was told by {@link #skip}: a hold, or another source. Less than 100 ms is left alone.
   *
   * @param nowNs monotonic time
   */
  public void catchUp(long nowNs) {
    int behind = timestampAt(nowNs) - nextTimestamp;
    if (mode == GENERATED && behind > clockRateHz / 10) {
      nextTimestamp += behind;
    }
  }

  /**
   * Prepares a packet of another stream to be passed on. Only packets that an {@link RtpReceiver}
   * accepted belong here: it keeps late packets of a former source away.
   *
   * @param sourceSsrc SSRC of the source; another one than before is anchored anew
   * @param sourceSequence 0 to 65535
   * @param sourceTimestamp in ticks of the same clock rate as this sender's
   * @param payloadType the outgoing payload type, 0 to 127
   * @param marker the marker bit
   * @param nowNs monotonic time
   * @return {@link #OK} or {@link #BEFORE_ANCHOR}; nothing is prepared then
   */
  public int relay(
      int sourceSsrc,
      int sourceSequence,
      int sourceTimestamp,
      int payloadType,
      boolean marker,
      long nowNs) {
    reanchored = mode != RELAYED || switchPending || sourceSsrc != this.sourceSsrc;
    if (reanchored) {
      anchor(sourceSsrc, sourceSequence, sourceTimestamp, nowNs);
    }
    long extended = this.sourceSequence + (short) (sourceSequence - (int) this.sourceSequence);
    long out = extended + sequenceOffset;
    if (out < lowestSequence) {
      return BEFORE_ANCHOR;
    }
    this.sourceSequence = Math.max(this.sourceSequence, extended);
    sequence = (int) out & 0xFFFF;
    timestamp = sourceTimestamp + timestampOffset;
    this.payloadType = payloadType;
    this.marker = marker;
    if (out >= nextSequence) {
      newest(out, nowNs);
    }
    return OK;
  }

  private void anchor(int ssrc, int firstSequence, int firstTimestamp, long nowNs) {
    // Before the first packet of all, any sequence number from 0 is still free: a packet that was
    // overtaken by the first one keeps its place. Below 0 an SRTP index would turn negative.
    lowestSequence = mode == NONE ? 0 : nextSequence;
    int start = mode == NONE ? nextTimestamp : timestampAfterSwitch(nowNs);
    mode = RELAYED;
    switchPending = false;
    sourceSsrc = ssrc;
    sourceSequence = firstSequence;
    sequenceOffset = nextSequence - firstSequence;
    timestampOffset = start - firstTimestamp;
  }

  /**
   * Announces that the next relayed packet belongs to another stream though its SSRC may be the
   * same: the source restarted, or another leg is connected.
   */
  public void switchSource() {
    switchPending = true;
  }

  private int timestampAfterSwitch(long nowNs) {
    return lastTimestamp + (int) Math.max(1, RtpTime.ticks(nowNs - lastNs, clockRateHz));
  }

  private void newest(long extended, long nowNs) {
    nextSequence = extended + 1;
    lastTimestamp = timestamp;
    lastNs = nowNs;
  }

  /**
   * Writes the prepared header at the position and moves it behind.
   *
   * @return {@link RtpPacket#OK} or {@link RtpPacket#TOO_SHORT}
   */
  public int writeHeader(ByteBuffer out) {
    return RtpPacket.writeHeader(out, payloadType, sequence, timestamp, ssrc, marker);
  }

  /**
   * Rewrites the header of the packet at the position with the prepared one, in place.
   *
   * @return {@link RtpPacket#OK} or {@link RtpPacket#TOO_SHORT}
   */
  public int rewriteHeader(ByteBuffer packet) {
    return RtpPacket.rewrite(packet, payloadType, sequence, timestamp, ssrc, marker);
  }

  /** Counts a packet that went out, with {@code payloadBytes} of payload without padding. */
  public void sent(int payloadBytes) {
    packetsSent++;
    octetsSent += payloadBytes;
  }

  /**
   * Takes another SSRC after a collision (RFC 3550 §8.2). Counts start over, as §6.4.1 asks for;
   * sequence numbers and timestamps run on.
   */
  public void changeSsrc(int newSsrc) {
    ssrc = newSsrc;
    packetsSent = 0;
    octetsSent = 0;
  }

  /** Our synchronisation source. */
  public int ssrc() {
    return ssrc;
  }

  /** The RTP clock rate. */
  public int clockRateHz() {
    return clockRateHz;
  }

  /** The prepared sequence number, 0 to 65535. */
  public int sequence() {
    return sequence;
  }

  /** The prepared timestamp. */
  public int timestamp() {
    return timestamp;
  }

  /** Whether the prepared packet is the first of a new anchor: a place for an audio marker bit. */
  public boolean reanchored() {
    return reanchored;
  }

  /** The sequence number that follows the newest one, extended past the wrap. */
  public long nextSequenceExtended() {
    return nextSequence;
  }

  /** The RTP timestamp that corresponds to {@code nowNs}, as a sender report needs it. */
  public int timestampAt(long nowNs) {
    return mode == NONE
        ? nextTimestamp
        : lastTimestamp + (int) RtpTime.ticks(nowNs - lastNs, clockRateHz);
  }

  /** Packets counted by {@link #sent} since the start or the last change of SSRC. */
  public long packetsSent() {
    return packetsSent;
  }

  /** Payload bytes counted by {@link #sent} since the start or the last change of SSRC. */
  public long octetsSent() {
    return octetsSent;
  }

  /**
   * The state as a value.
   *
   * @param nowNs monotonic time; {@link #restore} gets the same instant, by whatever clock it has
   */
  public RtpSenderSnapshot snapshot(long nowNs) {
    return new RtpSenderSnapshot(
        RtpSenderSnapshot.VERSION,
        clockRateHz,
        ssrc,
        nextSequence,
        nextTimestamp,
        mode,
        lastTimestamp,
        mode == NONE ? 0 : nowNs - lastNs,
        packetsSent,
        octetsSent,
        sourceSsrc,
        sourceSequence,
        sequenceOffset,
        timestampOffset,
        lowestSequence,
        switchPending);
  }

  /**
   * A sender that continues exactly where {@code snapshot} was taken.
   *
   * @param snapshot the state
   * @param nowNs the instant of the snapshot on the new sender's monotonic clock
   */
  public static RtpSender restore(RtpSenderSnapshot snapshot, long nowNs) {
    RtpSender sender =
        new RtpSender(snapshot.ssrc(), 0, snapshot.nextTimestamp(), snapshot.clockRateHz());
    sender.nextSequence = snapshot.nextSequence();
    sender.mode = snapshot.mode();
    sender.lastTimestamp = snapshot.lastTimestamp();
    sender.lastNs = nowNs - snapshot.sinceLastNs();
    sender.packetsSent = snapshot.packetsSent();
    sender.octetsSent = snapshot.octetsSent();
    sender.sourceSsrc = snapshot.sourceSsrc();
    sender.sourceSequence = snapshot.sourceSequence();
    sender.sequenceOffset = snapshot.sequenceOffset();
    sender.timestampOffset = snapshot.timestampOffset();
    sender.lowestSequence = snapshot.lowestSequence();
    sender.switchPending = snapshot.switchPending();
    return sender;
  }
}
