package org.mediacore.rtp;

/**
 * The incoming state of one RTP stream: order, loss, jitter and which source is heard (RFC 3550
 * §6.4.1, §8.2, A.1, A.3, A.8).
 *
 * <p>{@link #receive} classifies each packet; 0 and above is accepted media, negative is not to be
 * played. The classes differ from A.1 in one point: a duplicate inside the last 128 packets is told
 * from a packet that was merely overtaken.
 *
 * <p><b>Probation.</b> A.1 wants two packets in sequence before a source counts. Here the default
 * is one: a stream is heard only from the signalled address, so a stray packet is unlikely, and
 * holding back the first packet would clip the first syllable of every call.
 *
 * <p><b>Another SSRC</b> takes over after two packets in sequence with none of the present source
 * between them, or at once after a BYE of the present source; two sources that send alternately
 * therefore do not flip the stream.
 *
 * <p>One thread at a time; nothing allocates except {@link #snapshot} and {@link #restore}.
 */
public final class RtpReceiver {

  /** The packet follows the highest one so far. */
  public static final int IN_ORDER = 0;

  /** {@link #lostBefore} packets are missing before this one. */
  public static final int GAP = 1;

  /** The packet was overtaken by a later one. */
  public static final int REORDERED = 2;

  /**
   * The stream starts over: a confirmed jump, or another SSRC. Flush what was buffered, and tell a
   * relaying sender ({@link RtpSender#switchSource}).
   */
  public static final int RESTART = 3;

  /** Seen before; counted, not to be played. */
  public static final int DUPLICATE = -1;

  /** The source has not shown enough packets in sequence yet. */
  public static final int PROBATION = -2;

  /** Too far from the highest sequence number; a restart if the next packet follows it. */
  public static final int JUMP = -3;

  /** Of another SSRC than the one that is heard. */
  public static final int OTHER_SOURCE = -4;

  /**
   * The packet carries our own SSRC: a collision, or our own packet looped back (RFC 3550 §8.2).
   * The caller sends a BYE, takes another SSRC and tells {@link #localSsrc(int)}.
   */
  public static final int COLLISION = -5;

  /** A gap of this many or more is a jump (A.1). */
  public static final int MAX_DROPOUT = 3000;

  /** A packet this many or more behind is a jump (A.1). */
  public static final int MAX_MISORDER = 100;

  private static final int TAKE_OVER_PACKETS = 2;

  private final int minSequential;
  private final SequenceWindow window = new SequenceWindow();
  private final JitterEstimate jitter = new JitterEstimate();
  private int localSsrc;
  private int clockRateHz;

  private boolean known;
  private boolean valid;
  private boolean left;
  private int ssrc;
  private int probation;
  private long baseSequence;
  private long highestSequence;
  private int badSequence = -1;
  private long received;
  private long expectedPrior;
  private long receivedPrior;

  private long highestTimestamp;
  private int candidateSsrc;
  private int candidateSequence;
  private int candidateCount;

  private long accepted;
  private long duplicates;
  private long reordered;
  private long restarts;
  private long sourceChanges;
  private long collisions;
  private long rejected;

  private long extendedSequence;
  private long extendedTimestamp;
  private int lostBefore;

  /**
   * A receiver that accepts a source with its first packet.
   *
   * @param localSsrc our own SSRC, to detect a collision
   * @param clockRateHz RTP clock rate of the payload, at least 1
   */
  public RtpReceiver(int localSsrc, int clockRateHz) {
    this(localSsrc, clockRateHz, 1);
  }

  /**
   * A receiver with a probation.
   *
   * @param localSsrc our own SSRC, to detect a collision
   * @param clockRateHz RTP clock rate of the payload, at least 1
   * @param minSequential packets in sequence that make a source valid, at least 1
   * @throws IllegalArgumentException for a value below 1
   */
  public RtpReceiver(int localSsrc, int clockRateHz, int minSequential) {
    if (clockRateHz < 1 || minSequential < 1) {
      throw new IllegalArgumentException(
          "clockRateHz " + clockRateHz + ", minSequential " + minSequential + ": both at least 1");
    }
    this.localSsrc = localSsrc;
    this.clockRateHz = clockRateHz;
    this.minSequential = minSequential;
  }

  /** Classifies a wrapped packet; see {@link #receive(int, int, int, long)}. */
  public int receive(RtpPacket packet, long nowNs) {
    return receive(packet.ssrc(), packet.sequence(), packet.timestamp(), nowNs);
  }

