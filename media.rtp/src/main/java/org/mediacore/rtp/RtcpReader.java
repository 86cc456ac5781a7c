package org.mediacore.rtp;

import static org.mediacore.rtp.BigEndian.i32;
import static org.mediacore.rtp.BigEndian.i64;
import static org.mediacore.rtp.BigEndian.u16;
import static org.mediacore.rtp.BigEndian.u24;
import static org.mediacore.rtp.BigEndian.u8;

import java.nio.ByteBuffer;

/**
 * A reusable walker over a compound RTCP packet in a caller's buffer (RFC 3550 §6, RFC 4585 §6.1,
 * RFC 5506).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|  count  |  packet type  |   length in words, minus one  |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |              SSRC of the sender (in SDES: of chunk 1)         |
 * +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
 * SR only: NTP timestamp (64), RTP timestamp, packet count, octet count
 * SR, RR:  count report blocks of
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                        SSRC reported on                       |
 * | fraction lost |       cumulative number of packets lost       |
 * |           extended highest sequence number received           |
 * |                      interarrival jitter                      |
 * |               last SR (middle 32 bits of its NTP)             |
 * |              delay since last SR, in 1/65536 seconds          |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>{@link #wrap} checks the whole compound; {@link #next} then steps through its packets, the
 * accessors reading the present one. Types not known here are stepped over. The buffer stays the
 * caller's and is only read. Nothing allocates or throws whatever the content; one thread at a
 * time.
 */
public final class RtcpReader {

  /** The compound is well-formed. */
  public static final int OK = 0;

  /** Shorter than one header, or a packet is cut off. */
  public static final int TOO_SHORT = -1;

  /** A packet's version is not 2. */
  public static final int BAD_VERSION = -2;

  /** The first packet is neither SR nor RR, and reduced size is not allowed. */
  public static final int NO_REPORT_FIRST = -3;

  /** Padding on a packet that may not have it, or a padding count that does not fit. */
  public static final int BAD_PADDING = -4;

  /** A packet's length field reaches past the end or is too small for what it counts. */
  public static final int BAD_LENGTH = -5;

  /** Sender report. */
  public static final int SR = 200;

  /** Receiver report. */
  public static final int RR = 201;

  /** Source description. */
  public static final int SDES = 202;

  /** Goodbye. */
  public static final int BYE = 203;

  /** Application-defined. */
  public static final int APP = 204;

  /** Transport-layer feedback (RFC 4585). */
  public static final int RTPFB = 205;

  /** Payload-specific feedback (RFC 4585). */
  public static final int PSFB = 206;

  /** The SDES item type of the canonical name. */
  public static final int CNAME = 1;

  static final int BLOCK_BYTES = 24;
  static final int SENDER_INFO_BYTES = 20;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final boolean reducedSizeAllowed;
  private ByteBuffer buffer = NOTHING;
  private int nextOffset;
  private int end;
  private int at;
  private int bodyEnd;

  private int itemAt;
  private int chunksLeft;
  private boolean inChunk;
  private int itemSsrc;
  private int itemType;
  private int itemOffset;
  private int itemLength;

  /**
   * A walker.
   *
   * @param reducedSizeAllowed whether a compound may begin with any packet (RFC 5506), which both
   *     sides must have agreed on
   */
  public RtcpReader(boolean reducedSizeAllowed) {
    this.reducedSizeAllowed = reducedSizeAllowed;
  }

  /**
   * Checks the compound from position to limit (A.2) and stands before its first packet.
   *
   * @param compound the caller's buffer; neither position nor limit moves
   * @return {@link #OK} or a negative constant of this class; {@link #next} then finds nothing
   */
  public int wrap(ByteBuffer compound) {
    buffer = compound;
    nextOffset = compound.position();
    end = compound.limit();
    int status = check();
    if (status != OK) {
      end = nextOffset;
    }
    return status;
  }

