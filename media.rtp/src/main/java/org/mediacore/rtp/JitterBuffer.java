package org.mediacore.rtp;

import java.nio.ByteBuffer;

/**
 * A fixed-delay jitter buffer in media time: packets go in as they arrive, frames come out when the
 * caller's clock wants them.
 *
 * <p><b>Use.</b> {@link #put} every packet that {@link RtpReceiver} accepted, with its extended
 * sequence number and timestamp; {@link #restart} first where it said RESTART. At each tick, while
 * the caller has less audio than it needs, {@link #poll}, produce audio as the answer says, and
 * tell by {@link #advance} how much RTP time that was: a packet of 60 ms is one {@link #FRAME} and
 * one advance of 60 ms.
 *
 * <pre>
 *   EMPTY    not started, or the next packet is not here. Conceal or play silence.
 *   SILENCE  the next packet is here and belongs to later; none is missing. Comfort noise.
 *   LOST     a packet is missing and a later one is here. Recover (nextPayload) or conceal.
 *   FRAME    payload() is the next packet. Decode.
 * </pre>
 *
 * <p><b>Guarantees.</b>
 *
 * <ul>
 *   <li>Frames come out in strictly ascending order of sequence number, each at most once.
 *   <li>The first packet, and the first after a silence, is due {@code delay} after its arrival,
 *       rounded up to the caller's tick (at most 5 ms before); the others follow by their
 *       timestamps. After a silence this is set anew only where it is off by more than half of the
 *       delay.
 *   <li>A packet that arrives after the whole of its time was played is dropped and counted; so are
 *       packets that find no slot (the oldest goes).
 *   <li>Neither a clock that drifts nor a network whose delay changes moves the delay out of half
 *       to three times its value for long: a packet that has waited more than three times the delay
 *       makes the buffer skip ahead to packets that have waited no longer than {@code delay}; when
 *       in a window of two seconds no packet came more than half of the delay before its time, or
 *       for 200 ms none came in time, the delay is lengthened back to its value. Both are counted.
 *   <li>Packets of more than twice the delay are of senders that fill them, and neither as long nor
 *       sent as regularly as others: the first one waits for half of its duration instead. Where
 *       packets differ in duration, they may wait by as much longer as the longest one takes more
 *       than the shortest: it is sent by as much later. Both need a {@link PacketDuration}.
 *   <li>A timestamp that moves on without a missing sequence number is silence, not loss.
 *   <li>{@link JitterCounts} accounts for every sequence number passed.
 *   <li>The memory is one array of slots times the largest payload seen (rounded up to 64 bytes),
 *       made at the first packet and again only when a larger payload comes: 6 KB for 20 ms of PCMU
 *       in 32 slots. Nothing else allocates.
 * </ul>
 *
 * <p>One thread at a time. Times are ticks of the RTP clock, not samples, where the two differ.
 */
public final class JitterBuffer {

  /** Nothing to play is known of. */
  public static final int EMPTY = 0;

  /** {@link #payload} holds the next packet. */
  public static final int FRAME = 1;

  /** One packet is missing, a later one is here. */
  public static final int LOST = 2;

  /** The next packet is here and its time has not come; none is missing. */
  public static final int SILENCE = 3;

  /** The packet is kept. */
  public static final int STORED = 0;

  /** The packet was there already; dropped. */
  public static final int DUPLICATE = -1;

  /** The play-out has passed the packet; dropped. */
  public static final int LATE = -2;

  /** Nothing is known of a packet this old; dropped. */
  public static final int STALE = -3;

  /** The payload is larger than {@link #MAX_PAYLOAD_BYTES}; dropped. */
  public static final int TOO_LARGE = -4;

  /** The delay that the project uses unless configured. */
  public static final int DEFAULT_DELAY_MS = 40;

  /** Slots unless configured. */
  public static final int DEFAULT_SLOTS = 32;

  /** The largest payload that is kept: 20 ms of 48 kHz stereo L16 are 3,840 bytes. */
  public static final int MAX_PAYLOAD_BYTES = 4096;

  /** A packet due within this time is played now: timestamps of real senders are not exact. */
  private static final int TOLERANCE_MS = 5;