  /**
   * Classifies a packet and counts it.
   *
   * @param packetSsrc its SSRC
   * @param sequence its sequence number, 0 to 65535
   * @param timestamp its timestamp
   * @param nowNs monotonic time of arrival
   * @return {@link #IN_ORDER}, {@link #GAP}, {@link #REORDERED} or {@link #RESTART} (accepted), or
   *     a negative constant of this class
   */
  public int receive(int packetSsrc, int sequence, int timestamp, long nowNs) {
    if (packetSsrc == localSsrc) {
      collisions++;
      return COLLISION;
    }
    int result;
    if (!known || packetSsrc != ssrc && !valid) {
      startProbation(packetSsrc, sequence);
      result = IN_ORDER;
    } else if (packetSsrc != ssrc) {
      result = otherSource(packetSsrc, sequence);
    } else {
      candidateCount = 0;
      result = IN_ORDER;
    }
    lostBefore = 0;
    if (result == IN_ORDER) {
      result = valid ? classify(sequence) : probe(sequence);
    }
    if (result < 0 && result != DUPLICATE) {
      rejected++;
      return result;
    }
    received++;
    if (result == DUPLICATE) {
      duplicates++;
      return result;
    }
    accepted++;
    unwrap(timestamp);
    jitter.arrived(timestamp, nowNs, clockRateHz);
    return result;
  }

  private void startProbation(int newSsrc, int sequence) {
    known = true;
    valid = false;
    ssrc = newSsrc;
    probation = minSequential;
    highestSequence = sequence - 1;
  }

  private int probe(int sequence) {
    boolean follows = sequence == ((int) highestSequence + 1 & 0xFFFF);
    probation = follows ? probation - 1 : minSequential - 1;
    if (probation > 0) {
      highestSequence = sequence;
      return PROBATION;
    }
    startSource(sequence);
    return IN_ORDER;
  }

  /** Another SSRC than the valid one: the take-over policy. */
  private int otherSource(int newSsrc, int sequence) {
    boolean follows =
        candidateCount > 0 && newSsrc == candidateSsrc && sequence == candidateSequence;
    candidateSsrc = newSsrc;
    candidateSequence = sequence + 1 & 0xFFFF;
    candidateCount = follows ? candidateCount + 1 : 1;
    if (!left && candidateCount < TAKE_OVER_PACKETS) {
      return OTHER_SOURCE;
    }
    ssrc = newSsrc;
    sourceChanges++;
    jitter.reset();
    startSource(sequence);
    return RESTART;
  }

  /** init_seq of A.1: counts that go into reports start over. */
  private void startSource(int sequence) {
    valid = true;
    left = false;
    candidateCount = 0;
    baseSequence = sequence;
    highestSequence = sequence;
    badSequence = -1;
    received = 0;
    expectedPrior = 0;
    receivedPrior = 0;
    jitter.breakOff();
    extendedSequence = sequence;
    window.clear();
    window.mark(0);
  }

  /** update_seq of A.1. */
  private int classify(int sequence) {
    int ahead = sequence - (int) highestSequence & 0xFFFF;
    if (ahead > 0 && ahead < MAX_DROPOUT) {
      highestSequence += ahead;
      extendedSequence = highestSequence;
      badSequence = -1;
      window.advance(ahead);
      window.mark(0);
      lostBefore = ahead - 1;
      return ahead == 1 ? IN_ORDER : GAP;
    }
    if (ahead != 0 && ahead <= 0x10000 - MAX_MISORDER) {
      if (sequence != badSequence) {
        badSequence = sequence + 1 & 0xFFFF;
        return JUMP;
      }
      restarts++;
      startSource(sequence);
      return RESTART;
    }
    int behind = -ahead & 0xFFFF;
    extendedSequence = highestSequence - behind;
    if (window.marked(behind)) {
      return DUPLICATE;
    }
    window.mark(behind);
    reordered++;
    return REORDERED;
  }

  /** Unwraps the timestamp next to that of the highest sequence number. */
  private void unwrap(int timestamp) {
    extendedTimestamp =
        jitter.timed()
            ? highestTimestamp + (timestamp - (int) highestTimestamp)
            : Integer.toUnsignedLong(timestamp);
    if (extendedSequence == highestSequence) {
      highestTimestamp = extendedTimestamp;
    }
  }

  /** Says that {@code byeSsrc} left; if it is the source, the next one takes over at once. */
  public void bye(int byeSsrc) {
    if (known && byeSsrc == ssrc) {
      left = true;
    }
  }

  /** Sets our own SSRC after a change. */
  public void localSsrc(int newLocalSsrc) {
    localSsrc = newLocalSsrc;
  }

  /**
   * Sets the RTP clock rate when the payload changes; the jitter starts over, in the new unit.
   *
   * @throws IllegalArgumentException for a value below 1
   */
  public void clockRateHz(int newClockRateHz) {
    if (newClockRateHz < 1) {
      throw new IllegalArgumentException("clockRateHz " + newClockRateHz + " is below 1");
    }
    if (newClockRateHz != clockRateHz) {
      clockRateHz = newClockRateHz;
      jitter.reset();
    }
  }

  /** Our own SSRC. */
  public int localSsrc() {
    return localSsrc;
  }

  /** The RTP clock rate. */
  public int clockRateHz() {
    return clockRateHz;
  }

  /** Whether a source is heard; what describes one is meaningless before. */
  public boolean hasSource() {
    return valid;
  }

