package org.mediacore.rtp;

import java.nio.ByteBuffer;

/**
 * The RTCP of one stream and its peer: ties an {@link RtpSender} and an {@link RtpReceiver} to a
 * {@link RtcpScheduler}, builds our reports and digests theirs (RFC 3550 §6).
 *
 * <p>What the peer has not said is {@link #UNKNOWN}, never a guess. Buffers are the caller's; one
 * thread at a time; nothing allocates after construction, nothing throws.
 */
public final class RtcpSession {

  /** A value that nobody has reported yet. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  /** The output buffer is too small; nothing was written. */
  public static final int NO_ROOM = -1;

  /** The bit of {@link #digest} for: the source that is heard said BYE. */
  public static final int BYE = 1;

  /** The bit of {@link #digest} for: somebody else uses our SSRC (§8.2). */
  public static final int COLLISION = 2;

  /** The bit of {@link #digest} for: a report about our stream came in. */
  public static final int REPORT = 4;

  /** A round trip this far below zero is rounding (1 ms in 1/65536 s), further is nonsense. */
  private static final int ROUNDING = 66;

  private static final byte[] NO_REASON = {};

  private final RtpSender sender;
  private final RtpReceiver receiver;
  private final RtcpScheduler scheduler;
  private final byte[] cname;
  private final RtcpReader reader;
  private final RtcpWriter writer = new RtcpWriter();

  private long packetsAtReport;
  private int intervalsSinceSent = 2;
  private long acceptedAtReport;
  private boolean sourceSending;
  private boolean peerSeen;

  private boolean senderReportSeen;
  private int senderReportSsrc;
  private long senderReportNtp;
  private int senderReportRtp;
  private long senderReportNs;

  private long remoteFractionLost = UNKNOWN;
  private long remoteCumulativeLost = UNKNOWN;
  private long remoteJitter = UNKNOWN;
  private long remoteHighestSequence = UNKNOWN;
  private long remoteReportNs = UNKNOWN;
  private long roundTripNs = UNKNOWN;

  /**
   * The RTCP of one stream.
   *
   * @param sender our outgoing stream
   * @param receiver the stream that comes in
   * @param scheduler when to report
   * @param cname our canonical name, 1 to 255 bytes of UTF-8; copied (RFC 7022 wants it random)
   * @param reducedSizeAllowed whether compounds without a report are accepted (RFC 5506)
   * @throws IllegalArgumentException for a name out of range
   */
  public RtcpSession(
      RtpSender sender,
      RtpReceiver receiver,
      RtcpScheduler scheduler,
      byte[] cname,
      boolean reducedSizeAllowed) {
    if (cname.length < 1 || cname.length > 255) {
      throw new IllegalArgumentException("cname of " + cname.length + " bytes, allowed 1 to 255");
    }
    this.sender = sender;
    this.receiver = receiver;
    this.scheduler = scheduler;
    this.cname = cname.clone();
    this.reader = new RtcpReader(reducedSizeAllowed);
    this.packetsAtReport = sender.packetsSent();
    this.acceptedAtReport = receiver.accepted();
  }

  /** Whether a report is to be built and sent now. */
  public boolean due(long nowNs) {
    boolean weSend = intervalsSinceSent < 2 || sender.packetsSent() != packetsAtReport;
    boolean theySend = sourceSending || receiver.accepted() != acceptedAtReport;
    int members = peerSeen || receiver.hasSource() ? 2 : 1;
    scheduler.membership(members, (weSend ? 1 : 0) + (theySend ? 1 : 0), weSend, nowNs);
    return scheduler.due(nowNs);
  }

  /**
   * Builds SR (or RR, where we sent nothing within two intervals) and SDES CNAME, and starts the
   * next interval.
   *
   * @param out the caller's; written from its position, which moves behind the compound
   * @param nowNs monotonic time
   * @param nowNtp the wall clock as NTP timestamp ({@link RtpTime#ntp}), 0 where there is none
   * @return bytes written, or {@link #NO_ROOM}
   */
  public int build(ByteBuffer out, long nowNs, long nowNtp) {
    return build(out, nowNs, nowNtp, false, NO_REASON);
  }

  /**
   * Builds the last compound: report, CNAME and BYE.
   *
   * @param reason UTF-8, at most 255 bytes, empty for none; only read
   * @return bytes written, or {@link #NO_ROOM}
   */
  public int buildBye(ByteBuffer out, long nowNs, long nowNtp, byte[] reason) {
    return build(out, nowNs, nowNtp, true, reason);
  }

  private int build(ByteBuffer out, long nowNs, long nowNtp, boolean bye, byte[] reason) {
    boolean sentNow = sender.packetsSent() != packetsAtReport;
    boolean senderReport = sentNow || intervalsSinceSent < 1;
    int room = 4 + 4 + 2 + cname.length + 4 + (bye ? 8 + 4 + reason.length : 0);
    int report = 8 + RtcpReader.BLOCK_BYTES + (senderReport ? RtcpReader.SENDER_INFO_BYTES : 0);
    if (reason.length > 255 || out.remaining() < room + report) {
      return NO_ROOM;
    }
    writer.begin(out);
    if (senderReport) {
      writer.senderReport(
          sender.ssrc(),
          nowNtp,
          sender.timestampAt(nowNs),
          sender.packetsSent(),
          sender.octetsSent());
    } else {
      writer.receiverReport(sender.ssrc());
    }
    if (receiver.hasSource()) {
      writeBlock(nowNs);
    }
    writer.sdesCname(sender.ssrc(), cname);
    if (bye) {
      writer.bye(sender.ssrc(), reason);
    }
    intervalsSinceSent = sentNow ? 0 : Math.min(2, intervalsSinceSent + 1);
    packetsAtReport = sender.packetsSent();
    sourceSending = receiver.accepted() != acceptedAtReport;
    acceptedAtReport = receiver.accepted();
    scheduler.sent(writer.length(), nowNs);
    return writer.length();
  }

