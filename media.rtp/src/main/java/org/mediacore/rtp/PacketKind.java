package org.mediacore.rtp;

import java.nio.ByteBuffer;

/**
 * What a datagram on a media port is, told by its first two bytes (RFC 7983 §7, RFC 5761 §4).
 *
 * <pre>
 *   first byte    0..3  STUN      16..19  ZRTP      20..63  DTLS
 *               64..79  TURN    128..191  RTP, or RTCP where the second byte is 192..223
 * </pre>
 *
 * <p>RTP payload types 64-95 therefore cannot be used with a marker on a port that also carries
 * RTCP (RFC 5761 §4).
 */
public enum PacketKind {
  /** RTP version 2. */
  RTP,
  /** RTCP version 2. */
  RTCP,
  /** STUN (RFC 8489). */
  STUN,
  /** ZRTP (RFC 6189). */
  ZRTP,
  /** DTLS record. */
  DTLS,
  /** TURN channel data. */
  TURN_CHANNEL,
  /** Empty, one byte long, or in none of the ranges. */
  UNKNOWN;

  /**
   * Classifies the datagram from position to limit; neither moves. A kind says nothing about
   * whether the rest of the datagram is well-formed.
   *
   * @param datagram the caller's, only read
   * @return the kind; never null
   */
  public static PacketKind of(ByteBuffer datagram) {
    if (datagram.remaining() < 2) {
      return UNKNOWN;
    }
    int first = BigEndian.u8(datagram, datagram.position());
    if (first >= 128) {
      int second = BigEndian.u8(datagram, datagram.position() + 1);
      return first > 191 ? UNKNOWN : second >= 192 && second <= 223 ? RTCP : RTP;
    }
    if (first < 4) {
      return STUN;
    }
    if (first < 16 || first > 79) {
      return UNKNOWN;
    }
    return first < 20 ? ZRTP : first < 64 ? DTLS : TURN_CHANNEL;
  }
}
