package org.mediacore.rtp;

import static org.mediacore.rtp.BigEndian.u16;
import static org.mediacore.rtp.BigEndian.u8;

import java.nio.ByteBuffer;

/**
 * A reusable view of one RTP packet in a caller's buffer (RFC 3550 §5.1, §5.3.1; RFC 8285).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|X|  CC   |M|     PT      |        sequence number        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                           timestamp                           |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                             SSRC                              |
 * +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
 * |                     CSRC, CC times 32 bits                    |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  if X: defined by profile     |   length in 32-bit words      |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                     header extension ...                      |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  payload ...                  |  if P: padding ... | count    |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>The buffer stays the caller's and is never moved by the view, except by {@link
 * #limitToPayload}. Accessors are valid after {@link #wrap} returned {@link #OK} and as long as the
 * buffer's content stays; offsets are absolute indices into the buffer. Used by one thread at a
 * time; nothing allocates or throws on a packet of any content.
 */
public final class RtpPacket {

  /** The packet is well-formed. */
  public static final int OK = 0;

  /** Fewer than the 12 bytes of a fixed header. */
  public static final int TOO_SHORT = -1;

  /** The version is not 2. */
  public static final int BAD_VERSION = -2;

  /** The contributing sources reach past the end. */
  public static final int CSRC_OVERRUN = -3;

  /** The header extension reaches past the end. */
  public static final int EXTENSION_OVERRUN = -4;

  /** The padding count reaches back into the header. */
  public static final int PADDING_OVERRUN = -5;

  /** The padding bit is set and the count is zero. */
  public static final int PADDING_ZERO = -6;

  /** No header extension element of the wanted id. */
  public static final int NOT_FOUND = -1;

  /** Bytes of the fixed header. */
  public static final int HEADER_BYTES = 12;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(HEADER_BYTES);
  private static final int ONE_BYTE_PROFILE = 0xBEDE;
  private static final int TWO_BYTE_PROFILE = 0x1000;

  private ByteBuffer buffer = NOTHING;
  private int start;
  private int payloadOffset;
  private int payloadLength;
  private int paddingLength;
  private int extensionOffset;
  private int extensionLength;
  private int elementLength;

  /**
   * Points the view at the packet from position to limit and checks its lengths.
   *
   * @param packet the caller's buffer, heap or direct; only read
   * @return {@link #OK}, or a negative constant of this class that says what is malformed; the view
   *     is then not to be read
   */
  public int wrap(ByteBuffer packet) {
    buffer = packet;
    start = packet.position();
    int end = packet.limit();
    if (end - start < HEADER_BYTES) {
      return TOO_SHORT;
    }
    int first = u8(packet, start);
    if (first >> 6 != 2) {
      return BAD_VERSION;
    }
    int offset = start + HEADER_BYTES + 4 * (first & 0x0F);
    if (offset > end) {
      return CSRC_OVERRUN;
    }
    extensionOffset = 0;
    extensionLength = 0;
    if ((first & 0x10) != 0) {
      if (offset + 4 > end || offset + 4 + 4 * u16(packet, offset + 2) > end) {
        return EXTENSION_OVERRUN;
      }
      extensionOffset = offset + 4;
      extensionLength = 4 * u16(packet, offset + 2);
      offset = extensionOffset + extensionLength;
    }
    return wrapPayload(offset, end, (first & 0x20) != 0);
  }

  private int wrapPayload(int offset, int end, boolean padded) {
    paddingLength = 0;
    if (padded) {
      // With nothing after the header the last byte belongs to the header: it is no count.
      if (offset == end) {
        return PADDING_OVERRUN;
      }
      paddingLength = u8(buffer, end - 1);
      if (paddingLength == 0) {
        return PADDING_ZERO;
      }
      if (paddingLength > end - offset) {
        return PADDING_OVERRUN;
      }
    }
    payloadOffset = offset;
    payloadLength = end - offset - paddingLength;
    return OK;
  }

  /** The protocol version, 2 in any packet that wrapped. */
  public int version() {
    return u8(buffer, start) >> 6;
  }

  /** Whether the packet ends in padding. */
  public boolean padding() {
    return paddingLength > 0;
  }

  /** Bytes of padding at the end, the count byte included; 0 without padding. */
  public int paddingLength() {
    return paddingLength;
  }

  /** Whether a header extension is present (it may be empty). */
  public boolean extension() {
    return extensionOffset != 0;
  }

  /** The number of contributing sources, 0 to 15. */
  public int csrcCount() {
    return u8(buffer, start) & 0x0F;
  }

  /** The contributing source at {@code index}, 0 to {@link #csrcCount} - 1. */
  public int csrc(int index) {
    return BigEndian.i32(buffer, start + HEADER_BYTES + 4 * index);
  }

  /** The marker bit. */
  public boolean marker() {
    return (u8(buffer, start + 1) & 0x80) != 0;
  }

  /** The payload type, 0 to 127. */
  public int payloadType() {
    return u8(buffer, start + 1) & 0x7F;
  }

