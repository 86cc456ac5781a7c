package org.mediacore.codec.opus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jaredmdobson.concentus.OpusException;
import io.github.jaredmdobson.concentus.OpusPacketInfo;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers of Opus packets: RFC 6716 §3. */
class OpusPacketTest {
  private final OpusPacket packet = new OpusPacket();

  /** RFC 6716 §3.1, table 2. */
  @ParameterizedTest
  @CsvSource({
    "0,10000",
    "1,20000",
    "2,40000",
    "3,60000",
    "4,10000",
    "7,60000",
    "8,10000",
    "11,60000",
    "12,10000",
    "13,20000",
    "14,10000",
    "15,20000",
    "16,2500",
    "17,5000",
    "18,10000",
    "19,20000",
    "20,2500",
    "23,20000",
    "28,2500",
    "31,20000"
  })
  void frameDurationOfEachConfiguration(int config, int durationUs) {
    assertTrue(packet.read(ByteBuffer.wrap(new byte[] {(byte) (config << 3), 1, 2})));
    assertEquals(durationUs, packet.frameDurationUs());
    assertEquals(1, packet.frames());
    assertEquals(durationUs * 48 / 1000, packet.samples(48_000));
    assertEquals(durationUs * 8 / 1000, packet.samples(8_000));
  }

  /** The TOC byte 0x98 is CELT, narrow-band, 20 ms, mono; its last two bits are the packing. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "code 0: TOC alone is one empty frame, 98, 1",
    "code 0: one frame, 98AABB, 1",
    "code 1: two empty frames, 99, 2",
    "code 1: two equal frames, 99AABB, 2",
    "code 2: one byte and two, 9A01AABBCC, 2",
    "code 2: first frame takes all, 9A02AABB, 2",
    "code 2: two-byte length of 252, 9AFC00@252, 2",
    "code 3: three equal frames, 9B03AABBCC, 3",
    "code 3: six frames are 120 ms, 9B06, 6",
    "code 3: varying, 9B830102AABBBBCC, 3",
    "code 3: padding of 2, 9B4202AABB0000, 2",
    "code 3: padding of 254 in two bytes, 9B42FF00AABB@254, 2",
    "code 3: varying with padding, 9BC20101AABBCC00, 2",
    "48 frames of 2.5 ms, 8330, 48"
  })
  void validPackets(String name, String hex, int frames) {
    assertTrue(packet.read(bytes(hex)), name);
    assertEquals(frames, packet.frames(), name);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "R1: nothing, ''",
    "R2: frame of 1276 bytes, 98@1276",
    "R2: two frames of 1276 bytes, 99@2552",
    "R2: second frame of 1276 bytes, 9A00@1276",
    "R2: last varying frame of 1276 bytes, 9B8200@1276",
    "R2: equal frames of 1276 bytes, 9B02@2552",
    "R3: two equal frames in 3 bytes, 99AABBCC",
    "R4: no length, 9A",
    "R4: half a length, 9AFC",
    "R4: first frame longer than the rest, 9A03AABB",
    "R5: seven frames of 20 ms, 9B07",
    "R5: three frames of 60 ms, 1B03",
    "R5: 49 frames of 2.5 ms, 8331",
    "R6: no count, 9B",
    "R6: no frames, 9B00",
    "R6: three equal frames in 4 bytes, 9B03AABBCCDD",
    "R6: padding longer than the rest, 9B4103AABB",
    "R6: padding without its length, 9B41",
    "R6: padding length breaks off, 9B41FF",
    "R7: lengths break off, 9B8301",
    "R7: frames longer than the rest, 9B830102AABB",
    "R7: frames run into padding, 9BC20103AABB00"
  })
  void packetsThatBreakARule(String name, String hex) {
    assertFalse(packet.read(bytes(hex)), name);
  }

  /** Another reader of the same RFC agrees on random packets, at any position of a buffer. */
  @Test
  void agreesWithAnotherReader() {
    Random random = new Random(3_2_6);
    int valid = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = new byte[1 + random.nextInt(24)];
      random.nextBytes(bytes);
      bytes[1 % bytes.length] &= (byte) 0xC7; // else most counts are too high
      ByteBuffer shifted = ByteBuffer.allocate(bytes.length + 9).position(4).put(bytes).flip();
      shifted.position(4);
      boolean read = packet.read(shifted);
      String what = HexFormat.of().formatHex(bytes);
      assertEquals(isValidElsewhere(bytes), read, what);
      if (read) {
        valid++;
        int samples = OpusPacketInfo.getNumSamples(bytes, 0, bytes.length, 48_000);
        assertEquals(samples, packet.samples(48_000), what);
      }
    }
    assertTrue(valid > 5_000, "valid packets among the random ones: " + valid);
  }

  private static boolean isValidElsewhere(byte[] bytes) {
    try {
      return OpusPacketInfo.parseOpusPacket(bytes, 0, bytes.length) != null
          && OpusPacketInfo.getNumSamples(bytes, 0, bytes.length, 48_000) > 0;
    } catch (OpusException | RuntimeException notValid) {
      return false;
    }
  }

  /** First bits of a SILK frame: one for voice activity per 20 ms, then the one for redundancy. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "20 ms mono with, 0840, true",
    "20 ms mono without, 08BF, false",
    "60 ms mono with, 1810, true",
    "60 ms mono without, 18EF, false",
    "20 ms stereo: side, 0C10, true",
    "20 ms stereo: mid, 0C40, true",
    "20 ms stereo: neither, 0CAF, false",
    "60 ms stereo: side, 1C01, true",
    "hybrid 20 ms with, 6840, true",
    "CELT has none, 98FF, false",
    "an empty frame has none, 08, false",
    "code 2: first of two frames, 0A014000, true",
    "code 3: behind count and padding, 0B4101400000, true"
  })
  void redundancyIsFound(String name, String hex, boolean expected) {
    ByteBuffer bytes = bytes(hex);
    assertTrue(packet.read(bytes), name);
    assertEquals(expected, packet.hasRedundancy(bytes), name);
  }

  /** {@code @n} stands for n bytes of 0. */
  private static ByteBuffer bytes(String hex) {
    String[] parts = hex.split("@");
    byte[] head = HexFormat.of().parseHex(parts[0]);
    int zeros = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
    return ByteBuffer.wrap(java.util.Arrays.copyOf(head, head.length + zeros));
  }
}
