package org.mediacore.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RtpPacketTest {

  private static final String FIXED = "8000fffffffffffe12345678";

  private final RtpPacket packet = new RtpPacket();

  static ByteBuffer hex(String digits) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(digits.replace(" ", "")));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "empty, '', -1",
    "eleven bytes, 80000001 00000000 000000, -1",
    "version 1, 40000001 00000000 00000000, -2",
    "two CSRC announced and one there, 82000001 00000000 00000000 11111111, -3",
    "extension header cut off, 90000001 00000000 00000000 bede, -4",
    "extension longer than the packet, 90000001 00000000 00000000 bede0002 10000000, -4",
    "padding bit without a body, a0000001 00000000 00000001, -5",
    "padding longer than the body, a0000001 00000000 00000000 00000005, -5",
    "padding count zero, a0000001 00000000 00000000 aabbcc00, -6",
    "all padding, a0000001 00000000 00000000 00000004, 0",
    "header alone, 80000001 00000000 00000000, 0",
    "empty extension, 90000001 00000000 00000000 bede0000, 0",
  })
  void saysWhatIsMalformed(String name, String digits, int status) {
    assertEquals(status, packet.wrap(hex(digits)));
  }

  @Test
  void readsEveryField() {
    ByteBuffer buffer =
        hex("ffff b2e0fffe 80000000 ffffffff 00000001 00000002 bede0001 12345678 a1a2a3 00 02 ff");
    buffer.position(2).limit(buffer.limit() - 1).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(RtpPacket.OK, packet.wrap(buffer));
    assertEquals(2, packet.version());
    assertTrue(packet.padding());
    assertTrue(packet.extension());
    assertEquals(2, packet.csrcCount());
    assertEquals(2, packet.csrc(1));
    assertTrue(packet.marker());
    assertEquals(96, packet.payloadType());
    assertEquals(65534, packet.sequence());
    assertEquals(0x80000000, packet.timestamp());
    assertEquals(-1, packet.ssrc());
    assertEquals(3, packet.payloadLength());
    assertEquals(2 + 12 + 8 + 8, packet.payloadOffset());
    packet.limitToPayload();
    assertEquals(hex("a1a2a3"), buffer);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "one-byte first, bede0001 10aa2055, 1, aa",
    "one-byte after padding, bede0002 0000 10aa 215566 00, 2, 5566",
    "one-byte missing, bede0001 10aa2055, 3, none",
    "id 15 ends the list, bede0001 f0aa1055, 1, none",
    "id 0 with a length ends the list, bede0001 01aa1055, 1, none",
    "element past the end, bede0001 10aa2f55, 2, none",
    "two-byte, 10000002 0102aabb 00 200155, 32, 55",
    "two-byte empty, 10050001 07000000, 7, ''",
    "two-byte head cut off, 10000001 00000007, 7, none",
    "another profile, 12340001 10aa2055, 1, none",
  })
  void findsHeaderExtensions(String name, String extension, int id, String expected) {
    ByteBuffer buffer = hex("90000001 00000000 00000000" + extension);
    assertEquals(RtpPacket.OK, packet.wrap(buffer));
    int at = packet.findExtension(id);
    if (expected.equals("none")) {
      assertEquals(RtpPacket.NOT_FOUND, at);
    } else {
      assertEquals(hex(expected), buffer.slice(at, packet.elementLength()));
    }
  }

  @Test
  void findsNothingWithoutExtension() {
    packet.wrap(hex(FIXED));
    assertEquals(RtpPacket.NOT_FOUND, packet.findExtension(1));
    assertEquals(0, packet.extensionProfile());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65535, 65536 + 7})
  void writesWhatItReads(int sequence) {
    for (ByteBuffer out :
        new ByteBuffer[] {ByteBuffer.allocate(14), ByteBuffer.allocateDirect(14)}) {
      out.position(2);
      assertEquals(0, RtpPacket.writeHeader(out, 127, sequence, -2, 0xCAFEBABE, true));
      assertEquals(14, out.position());
      out.position(2);
      assertEquals(RtpPacket.OK, packet.wrap(out));
      assertEquals(sequence & 0xFFFF, packet.sequence());
      assertEquals(-2, packet.timestamp());
      assertEquals(0xCAFEBABE, packet.ssrc());
      assertEquals(127, packet.payloadType());
      assertTrue(packet.marker());
      assertFalse(packet.extension());
      assertEquals(RtpPacket.TOO_SHORT, RtpPacket.writeHeader(out.position(3), 0, 0, 0, 0, false));
      assertEquals(RtpPacket.TOO_SHORT, RtpPacket.rewrite(out, 0, 0, 0, 0, false));
    }
  }

  @Test
  void rewritesInPlaceAndKeepsTheRest() {
    ByteBuffer buffer =
        hex("b2e0fffe 80000000 ffffffff 00000001 00000002 bede0001 12345678 a1a20002");
    RtpPacket.rewrite(buffer, 8, 0, 1, 2, false);
    assertEquals(
        hex("b208 0000 00000001 00000002 00000001 00000002 bede0001 12345678 a1a20002"), buffer);
  }

  @ParameterizedTest
  @CsvSource({
    "0001, STUN",
    "03ff, STUN",
    "0400, UNKNOWN",
    "1000, ZRTP",
    "13ff, ZRTP",
    "14fe, DTLS",
    "3f00, DTLS",
    "4000, TURN_CHANNEL",
    "4fff, TURN_CHANNEL",
    "5000, UNKNOWN",
    "7fff, UNKNOWN",
    "8000, RTP",
    "80bf, RTP",
    "80c0, RTCP",
    "80c8, RTCP",
    "bfdf, RTCP",
    "80e0, RTP",
    "c0c8, UNKNOWN",
    "80, UNKNOWN",
    "'', UNKNOWN",
  })
  void tellsKindsApart(String digits, PacketKind kind) {
    assertEquals(kind, PacketKind.of(hex(digits)));
  }
}
