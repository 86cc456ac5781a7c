package org.mediacore.rtp;

import java.util.random.RandomGenerator;

/**
 * When RTCP may be sent (RFC 3550 §6.2, §6.3, A.7): an interval that scales with the group, is
 * randomised between half and one and a half times, and is reconsidered when it runs out.
 *
 * <p>State is advanced by the caller's events alone; the clock is the {@code nowNs} of each call
 * and randomness comes from the generator given. One thread at a time; nothing allocates.
 */
public final class RtcpScheduler {

  /** The recommended minimum interval (§6.2). */
  public static final long DEFAULT_MINIMUM_NS = 5_000_000_000L;

  /** Bytes of IPv4 and UDP header that count towards the size of a packet (§6.2). */
  public static final int UDP_IP_BYTES = 28;

  /** e - 3/2: what reconsideration makes of the mean (A.7). */
  private static final double COMPENSATION = Math.E - 1.5;

  private static final int BYE_BACKOFF_MEMBERS = 50;
  private static final double RTCP_SHARE = 0.05;

  private final double rtcpBytesPerSecond;
  private final long minimumNs;
  private final RandomGenerator random;

  private boolean initial = true;
  private boolean byeWaiting;
  private int members = 1;
  private int membersBefore = 1;
  private int senders;
  private boolean weSent;
  private double averageBytes;
  private long lastNs;
  private long nextNs;

  /**
   * A scheduler that has sent nothing.
   *
   * @param sessionBandwidthBps bandwidth of the whole session in bits per second; RTCP gets 5 %
   * @param minimumNs minimum interval, {@link #DEFAULT_MINIMUM_NS} or what {@link
   *     #reducedMinimumNs} allows
   * @param random where the randomisation comes from; {@code nextDouble} must not allocate
   * @param nowNs monotonic time of the start
   * @param firstPacketBytes estimated size of the first compound, without UDP and IP
   * @throws IllegalArgumentException for a bandwidth or minimum below 1
   */
  public RtcpScheduler(
      long sessionBandwidthBps,
      long minimumNs,
      RandomGenerator random,
      long nowNs,
      int firstPacketBytes) {
    if (sessionBandwidthBps < 1 || minimumNs < 1) {
      throw new IllegalArgumentException(
          "sessionBandwidthBps "
              + sessionBandwidthBps
              + ", minimumNs "
              + minimumNs
              + ": at least 1");
    }
    this.rtcpBytesPerSecond = sessionBandwidthBps * RTCP_SHARE / 8;
    this.minimumNs = minimumNs;
    this.random = random;
    this.averageBytes = firstPacketBytes + UDP_IP_BYTES;
    this.lastNs = nowNs;
    this.nextNs = nowNs + interval();
  }

  /** The reduced minimum of §6.2: 360 s divided by the session bandwidth in kbit/s, at most 5 s. */
  public static long reducedMinimumNs(long sessionBandwidthBps) {
    return (long) Math.min(DEFAULT_MINIMUM_NS, 360e9 * 1000 / sessionBandwidthBps);
  }

  /**
   * The interval of A.7 as a pure function.
   *
   * @param members members of the session, ourselves included
   * @param senders how many of them send
   * @param rtcpBytesPerSecond the bandwidth of all RTCP
   * @param weSent whether we are among the senders
   * @param averageBytes average size of a compound with UDP and IP header
   * @param initial whether we have sent none yet, which halves the minimum
   * @param minimumNs the minimum interval
   * @param random uniform in 0 to 1
   * @return nanoseconds
   */
  public static long intervalNs(
      int members,
      int senders,
      double rtcpBytesPerSecond,
      boolean weSent,
      double averageBytes,
      boolean initial,
      long minimumNs,
      double random) {
    double bandwidth = rtcpBytesPerSecond;
    int sharing = members;
    if (senders <= members * 0.25) {
      bandwidth *= weSent ? 0.25 : 0.75;
      sharing = weSent ? senders : members - senders;
    }
    double minimum = initial ? minimumNs / 2.0 : minimumNs;
    double deterministic = Math.max(minimum, averageBytes * sharing / bandwidth * 1e9);
    return (long) (deterministic * (random + 0.5) / COMPENSATION);
  }

  private long interval() {
    return intervalNs(
        members,
        senders,
        rtcpBytesPerSecond,
        weSent,
        averageBytes,
        initial,
        minimumNs,
        random.nextDouble());
  }

  /**
   * Whether a compound is to be sent now. When the interval has run out it is computed anew with
   * what is known by then (§6.3.6), so a true is answered by building one and calling {@link
   * #sent}.
   */
  public boolean due(long nowNs) {
    if (nowNs - nextNs < 0) {
      return false;
    }
    nextNs = lastNs + interval();
    membersBefore = members;
    return nowNs - nextNs >= 0;
  }

  /** When {@link #due} is worth asking again, in monotonic ns. */
  public long nextNs() {
    return nextNs;
  }

  /** Notes that a compound of {@code bytes}, without UDP and IP, was sent. */
  public void sent(int bytes, long nowNs) {
    average(bytes);
    initial = false;
    lastNs = nowNs;
    nextNs = nowNs + interval();
    membersBefore = members;
  }

  /** Notes that a compound of {@code bytes}, without UDP and IP, came in. */
  public void received(int bytes) {
    // While a BYE waits, only BYEs count for the average (§6.3.7); a session of two has none.
    if (!byeWaiting) {
      average(bytes);
    }
  }

  private void average(int bytes) {
    averageBytes += (bytes + UDP_IP_BYTES - averageBytes) / 16;
  }

  /**
   * Sets who is there; fewer members than before shorten the wait (§6.3.4).
   *
   * @param members members, ourselves included
   * @param senders senders, ourselves included if we are one
   * @param weSent whether we sent media within the last two intervals
   */
  public void membership(int members, int senders, boolean weSent, long nowNs) {
    if (byeWaiting) {
      return;
    }
    this.members = members;
    this.senders = senders;
    this.weSent = weSent;
    if (members < membersBefore) {
      double share = (double) members / membersBefore;
      nextNs = nowNs + (long) (share * (nextNs - nowNs));
      lastNs = nowNs - (long) (share * (nowNs - lastNs));
      membersBefore = members;
    }
  }

  /**
   * Announces that we leave (§6.3.7): with fewer than 50 members the BYE goes out at once,
   * otherwise when {@link #due} says so.
   *
   * @param bytes size of the BYE compound, without UDP and IP
   * @return the time of the BYE, {@code nowNs} or later
   */
  public long bye(int bytes, long nowNs) {
    if (members < BYE_BACKOFF_MEMBERS) {
      nextNs = nowNs;
      return nowNs;
    }
    byeWaiting = true;
    members = 1;
    membersBefore = 1;
    senders = 0;
    weSent = false;
    initial = true;
    averageBytes = bytes + UDP_IP_BYTES;
    lastNs = nowNs;
    nextNs = nowNs + interval();
    return nextNs;
  }

  /** While a BYE of ours waits, each BYE of another counts as a member (§6.3.7). */
  public void byeReceived(int bytes) {
    if (byeWaiting) {
      members++;
      average(bytes);
    }
  }
}