  private int check() {
    int offset = nextOffset;
    if (end - offset < 4) {
      return TOO_SHORT;
    }
    int firstType = u8(buffer, offset + 1);
    if (!reducedSizeAllowed && firstType != SR && firstType != RR) {
      return NO_REPORT_FIRST;
    }
    while (offset < end) {
      if (end - offset < 4) {
        return TOO_SHORT;
      }
      int length = lengthAt(offset);
      if (length > end - offset) {
        return BAD_LENGTH;
      }
      int status = checkPacket(offset, length);
      if (status != OK) {
        return status;
      }
      offset += length;
    }
    return OK;
  }

  private int checkPacket(int offset, int length) {
    int head = u8(buffer, offset);
    if (head >> 6 != 2) {
      return BAD_VERSION;
    }
    int padding = 0;
    if ((head & 0x20) != 0) {
      boolean first = offset == nextOffset && !reducedSizeAllowed;
      padding = u8(buffer, offset + length - 1);
      // Only the last packet is padded, and by whole words (§6.4.1).
      boolean fits = padding > 0 && padding % 4 == 0 && padding <= length - 4;
      if (first || offset + length != end || !fits) {
        return BAD_PADDING;
      }
    }
    return length - padding < minimumLength(u8(buffer, offset + 1), head & 0x1F) ? BAD_LENGTH : OK;
  }

  /** The bytes that a packet of {@code type} needs for what its count announces. */
  private static int minimumLength(int type, int count) {
    return switch (type) {
      case SR -> 8 + SENDER_INFO_BYTES + BLOCK_BYTES * count;
      case RR -> 8 + BLOCK_BYTES * count;
      case SDES -> 4 + 8 * count;
      case BYE -> 4 + 4 * count;
      case APP, RTPFB, PSFB -> 12;
      default -> 4;
    };
  }

  private int lengthAt(int offset) {
    return 4 * (u16(buffer, offset + 2) + 1);
  }

  /** Steps to the next packet; false at the end. */
  public boolean next() {
    if (nextOffset >= end) {
      return false;
    }
    at = nextOffset;
    nextOffset = at + lengthAt(at);
    boolean padded = (u8(buffer, at) & 0x20) != 0;
    bodyEnd = nextOffset - (padded ? u8(buffer, nextOffset - 1) : 0);
    itemAt = at + 4;
    chunksLeft = packetType() == SDES ? count() : 0;
    inChunk = false;
    return true;
  }

  /** The packet type, 192 to 223 in practice; {@link #SR} and so on. */
  public int packetType() {
    return u8(buffer, at + 1);
  }

  /** The five bits after the padding bit: report blocks, chunks, sources, subtype or format. */
  public int count() {
    return u8(buffer, at) & 0x1F;
  }

  /** Bytes of the packet with its header, without padding. */
  public int length() {
    return bodyEnd - at;
  }

  /** The absolute index of the packet's header. */
  public int offset() {
    return at;
  }

  /** The SSRC behind the header: who sent it; 0 in a packet that ends before it. */
  public int ssrc() {
    return length() < 8 ? 0 : i32(buffer, at + 4);
  }

  /** SR: wall-clock time as an NTP timestamp; 0 where the sender has no clock. */
  public long ntpTimestamp() {
    return i64(buffer, at + 8);
  }

  /** SR: the RTP timestamp of the same instant. */
  public int rtpTimestamp() {
    return i32(buffer, at + 16);
  }

  /** SR: packets sent, modulo 2^32. */
  public int packetCount() {
    return i32(buffer, at + 20);
  }

  /** SR: payload bytes sent, modulo 2^32. */
  public int octetCount() {
    return i32(buffer, at + 24);
  }

  /** SR, RR: the number of report blocks, 0 to 31; 0 for other types. */
  public int blockCount() {
    int type = packetType();
    return type == SR || type == RR ? count() : 0;
  }

  private int block(int index) {
    return at + 8 + (packetType() == SR ? SENDER_INFO_BYTES : 0) + BLOCK_BYTES * index;
  }

