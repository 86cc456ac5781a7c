package org.mediacore.rtp;

import java.nio.ByteBuffer;

/**
 * Writes a compound RTCP packet into a caller's buffer (RFC 3550 §6.4 to §6.6; the layouts are
 * drawn at {@link RtcpReader}).
 *
 * <p>{@link #begin} notes the buffer's position; each further call appends and moves the position,
 * or returns false and leaves everything as it was where the buffer has no room. Nothing allocates
 * or throws; one thread at a time.
 */
public final class RtcpWriter {

  /** The most report blocks in one SR or RR: the count has five bits. */
  public static final int MAX_BLOCKS = 31;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private ByteBuffer out = NOTHING;
  private int start;
  private int report = -1;

  /** Starts a compound at the position of {@code buffer}. */
  public void begin(ByteBuffer buffer) {
    out = buffer;
    start = buffer.position();
    report = -1;
  }

  /** Bytes written since {@link #begin}. */
  public int length() {
    return out.position() - start;
  }

  /**
   * Appends a sender report without blocks.
   *
   * @param ssrc our SSRC
   * @param ntp wall clock as NTP timestamp, 0 where there is none
   * @param rtpTimestamp RTP timestamp of the same instant
   * @param packets packets sent; the low 32 bits count
   * @param octets payload bytes sent; the low 32 bits count
   */
  public boolean senderReport(int ssrc, long ntp, int rtpTimestamp, long packets, long octets) {
    int at = open(RtcpReader.SR, 0, 8 + RtcpReader.SENDER_INFO_BYTES);
    if (at < 0) {
      return false;
    }
    BigEndian.put32(out, at + 4, ssrc);
    BigEndian.put64(out, at + 8, ntp);
    BigEndian.put32(out, at + 16, rtpTimestamp);
    BigEndian.put32(out, at + 20, (int) packets);
    BigEndian.put32(out, at + 24, (int) octets);
    report = at;
    return true;
  }

  /** Appends a receiver report without blocks, from {@code ssrc}. */
  public boolean receiverReport(int ssrc) {
    int at = open(RtcpReader.RR, 0, 8);
    if (at < 0) {
      return false;
    }
    BigEndian.put32(out, at + 4, ssrc);
    report = at;
    return true;
  }

  /**
   * Appends a block to the report written just before.
   *
   * @param ssrc the source reported on
   * @param fractionLost fraction lost in the interval times 256, 0 to 255
   * @param cumulativeLost packets lost in all, signed 24 bits
   * @param highestSequence extended highest sequence number received
   * @param jitter interarrival jitter in RTP clock ticks
   * @param lastSr middle 32 bits of the last SR's NTP timestamp, 0 for none
   * @param delaySinceLastSr in 1/65536 seconds, 0 for none
   * @return false where there is no room, no report to extend, or it has 31 blocks
   */
  public boolean reportBlock(
      int ssrc,
      int fractionLost,
      int cumulativeLost,
      int highestSequence,
      long jitter,
      int lastSr,
      int delaySinceLastSr) {
    if (report < 0 || out.remaining() < RtcpReader.BLOCK_BYTES) {
      return false;
    }
    int blocks = BigEndian.u8(out, report) & 0x1F;
    if (blocks == MAX_BLOCKS) {
      return false;
    }
    int at = out.position();
    BigEndian.put32(out, at, ssrc);
    BigEndian.put32(out, at + 4, fractionLost << 24 | cumulativeLost & 0xFFFFFF);
    BigEndian.put32(out, at + 8, highestSequence);
    BigEndian.put32(out, at + 12, (int) jitter);
    BigEndian.put32(out, at + 16, lastSr);
    BigEndian.put32(out, at + 20, delaySinceLastSr);
    out.position(at + RtcpReader.BLOCK_BYTES);
    out.put(report, (byte) (0x80 | blocks + 1));
    BigEndian.put16(out, report + 2, (out.position() - report) / 4 - 1);
    return true;
  }

  /**
   * Appends a source description with one CNAME.
   *
   * @param ssrc our SSRC
   * @param cname UTF-8, at most 255 bytes; only read
   */
  public boolean sdesCname(int ssrc, byte[] cname) {
    // SSRC, type, length, text, then one to four zeros up to a whole word.
    int at =
        cname.length > 255
            ? -1
            : open(RtcpReader.SDES, 1, 4 + wholeWords(4 + 2 + cname.length + 1));
    if (at < 0) {
      return false;
    }
    BigEndian.put32(out, at + 4, ssrc);
    out.put(at + 8, (byte) RtcpReader.CNAME);
    putText(at + 9, cname);
    return true;
  }

  /**
   * Appends a BYE of one source.
   *
   * @param ssrc the source that leaves
   * @param reason UTF-8, at most 255 bytes, empty for none; only read
   */
  public boolean bye(int ssrc, byte[] reason) {
    int text = reason.length == 0 ? 0 : wholeWords(1 + reason.length);
    int at = reason.length > 255 ? -1 : open(RtcpReader.BYE, 1, 8 + text);
    if (at < 0) {
      return false;
    }
    BigEndian.put32(out, at + 4, ssrc);
    if (reason.length > 0) {
      putText(at + 8, reason);
    }
    return true;
  }

  private static int wholeWords(int bytes) {
    return bytes + 3 & ~3;
  }

  /** Length byte, text, zeros up to the position. */
  private void putText(int at, byte[] text) {
    out.put(at, (byte) text.length);
    for (int i = 0; i < text.length; i++) {
      out.put(at + 1 + i, text[i]);
    }
    for (int i = at + 1 + text.length; i < out.position(); i++) {
      out.put(i, (byte) 0);
    }
  }

  /** Writes a header over {@code bytes}, moves the position; the start, or -1 without room. */
  private int open(int type, int count, int bytes) {
    if (out.remaining() < bytes) {
      return -1;
    }
    int at = out.position();
    out.put(at, (byte) (0x80 | count));
    out.put(at + 1, (byte) type);
    BigEndian.put16(out, at + 2, bytes / 4 - 1);
    out.position(at + bytes);
    report = -1;
    return at;
  }
}