  private final int clockRateHz;
  private final long delayTicks;
  private final long toleranceTicks;
  private final long maxWaitNs;
  private final long delayNs;
  private final PacketSlots slots;
  private final PlayoutClock clock;
  private final JitterCounts counts = new JitterCounts();
  private final FrameDurations durations = new FrameDurations();
  private final PacketDuration packetDuration;
  private final PassedPackets passed = new PassedPackets(counts);

  private boolean started;
  private long highestSequence;
  private long highestTimestamp;

  private boolean inserting;
  private boolean frameOut;
  private long frameTicks;

  private long sequence;
  private long timestamp;

  /** A buffer of the default delay and size for payloads of the given RTP clock rate. */
  public JitterBuffer(int clockRateHz) {
    this(clockRateHz, DEFAULT_DELAY_MS, DEFAULT_SLOTS);
  }

  /**
   * A buffer.
   *
   * @param clockRateHz RTP clock rate, at least 1
   * @param delayMs time from the arrival of the first packet to its play-out, 10 to 1000
   * @param slotCount packets that can wait, a power of two from 8 to 64; they should span three
   *     times the delay
   * @throws IllegalArgumentException for a value out of range
   */
  public JitterBuffer(int clockRateHz, int delayMs, int slotCount) {
    this(clockRateHz, delayMs, slotCount, (type, payload) -> 0);
  }

  /**
   * A buffer for packets that differ in duration.
   *
   * @param packetDuration asked for the first packet, and for one that seems to have come too late;
   *     where it does not know, that is taken to be as long as the one played last
   */
  public JitterBuffer(int clockRateHz, int delayMs, int slotCount, PacketDuration packetDuration) {
    if (clockRateHz < 1) {
      throw new IllegalArgumentException("clockRateHz " + clockRateHz + " is below 1");
    }
    if (delayMs < 10 || delayMs > 1000) {
      throw new IllegalArgumentException("delayMs " + delayMs + " not in 10..1000");
    }
    if (slotCount < 8 || slotCount > 64 || Integer.bitCount(slotCount) != 1) {
      throw new IllegalArgumentException("slotCount " + slotCount + " is not 8, 16, 32 or 64");
    }
    this.delayNs = delayMs * 1_000_000L;
    this.delayTicks = RtpTime.ticks(delayNs, clockRateHz);
    this.toleranceTicks = RtpTime.ticks(TOLERANCE_MS * 1_000_000L, clockRateHz);
    this.maxWaitNs = 3 * delayNs;
    this.slots = new PacketSlots(slotCount);
    this.clock = new PlayoutClock(clockRateHz, delayTicks);
    this.clockRateHz = clockRateHz;
    this.packetDuration = packetDuration;
  }

  /**
   * Takes in a packet.
   *
   * @param sequenceExtended sequence number extended past the wrap
   * @param timestampExtended timestamp unwrapped to 64 bits
   * @param marker the marker bit
   * @param payloadType 0 to 127
   * @param payload position to limit is copied; neither moves
   * @param nowNs monotonic time of arrival
   * @return {@link #STORED}, or a negative constant of this class: the packet was dropped
   */
  public int put(
      long sequenceExtended,
      long timestampExtended,
      boolean marker,
      int payloadType,
      ByteBuffer payload,
      long nowNs) {
    if (payload.remaining() > MAX_PAYLOAD_BYTES) {
      return TOO_LARGE;
    }
    if (!started) {
      durations.clear();
      durations.add(packetDuration.ticks(payloadType, payload));
      start(sequenceExtended, timestampExtended, nowNs);
    }
    if (sequenceExtended < slots.base() && !reopen(sequenceExtended)) {
      return passedAlready(sequenceExtended, timestampExtended, nowNs);
    }
    if (slots.has(sequenceExtended)) {
      counts.duplicates++;
      return DUPLICATE;
    }
    makeRoom(sequenceExtended);
    if (startsTalkspurt(sequenceExtended, timestampExtended, marker)) {
      talkspurt(timestampExtended, nowNs);
    }
    inserted(clock.arrived(timestampExtended, nowNs));
    slots.store(sequenceExtended, timestampExtended, marker, payloadType, payload, nowNs);
    if (sequenceExtended >= highestSequence) {
      highestSequence = sequenceExtended;
      highestTimestamp = timestampExtended;
    }
    return STORED;
  }

