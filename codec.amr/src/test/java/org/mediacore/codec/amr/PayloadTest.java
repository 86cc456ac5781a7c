package org.mediacore.codec.amr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mediacore.api.MediaStatus;

/** The layouts of RFC 4867 §4.3 and §4.4, bit by bit. */
class PayloadTest {
  private static final AmrVariant NB = AmrVariant.NARROWBAND;
  private static final AmrVariant WB = AmrVariant.WIDEBAND;

  /** A frame whose bits are all ones. */
  private static byte[] ones(AmrVariant variant, int type) {
    byte[] frame = new byte[1 + variant.frameBytes(type)];
    Arrays.fill(frame, (byte) 0xFF);
    frame[0] = (byte) (type << 3 | 4);
    int unused = variant.frameBytes(type) * 8 - variant.frameBits(type);
    frame[frame.length - 1] &= (byte) (frame.length == 1 ? 0xFF : 0xFF << unused);
    return frame;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void bandwidthEfficientFrameBeginsAtBitTen() {
    // CMR 15 = 1111, F 0, FT 0001, Q 1, 103 ones: 113 bits, 7 bits of padding.
    byte[] payload = Amr.payload(NB, false, 15, ones(NB, 1));
    assertEquals(15, payload.length);
    assertEquals("f0ff" + "ff".repeat(12) + "80", hex(payload));
  }

  @Test
  void bandwidthEfficientFramesFollowWithoutGap() {
    // CMR 6, F 1 FT 8 Q 1, F 0 FT 15 Q 1, 39 ones: 55 bits.
    byte[] payload = Amr.payload(NB, false, 6, ones(NB, 8), ones(NB, 15));
    assertEquals("6c5f" + "ffffffff" + "fe", hex(payload));
  }

  @Test
  void octetAlignedFieldsHaveBytesOfTheirOwn() {
    byte[] payload = Amr.payload(NB, true, 6, ones(NB, 8), ones(NB, 0));
    // CMR byte, entry with F set, entry without, 5 bytes of silence, 12 of speech
    assertEquals("60" + "c4" + "04" + "fffffffffe" + "ff".repeat(11) + "fe", hex(payload));
  }

  @Test
  void widebandTypesAreItsOwn() {
    byte[] payload = Amr.payload(WB, true, 15, ones(WB, 9), ones(WB, 14), ones(WB, 8));
    assertEquals("f0" + "cc" + "f4" + "44" + "ff".repeat(5), hex(payload).substring(0, 18));
    assertEquals(4 + 5 + 60, payload.length);
    PayloadReader reader = new PayloadReader(WB, true);
    assertEquals(3, reader.read(ByteBuffer.wrap(payload)));
    assertEquals(14, reader.type(1));
  }

  @ParameterizedTest
  @EnumSource
  void everyTypeComesBack(AmrVariant variant) {
    Random random = new Random(4_867);
    for (boolean octetAligned : new boolean[] {false, true}) {
      PayloadReader reader = new PayloadReader(variant, octetAligned);
      for (int round = 0; round < 500; round++) {
        byte[][] frames = new byte[1 + random.nextInt(6)][];
        for (int i = 0; i < frames.length; i++) {
          frames[i] = randomFrame(variant, random);
        }
        int request = random.nextInt(16);
        byte[] payload = Amr.payload(variant, octetAligned, request, frames);
        assertEquals(frames.length, reader.read(ByteBuffer.wrap(payload)));
        assertEquals(request, reader.request());
        for (int i = 0; i < frames.length; i++) {
          byte[] copy = new byte[62];
          int bytes = reader.copy(i, copy);
          assertArrayEquals(frames[i], Arrays.copyOf(copy, bytes));
          assertEquals(frames[i][0] >> 3 & 0xF, reader.type(i));
          assertFalse(reader.damaged(i));
        }
      }
    }
  }

  private static byte[] randomFrame(AmrVariant variant, Random random) {
    int type = random.nextInt(variant.modes + 2);
    byte[] frame = ones(variant, type > variant.modes ? AmrVariant.NO_DATA : type);
    for (int i = 1; i < frame.length; i++) {
      frame[i] &= (byte) random.nextInt();
    }
    return frame;
  }

  @Test
  void longestPayloadIsTaken() {
    byte[][] six = new byte[6][];
    Arrays.setAll(six, i -> ones(WB, 8));
    byte[] payload = Amr.payload(WB, true, 15, six);
    assertEquals(PayloadReader.MAX_BYTES, payload.length);
    assertEquals(6, new PayloadReader(WB, true).read(ByteBuffer.wrap(payload)));
    byte[] sevenEntries = new byte[1 + 7];
    Arrays.fill(sevenEntries, (byte) 0xFC); // no data, another follows
    sevenEntries[7] = 0x7C;
    assertEquals(
        MediaStatus.BAD_INPUT, new PayloadReader(WB, true).read(ByteBuffer.wrap(sevenEntries)));
  }

  @Test
  void damagedFrameIsTold() {
    byte[] payload = Amr.payload(NB, true, 15, ones(NB, 7));
    payload[1] &= (byte) ~0x04;
    PayloadReader reader = new PayloadReader(NB, true);
    assertEquals(1, reader.read(ByteBuffer.wrap(payload)));
    assertTrue(reader.damaged(0));
  }

  /** CMR, entries, speech: what is wrong with each. */
  @ParameterizedTest
  @CsvSource({
    "NARROWBAND, true,  f0,                     'no table of contents'",
    "NARROWBAND, true,  f0bc,                   'another entry should follow'",
    "NARROWBAND, true,  f04c,                   'frame type 9 is not sent'",
    "NARROWBAND, true,  f074,                   'frame type 14 is for AMR-WB'",
    "NARROWBAND, true,  f044ffffffff,           'silence cut off'",
    "NARROWBAND, true,  f044ffffffffffff,       'silence run on'",
    "NARROWBAND, true,  f03c0000,               'mode of 31 bytes with 2'",
    "NARROWBAND, false, f,                      'half a byte'",
    "NARROWBAND, false, f4,                     'entry cut off'",
    "NARROWBAND, false, f4c0,                   'frame type 9 is not sent'",
    "NARROWBAND, false, f7c000,                 'no data run on'",
    "WIDEBAND,   true,  f054,                   'frame type 10 is not sent'",
    "WIDEBAND,   true,  f06c,                   'frame type 13 is not sent'",
    "WIDEBAND,   false, f4c00000,               'silence cut off'",
  })
  void badPayloadIsRefused(AmrVariant variant, boolean octetAligned, String hex, String why) {
    byte[] payload = HexFormat.of().parseHex(hex.length() % 2 == 0 ? hex : hex + "0");
    PayloadReader reader = new PayloadReader(variant, octetAligned);
    assertEquals(MediaStatus.BAD_INPUT, reader.read(ByteBuffer.wrap(payload)), why);
  }

  @Test
  void whatIsNoFrameIsNotAdded() {
    PayloadWriter writer = new PayloadWriter(NB, true, 1);
    assertFalse(writer.add(ones(NB, 7), 31), "cut off");
    assertFalse(writer.add(new byte[] {9 << 3 | 4}, 1), "unused type");
    assertFalse(writer.add(ones(NB, 7), 0), "nothing");
    assertTrue(writer.isEmpty());
    assertTrue(writer.add(ones(NB, 7), 32));
    assertFalse(writer.isEmpty());
    assertFalse(writer.add(ones(NB, 7), 32), "full");
  }
}