  /** The source that is heard. */
  public int ssrc() {
    return ssrc;
  }

  /** The sequence number of the packet accepted last, extended past the wrap. */
  public long extendedSequence() {
    return extendedSequence;
  }

  /** The timestamp of the packet accepted last, unwrapped to 64 bits. */
  public long extendedTimestamp() {
    return extendedTimestamp;
  }

  /** The packets missing directly before the one classified last; 0 unless {@link #GAP}. */
  public int lostBefore() {
    return lostBefore;
  }

  /** The highest sequence number, extended, as a report carries it (32 bits). */
  public int highestSequence() {
    return (int) highestSequence;
  }

  /** Interarrival jitter in RTP clock ticks (A.8). */
  public long jitter() {
    return jitter.scaled() >> 4;
  }

  /** Packets expected since the source started (A.3). */
  public long expected() {
    return valid ? highestSequence - baseSequence + 1 : 0;
  }

  /** Expected minus received since the source started; duplicates make it smaller (A.3). */
  public long lost() {
    return expected() - (valid ? received : 0);
  }

  /** {@link #lost} limited to the signed 24 bits of a report. */
  public int cumulativeLost() {
    return (int) Math.max(-0x800000, Math.min(0x7FFFFF, lost()));
  }

  /**
   * The fraction of packets lost since the last call, times 256, 0 to 255 (A.3). Starts the next
   * interval.
   */
  public int takeFractionLost() {
    long expectedInterval = expected() - expectedPrior;
    long lostInterval = expectedInterval - (received - receivedPrior);
    expectedPrior = expected();
    receivedPrior = received;
    // All lost would be 256, which the 8 bits of the field cannot carry.
    return expectedInterval <= 0 || lostInterval <= 0
        ? 0
        : (int) Math.min(255, (lostInterval << 8) / expectedInterval);
  }

  /** Packets accepted in all, without duplicates. */
  public long accepted() {
    return accepted;
  }

  /** Duplicates in all. */
  public long duplicates() {
    return duplicates;
  }

  /** Overtaken packets in all. */
  public long reordered() {
    return reordered;
  }

  /** Confirmed jumps of the sequence number in all. */
  public long restarts() {
    return restarts;
  }

  /** Times another SSRC took over. */
  public long sourceChanges() {
    return sourceChanges;
  }

  /** Packets that carried our own SSRC. */
  public long collisions() {
    return collisions;
  }

  /** Packets refused: probation, jump, other source. */
  public long rejected() {
    return rejected;
  }

  /**
   * The state as a value.
   *
   * @param nowNs monotonic time; {@link #restore} gets the same instant, by whatever clock it has
   */
  public RtpReceiverSnapshot snapshot(long nowNs) {
    return new RtpReceiverSnapshot(
        RtpReceiverSnapshot.VERSION,
        localSsrc,
        clockRateHz,
        minSequential,
        known,
        valid,
        left,
        ssrc,
        probation,
        baseSequence,
        highestSequence,
        badSequence,
        received,
        expectedPrior,
        receivedPrior,
        window.near(),
        window.far(),
        highestTimestamp,
        jitter.timed(),
        jitter.lastTimestamp(),
        jitter.sinceLastNs(nowNs),
        jitter.scaled(),
        candidateSsrc,
        candidateSequence,
        candidateCount,
        accepted,
        duplicates,
        reordered,
        restarts,
        sourceChanges,
        collisions,
        rejected);
  }

  /**
   * A receiver that continues exactly where {@code s} was taken.
   *
   * @param s the state
   * @param nowNs the instant of the snapshot on the new receiver's monotonic clock
   */
  public static RtpReceiver restore(RtpReceiverSnapshot s, long nowNs) {
    RtpReceiver r = new RtpReceiver(s.localSsrc(), s.clockRateHz(), s.minSequential());
    r.known = s.known();
    r.valid = s.valid();
    r.left = s.left();
    r.ssrc = s.ssrc();
    r.probation = s.probation();
    r.baseSequence = s.baseSequence();
    r.highestSequence = s.highestSequence();
    r.badSequence = s.badSequence();
    r.received = s.received();
    r.expectedPrior = s.expectedPrior();
    r.receivedPrior = s.receivedPrior();
    r.window.restore(s.windowNear(), s.windowFar());
    r.highestTimestamp = s.highestTimestamp();
    r.jitter.restore(s.timed(), s.lastTimestamp(), nowNs - s.sinceLastNs(), s.jitterScaled());
    r.candidateSsrc = s.candidateSsrc();
    r.candidateSequence = s.candidateSequence();
    r.candidateCount = s.candidateCount();
    r.accepted = s.accepted();
    r.duplicates = s.duplicates();
    r.reordered = s.reordered();
    r.restarts = s.restarts();
    r.sourceChanges = s.sourceChanges();
    r.collisions = s.collisions();
    r.rejected = s.rejected();
    return r;
  }
}