  private void writeBlock(long nowNs) {
    boolean known = senderReportSeen && senderReportSsrc == receiver.ssrc();
    writer.reportBlock(
        receiver.ssrc(),
        receiver.takeFractionLost(),
        receiver.cumulativeLost(),
        receiver.highestSequence(),
        receiver.jitter(),
        known ? RtpTime.middle32(senderReportNtp) : 0,
        known ? (int) RtpTime.ticks(nowNs - senderReportNs, 0x10000) : 0);
  }

  /**
   * Takes in a compound from the peer.
   *
   * @param compound the caller's, position to limit; only read
   * @param nowNs monotonic time of arrival
   * @param nowNtp the wall clock as in {@link #build}, 0 where there is none: then no round trip
   * @return negative: malformed, a status of {@link RtcpReader}, nothing was taken in; otherwise
   *     the bits {@link #BYE}, {@link #COLLISION}, {@link #REPORT}
   */
  public int digest(ByteBuffer compound, long nowNs, long nowNtp) {
    int status = reader.wrap(compound);
    if (status != RtcpReader.OK) {
      return status;
    }
    peerSeen = true;
    scheduler.received(compound.remaining());
    int events = 0;
    while (reader.next()) {
      events |=
          switch (reader.packetType()) {
            case RtcpReader.SR, RtcpReader.RR -> digestReport(nowNs, nowNtp);
            case RtcpReader.BYE -> digestBye(compound.remaining());
            default -> 0;
          };
    }
    return events;
  }

  private int digestReport(long nowNs, long nowNtp) {
    if (reader.ssrc() == sender.ssrc()) {
      return COLLISION;
    }
    if (reader.packetType() == RtcpReader.SR) {
      senderReportSeen = true;
      senderReportSsrc = reader.ssrc();
      senderReportNtp = reader.ntpTimestamp();
      senderReportRtp = reader.rtpTimestamp();
      senderReportNs = nowNs;
    }
    int events = 0;
    for (int i = 0; i < reader.blockCount(); i++) {
      if (reader.blockSsrc(i) == sender.ssrc()) {
        digestBlock(i, nowNs, nowNtp);
        events = REPORT;
      }
    }
    return events;
  }

  private void digestBlock(int i, long nowNs, long nowNtp) {
    remoteFractionLost = reader.blockFractionLost(i);
    remoteCumulativeLost = reader.blockCumulativeLost(i);
    remoteJitter = Integer.toUnsignedLong(reader.blockJitter(i));
    remoteHighestSequence = Integer.toUnsignedLong(reader.blockHighestSequence(i));
    remoteReportNs = nowNs;
    long measured = roundTripNs(nowNtp, reader.blockLastSr(i), reader.blockDelaySinceLastSr(i));
    roundTripNs = measured == UNKNOWN ? roundTripNs : measured;
  }

  private int digestBye(int bytes) {
    scheduler.byeReceived(bytes);
    int events = 0;
    for (int i = 0; i < reader.count(); i++) {
      if (receiver.hasSource() && reader.byeSsrc(i) == receiver.ssrc()) {
        receiver.bye(reader.byeSsrc(i));
        events = BYE;
      }
    }
    return events;
  }

  /**
   * The round trip of §6.4.1: A - LSR - DLSR.
   *
   * @param arrivalNtp NTP time of arrival, 0 for unknown
   * @param lastSr LSR of the block, 0 for none
   * @param delaySinceLastSr DLSR of the block
   * @return nanoseconds at a resolution of 15 us, or {@link #UNKNOWN}: no SR was seen, no clock, or
   *     the three values contradict each other
   */
  public static long roundTripNs(long arrivalNtp, int lastSr, int delaySinceLastSr) {
    if (arrivalNtp == 0 || lastSr == 0) {
      return UNKNOWN;
    }
    int difference = RtpTime.middle32(arrivalNtp) - lastSr - delaySinceLastSr;
    if (difference < -ROUNDING) {
      return UNKNOWN;
    }
    return RtpTime.ns(Math.max(0, difference), 0x10000);
  }

  /** Fraction of our packets lost on the way in the peer's last interval times 256. */
  public long remoteFractionLost() {
    return remoteFractionLost;
  }

  /** Our packets lost on the way in all, as the peer counts; may be negative. */
  public long remoteCumulativeLost() {
    return remoteCumulativeLost;
  }

  /** Interarrival jitter of our packets at the peer, in ticks of our RTP clock. */
  public long remoteJitter() {
    return remoteJitter;
  }

  /** The extended highest sequence number that the peer has received of ours. */
  public long remoteHighestSequence() {
    return remoteHighestSequence;
  }

  /** When the last report about our stream came in, monotonic ns. */
  public long remoteReportNs() {
    return remoteReportNs;
  }

  /** The round trip last measured, in ns. */
  public long roundTripNs() {
    return roundTripNs;
  }

  /** Whether the source that is heard has sent a report, which the next three values are from. */
  public boolean senderReportKnown() {
    return senderReportSeen && receiver.hasSource() && senderReportSsrc == receiver.ssrc();
  }

  /** NTP timestamp of the peer's last sender report; see {@link #senderReportKnown}. */
  public long senderReportNtp() {
    return senderReportNtp;
  }

  /** RTP timestamp of the same instant, in ticks of the peer's RTP clock. */
  public int senderReportRtpTimestamp() {
    return senderReportRtp;
  }

  /** When that report came in, monotonic ns. */
  public long senderReportNs() {
    return senderReportNs;
  }
}