  /** The sequence number, 0 to 65535. */
  public int sequence() {
    return u16(buffer, start + 2);
  }

  /** The timestamp, 32 bits in ticks of the payload's RTP clock. */
  public int timestamp() {
    return BigEndian.i32(buffer, start + 4);
  }

  /** The synchronisation source, 32 bits. */
  public int ssrc() {
    return BigEndian.i32(buffer, start + 8);
  }

  /** The absolute index of the first payload byte. */
  public int payloadOffset() {
    return payloadOffset;
  }

  /** Bytes of payload, without padding; may be 0. */
  public int payloadLength() {
    return payloadLength;
  }

  /** Sets the wrapped buffer's position and limit to the payload. */
  public void limitToPayload() {
    buffer.limit(payloadOffset + payloadLength).position(payloadOffset);
  }

  /** The 16 bits "defined by profile" of the header extension, or 0 without one. */
  public int extensionProfile() {
    return extensionOffset == 0 ? 0 : u16(buffer, extensionOffset - 4);
  }

  /** The absolute index of the header extension's data. */
  public int extensionOffset() {
    return extensionOffset;
  }

  /** Bytes of header extension data, without its 4-byte header. */
  public int extensionLength() {
    return extensionLength;
  }

  /**
   * Finds a header extension element in the one-byte (profile 0xBEDE) or two-byte (0x1000 to
   * 0x100F) form of RFC 8285 §4.2 and §4.3.
   *
   * <pre>
   *  one-byte: | ID 4 | L-1 4 | data (1..16) |     two-byte: | ID 8 | L 8 | data (0..255) |
   *  a byte 0 where an ID is expected is padding; one-byte ID 15 ends the list
   * </pre>
   *
   * @param id 1 to 14, in the two-byte form 1 to 255
   * @return the absolute index of the element's data, its length then being {@link #elementLength};
   *     {@link #NOT_FOUND} otherwise, also where an element reaches past the extension
   */
  public int findExtension(int id) {
    int profile = extensionProfile();
    if (profile == ONE_BYTE_PROFILE) {
      return findElement(id, 1);
    }
    return (profile & 0xFFF0) == TWO_BYTE_PROFILE ? findElement(id, 2) : NOT_FOUND;
  }

  private int findElement(int id, int headBytes) {
    int at = extensionOffset;
    int end = at + extensionLength;
    while (at < end) {
      int head = u8(buffer, at);
      if (head == 0) {
        at++;
        continue;
      }
      if (at + headBytes > end) {
        return NOT_FOUND;
      }
      int elementId = headBytes == 1 ? head >> 4 : head;
      int length = headBytes == 1 ? (head & 0x0F) + 1 : u8(buffer, at + 1);
      if (elementId == 0 || headBytes == 1 && elementId == 15) {
        return NOT_FOUND;
      }
      at += headBytes;
      if (at + length > end) {
        return NOT_FOUND;
      }
      if (elementId == id) {
        elementLength = length;
        return at;
      }
      at += length;
    }
    return NOT_FOUND;
  }

  /** Bytes of the element that {@link #findExtension} found last. */
  public int elementLength() {
    return elementLength;
  }

  /**
   * Writes a fixed header without padding, extension and contributing sources at the position, and
   * moves the position behind it.
   *
   * @param out the caller's buffer
   * @param payloadType 0 to 127
   * @param sequence the low 16 bits count
   * @param timestamp 32 bits, in RTP clock ticks
   * @param ssrc 32 bits
   * @param marker the marker bit
   * @return {@link #OK}, or {@link #TOO_SHORT} where fewer than 12 bytes remain; nothing is written
   */
  public static int writeHeader(
      ByteBuffer out, int payloadType, int sequence, int timestamp, int ssrc, boolean marker) {
    if (out.remaining() < HEADER_BYTES) {
      return TOO_SHORT;
    }
    out.put(out.position(), (byte) 0x80);
    putFields(out, payloadType, sequence, timestamp, ssrc, marker);
    out.position(out.position() + HEADER_BYTES);
    return OK;
  }

  /**
   * Rewrites the header of the packet at the position in place; version, padding, extension and
   * contributing sources stay. Parameters as in {@link #writeHeader}; the position does not move.
   *
   * @return {@link #OK}, or {@link #TOO_SHORT} where fewer than 12 bytes remain; nothing is written
   */
  public static int rewrite(
      ByteBuffer packet, int payloadType, int sequence, int timestamp, int ssrc, boolean marker) {
    if (packet.remaining() < HEADER_BYTES) {
      return TOO_SHORT;
    }
    putFields(packet, payloadType, sequence, timestamp, ssrc, marker);
    return OK;
  }

  private static void putFields(
      ByteBuffer out, int payloadType, int sequence, int timestamp, int ssrc, boolean marker) {
    int at = out.position();
    out.put(at + 1, (byte) (payloadType & 0x7F | (marker ? 0x80 : 0)));
    BigEndian.put16(out, at + 2, sequence);
    BigEndian.put32(out, at + 4, timestamp);
    BigEndian.put32(out, at + 8, ssrc);
  }
}