  /** Block {@code index}, 0 to {@link #blockCount} - 1: the source it reports on. */
  public int blockSsrc(int index) {
    return i32(buffer, block(index));
  }

  /** Block {@code index}: fraction lost in the last interval times 256. */
  public int blockFractionLost(int index) {
    return u8(buffer, block(index) + 4);
  }

  /** Block {@code index}: packets lost in all, signed; duplicates can make it negative. */
  public int blockCumulativeLost(int index) {
    return u24(buffer, block(index) + 5) << 8 >> 8;
  }

  /** Block {@code index}: extended highest sequence number received. */
  public int blockHighestSequence(int index) {
    return i32(buffer, block(index) + 8);
  }

  /** Block {@code index}: interarrival jitter in RTP clock ticks, 32 bits unsigned. */
  public int blockJitter(int index) {
    return i32(buffer, block(index) + 12);
  }

  /** Block {@code index}: middle 32 bits of the last SR's NTP timestamp; 0 for none. */
  public int blockLastSr(int index) {
    return i32(buffer, block(index) + 16);
  }

  /** Block {@code index}: delay since that SR in 1/65536 seconds, 32 bits unsigned. */
  public int blockDelaySinceLastSr(int index) {
    return i32(buffer, block(index) + 20);
  }

  /**
   * SDES: steps to the next item (§6.5). Empty chunks are stepped over.
   *
   * <pre>
   *  chunk: | SSRC 32 | type 8 | length 8 | text | type ... | 0 .. up to a whole word |
   * </pre>
   *
   * @return false at the end, in another type of packet, and where an item reaches past the end
   */
  public boolean nextItem() {
    while (true) {
      if (!inChunk) {
        if (chunksLeft == 0 || itemAt + 4 > bodyEnd) {
          return false;
        }
        chunksLeft--;
        itemSsrc = i32(buffer, itemAt);
        itemAt += 4;
        inChunk = true;
      }
      if (itemAt >= bodyEnd) {
        return false;
      }
      itemType = u8(buffer, itemAt);
      if (itemType != 0) {
        return readItem();
      }
      // The chunk ends with one to four zeros, up to the next whole word.
      itemAt = at + (itemAt - at + 4 & ~3);
      inChunk = false;
    }
  }

  private boolean readItem() {
    if (itemAt + 2 > bodyEnd || itemAt + 2 + u8(buffer, itemAt + 1) > bodyEnd) {
      chunksLeft = 0;
      itemAt = bodyEnd;
      return false;
    }
    itemLength = u8(buffer, itemAt + 1);
    itemOffset = itemAt + 2;
    itemAt = itemOffset + itemLength;
    return true;
  }

  /** SDES item: the source it describes. */
  public int itemSsrc() {
    return itemSsrc;
  }

  /** SDES item: its type, {@link #CNAME} or another. */
  public int itemType() {
    return itemType;
  }

  /** SDES item: absolute index of its UTF-8 text. */
  public int itemOffset() {
    return itemOffset;
  }

  /** SDES item: bytes of its text, 0 to 255. */
  public int itemLength() {
    return itemLength;
  }

  /** BYE: the source at {@code index}, 0 to {@link #count} - 1. */
  public int byeSsrc(int index) {
    return i32(buffer, at + 4 + 4 * index);
  }

  /** BYE: absolute index of the reason's UTF-8 text. */
  public int reasonOffset() {
    return at + 4 + 4 * count() + 1;
  }

  /** BYE: bytes of the reason; 0 where there is none, or it reaches past the end. */
  public int reasonLength() {
    int offset = reasonOffset();
    int length = offset <= bodyEnd ? u8(buffer, offset - 1) : 0;
    return offset + length <= bodyEnd ? length : 0;
  }

  /** APP: the four ASCII characters of the name. */
  public int appName() {
    return i32(buffer, at + 8);
  }

  /** RTPFB, PSFB: the source that the feedback is about. */
  public int mediaSsrc() {
    return i32(buffer, at + 8);
  }
}