  private void start(long first, long firstTimestamp, long nowNs) {
    started = true;
    highestSequence = first;
    highestTimestamp = firstTimestamp;
    frameTicks = 0;
    frameOut = false;
    inserting = false;
    slots.reset(first);
    passed.start(first);
    clock.anchor(firstTimestamp, nowNs, waitTicks());
  }

  /** Before anything was played, a packet that the first one overtook becomes the first. */
  private boolean reopen(long lower) {
    if (passed.any() || !slots.lowerBase(lower)) {
      return false;
    }
    passed.lowerFirst(lower);
    return true;
  }

  private int passedAlready(long late, long lateTimestamp, long nowNs) {
    int status = passed.arrived(late, slots.base() - 1 - late);
    if (status == LATE) {
      inserted(clock.cameLate(lateTimestamp, nowNs, nowNs));
    }
    return status;
  }

  /** Passes the oldest until {@code newest} has a slot. */
  private void makeRoom(long newest) {
    long lowest = newest - slots.capacity() + 1;
    while (slots.base() < lowest) {
      if (slots.isEmpty() && lowest - slots.base() > SequenceWindow.SIZE) {
        passed.passFar(lowest - slots.base(), lowest);
        slots.reset(lowest);
      } else if (pass()) {
        counts.overflowed++;
      }
    }
  }

  /** Passes one sequence number; true if its packet was there (and is for the caller to count). */
  private boolean pass() {
    boolean wasThere = slots.pass();
    passed.pass(wasThere);
    return wasThere;
  }

  private boolean startsTalkspurt(long newSequence, long newTimestamp, boolean marker) {
    boolean follows = newSequence == highestSequence + 1 || marker && newSequence > highestSequence;
    return passed.any()
        && follows
        && slots.isEmpty()
        && newTimestamp - (highestTimestamp + frameTicks) > toleranceTicks;
  }

  private void talkspurt(long newTimestamp, long nowNs) {
    long waitTicks = waitTicks();
    if (Math.abs(clock.lead(newTimestamp, nowNs) - waitTicks) > waitTicks / 2) {
      counts.talkspurts++;
      clock.anchor(newTimestamp, nowNs, waitTicks);
    }
  }

  /** How long the first packet waits. */
  private long waitTicks() {
    return Math.max(delayTicks, durations.longest() / 2);
  }

  private void inserted(boolean delayGrew) {
    if (delayGrew) {
      counts.insertions++;
      inserting = true;
    }
  }

  /**
   * Says what to play next. {@link #FRAME}, {@link #LOST}, {@link #SILENCE} and {@link #EMPTY} are
   * each followed by {@link #advance} of what was produced.
   *
   * @param nowNs monotonic time
   */
  public int poll(long nowNs) {
    if (!started) {
      return EMPTY;
    }
    clock.poll(nowNs);
    frameOut = false;
    dropOutdated(nowNs);
    if (slots.isEmpty()) {
      clock.setPosition(nowNs);
      counts.underruns += passed.any() && !inserting ? 1 : 0;
      return EMPTY;
    }
    shorten(nowNs);
    long head = slots.first();
    if (slots.timestamp(head) - clock.cursor() > toleranceTicks) {
      clock.setPosition(nowNs);
      if (passed.any() && slots.missing() > 0 && !inserting) {
        pass();
        return LOST;
      }
      return inserting || !passed.any() ? EMPTY : SILENCE;
    }
    return playHead(head, nowNs);
  }

  private int playHead(long head, long nowNs) {
    passUpTo(head);
    pass();
    counts.played++;
    sequence = head;
    timestamp = slots.timestamp(head);
    clock.cursor(timestamp);
    clock.cameInTime();
    inserting = false;
    frameOut = true;
    clock.setPosition(nowNs);
    return FRAME;
  }

