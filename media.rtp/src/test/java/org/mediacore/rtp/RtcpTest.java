package org.mediacore.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mediacore.rtp.RtpPacketTest.hex;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RtcpTest {

  private static final String RR = "80c90001 00000001";

  private final RtcpReader reader = new RtcpReader(false);
  private final RtcpWriter writer = new RtcpWriter();

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "empty, '', -1",
    "three bytes, 80c900, -1",
    "receiver report, 80c90001 00000001, 0",
    "version 1, 40c90001 00000001, -2",
    "version 1 in the second, 80c90001 00000001 41cb0001 00000001, -2",
    "begins with SDES, 80ca0000, -3",
    "begins with BYE, 81cb0001 00000001, -3",
    "padding on the first, a0c90002 00000001 00000004, -4",
    "padding in the middle, 80c90001 00000001 a1cb0002 00000001 00000004 81cb0001 00000001, -4",
    "padding on the last, 80c90001 00000001 a1cb0002 00000001 00000004, 0",
    "padding of 3, 80c90001 00000001 a1cb0002 00000001 00000003, -4",
    "padding of 0, 80c90001 00000001 a1cb0002 00000001 00000000, -4",
    "padding into the header, 80c90001 00000001 a1cb0002 00000001 0000000c, -4",
    "padding over the sources, 80c90001 00000001 a1cb0001 00000004, -5",
    "length past the end, 80c90002 00000001, -5",
    "half a second packet, 80c90001 00000001 81cb, -1",
    "one block announced and none there, 81c90001 00000001, -5",
    "sender report without its info, 80c80001 00000001, -5",
    "unknown type stepped over, 80c90001 00000001 80df0000, 0",
    "feedback without its sources, 80c90001 00000001 81cd0001 00000001, -5",
  })
  void saysWhatIsMalformed(String name, String digits, int status) {
    assertEquals(status, reader.wrap(hex(digits)));
    assertEquals(status == 0, reader.next());
  }

  @Test
  void reducedSizeOnlyWhereAgreed() {
    ByteBuffer feedback = hex("81ce0002 00000001 00000002");
    assertEquals(RtcpReader.NO_REPORT_FIRST, reader.wrap(feedback));
    RtcpReader tolerant = new RtcpReader(true);
    assertEquals(RtcpReader.OK, tolerant.wrap(feedback));
    assertTrue(tolerant.next());
    assertEquals(RtcpReader.PSFB, tolerant.packetType());
    assertEquals(1, tolerant.count());
    assertEquals(1, tolerant.ssrc());
    assertEquals(2, tolerant.mediaSsrc());
  }

  @Test
  void readsWhatItWrites() {
    ByteBuffer out = ByteBuffer.allocateDirect(256).position(3);
    writer.begin(out);
    assertTrue(writer.senderReport(1, 0x8899AABBCCDDEEFFL, -5, 0x1_0000_0002L, 320));
    assertTrue(writer.reportBlock(2, 255, -3, 70000, 12, 0x12345678, 65536));
    assertTrue(writer.reportBlock(3, 0, 0x7FFFFF, 1, 2, 3, 4));
    assertTrue(writer.sdesCname(1, bytes("abc")));
    assertTrue(writer.bye(1, bytes("done")));
    assertEquals(28 + 48 + 16 + 16, writer.length());
    out.flip().position(3);

    assertEquals(RtcpReader.OK, reader.wrap(out));
    assertTrue(reader.next());
    assertEquals(RtcpReader.SR, reader.packetType());
    assertEquals(1, reader.ssrc());
    assertEquals(0x8899AABBCCDDEEFFL, reader.ntpTimestamp());
    assertEquals(-5, reader.rtpTimestamp());
    assertEquals(2, reader.packetCount());
    assertEquals(320, reader.octetCount());
    assertEquals(2, reader.blockCount());
    assertEquals(2, reader.blockSsrc(0));
    assertEquals(255, reader.blockFractionLost(0));
    assertEquals(-3, reader.blockCumulativeLost(0));
    assertEquals(70000, reader.blockHighestSequence(0));
    assertEquals(12, reader.blockJitter(0));
    assertEquals(0x12345678, reader.blockLastSr(0));
    assertEquals(65536, reader.blockDelaySinceLastSr(0));
    assertEquals(3, reader.blockSsrc(1));
    assertEquals(0x7FFFFF, reader.blockCumulativeLost(1));
    assertFalse(reader.nextItem());

    assertTrue(reader.next());
    assertTrue(reader.nextItem());
    assertEquals(1, reader.itemSsrc());
    assertEquals(RtcpReader.CNAME, reader.itemType());
    assertEquals(hexOf("abc"), out.slice(reader.itemOffset(), reader.itemLength()));
    assertFalse(reader.nextItem());

    assertTrue(reader.next());
    assertEquals(1, reader.byeSsrc(0));
    assertEquals(hexOf("done"), out.slice(reader.reasonOffset(), reader.reasonLength()));
    assertFalse(reader.next());
  }

  /** Four texts, so that the closing zeros are one to four. */
  @ParameterizedTest
  @ValueSource(strings = {"", "a", "ab", "abc", "abcd"})
  void sdesEndsInZerosUpToAWord(String text) {
    ByteBuffer out = ByteBuffer.allocate(300);
    writer.begin(out);
    writer.receiverReport(1);
    writer.sdesCname(1, bytes(text));
    writer.bye(1, bytes(text));
    assertEquals(RtcpReader.OK, reader.wrap(out.flip()));
    reader.next();
    reader.next();
    assertEquals(0, out.get(reader.offset() + reader.length() - 1));
    assertTrue(reader.nextItem());
    assertEquals(text.length(), reader.itemLength());
    assertFalse(reader.nextItem());
    reader.next();
    assertEquals(text.length(), reader.reasonLength());
  }

  @Test
  void readsSeveralChunks() {
    // Two chunks: CNAME "ab" and NAME "c", nothing, then TOOL "x" of a third.
    String sdes = "83ca0008 0000000a 0102 6162 0201 6300 0000000b 00000000 0000000c 0601 78 00";
    reader.wrap(hex(RR + sdes.replace("83ca0008", "83ca0007")));
    reader.next();
    assertTrue(reader.next());
    int[][] items = {{10, 1, 2}, {10, 2, 1}, {12, 6, 1}};
    for (int[] item : items) {
      assertTrue(reader.nextItem());
      assertEquals(item[0], reader.itemSsrc());
      assertEquals(item[1], reader.itemType());
      assertEquals(item[2], reader.itemLength());
    }
    assertFalse(reader.nextItem());
    assertFalse(reader.nextItem());
  }

  @Test
  void itemPastTheEndEndsTheList() {
    reader.wrap(hex(RR + "81ca0002 0000000a 01ff6162"));
    reader.next();
    reader.next();
    assertFalse(reader.nextItem());
    assertFalse(reader.nextItem());
  }

  @Test
  void reasonPastTheEndIsNone() {
    reader.wrap(hex(RR + "81cb0002 0000000a ff6162 63"));
    reader.next();
    reader.next();
    assertEquals(0, reader.reasonLength());
  }

  @Test
  void writerLeavesTheBufferAloneWithoutRoom() {
    ByteBuffer out = ByteBuffer.allocate(31);
    writer.begin(out);
    assertFalse(writer.reportBlock(1, 0, 0, 0, 0, 0, 0), "no report to extend");
    assertTrue(writer.receiverReport(1));
    assertFalse(writer.reportBlock(1, 0, 0, 0, 0, 0, 0));
    assertFalse(writer.senderReport(1, 0, 0, 0, 0));
    assertFalse(writer.sdesCname(1, new byte[20]));
    assertFalse(writer.sdesCname(1, new byte[256]));
    assertFalse(writer.bye(1, new byte[16]));
    assertEquals(8, out.position());
    assertEquals(hex(RR), out.flip());
  }

  @Test
  void aReportHoldsThirtyOneBlocks() {
    ByteBuffer out = ByteBuffer.allocate(1500);
    writer.begin(out);
    writer.receiverReport(1);
    for (int i = 0; i < 31; i++) {
      assertTrue(writer.reportBlock(i, 0, 0, 0, 0, 0, 0));
    }
    assertFalse(writer.reportBlock(31, 0, 0, 0, 0, 0, 0));
    assertEquals(RtcpReader.OK, reader.wrap(out.flip()));
    reader.next();
    assertEquals(30, reader.blockSsrc(30));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static ByteBuffer hexOf(String text) {
    return ByteBuffer.wrap(bytes(text));
  }
}