  /** Passes what is missing before {@code head}: its time has gone by already. */
  private void passUpTo(long head) {
    while (slots.base() < head) {
      pass();
    }
  }

  /** Drops packets whose whole time was played as something else. */
  private void dropOutdated(long nowNs) {
    while (!slots.isEmpty() && frameTicks > 0) {
      long head = slots.first();
      if (slots.timestamp(head) + frameTicks > clock.cursor() || reaches(head)) {
        return;
      }
      passUpTo(head);
      pass();
      counts.late++;
      inserted(clock.cameLate(slots.timestamp(head), slots.arrivalNs(head), nowNs));
    }
  }

  /** Whether a packet that is longer than the one before it has audio that is still to play. */
  private boolean reaches(long head) {
    int ticks = packetDuration.ticks(slots.payloadType(head), slots.frame(head));
    return slots.timestamp(head) + ticks > clock.cursor();
  }

  /** Skips ahead where the next packet has waited beyond the limit. */
  private void shorten(long nowNs) {
    long waitedNs = nowNs - slots.arrivalNs(slots.first());
    if (waitedNs <= maxWaitNs) {
      return; // as nearly always: no need to know how packets differ
    }
    long spreadNs = RtpTime.ns(durations.spread() + waitTicks() - delayTicks, clockRateHz);
    if (waitedNs <= maxWaitNs + spreadNs) {
      return;
    }
    counts.drops++;
    while (slots.size() > 1 && nowNs - slots.arrivalNs(slots.first()) > delayNs + spreadNs) {
      passUpTo(slots.first());
      pass();
      counts.skipped++;
    }
    clock.cursor(slots.timestamp(slots.first()));
    clock.startWindow(nowNs);
  }

  /**
   * Says that {@code ticks} of RTP time were produced for the answer of the last {@link #poll}: the
   * decoded packet, or the concealment or silence played instead. Once for each poll.
   *
   * @param ticks at least 0
   */
  public void advance(int ticks) {
    clock.advance(ticks);
    if (frameOut) {
      frameTicks = ticks;
      durations.add(ticks);
      frameOut = false;
    }
  }

  /**
   * After {@link #LOST}: the payload of the first packet behind the gap, position to limit, so that
   * a decoder can recover the loss from it. The buffer owns it; read it before the next put or
   * poll.
   */
  public ByteBuffer nextPayload() {
    return slots.following(slots.first());
  }

  /** After {@link #LOST}: the payload type of the packet behind the gap. */
  public int nextPayloadType() {
    return slots.payloadType(slots.first());
  }

  /**
   * After {@link #LOST} and before {@link #advance}: RTP time from the beginning of what is to be
   * produced to the packet behind the gap, more than 0. By timestamps: where a pause is part of the
   * gap, it is more than what was lost.
   */
  public long ticksToNext() {
    return slots.timestamp(slots.first()) - clock.cursor();
  }

  /**
   * The payload of the last {@link #FRAME}, position to limit. The buffer owns it; read it before
   * the next put or poll.
   */
  public ByteBuffer payload() {
    return slots.frame(sequence);
  }

  /** The extended sequence number of the last {@link #FRAME}. */
  public long sequence() {
    return sequence;
  }

  /** The unwrapped timestamp of the last {@link #FRAME}. */
  public long timestamp() {
    return timestamp;
  }

  /** The marker bit of the last {@link #FRAME}. */
  public boolean marker() {
    return slots.marker(sequence);
  }

  /** The payload type of the last {@link #FRAME}. */
  public int payloadType() {
    return slots.payloadType(sequence);
  }

  /** Flushes everything; the next packet starts the stream over, with a new delay. */
  public void restart() {
    while (!slots.isEmpty()) {
      if (pass()) {
        counts.skipped++;
      }
    }
    if (started) {
      counts.restarts++;
      started = false;
    }
  }

  /** Packets that wait. */
  public int waiting() {
    return slots.size();
  }

  /** Bytes held for packets. */
  public int memoryBytes() {
    return slots.bytes();
  }

  /** What has happened so far; the same object every time. */
  public JitterCounts counts() {
    return counts;
  }
}
