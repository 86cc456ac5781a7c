package org.mediacore.payload.mpeg4;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.payload.Depacketizer;

class DepacketizerTest {
  private final GenericFormat generic = new GenericFormat();
  private final LatmFormat latm = new LatmFormat();

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "one unit, 0010 0018 AABBCC, AABBCC",
    "one unit of one byte, 0010 0008 AA, AA",
    "two units, 0020 0010 0008 AABBCC, AABB CC",
    "three units, 0030 0008 0008 0008 AABBCC, AA BB CC",
    "nothing, '', BAD_INPUT",
    "half of the length, 00, BAD_INPUT",
    "no header, 0000, BAD_INPUT",
    "no header but a unit, 0000 AA, BAD_INPUT",
    "headers that are not there, 0010, BAD_INPUT",
    "half of a header, 0010 00, BAD_INPUT",
    "a header of 15 bits, 000F 0018 AABBCC, BAD_INPUT",
    "a header of 8 bits, 0008 18 AABBCC, BAD_INPUT",
    "a unit of no bytes, 0010 0000, BAD_INPUT",
    "a unit of no bytes behind another, 0020 0008 0000 AA, BAD_INPUT",
    "a fragment: less than the unit, 0010 0020 AABBCC, BAD_INPUT",
    "more than the unit, 0010 0010 AABBCC, BAD_INPUT",
    "the second unit cut off, 0020 0010 0010 AABBCC, BAD_INPUT",
    "interleaved: index 1, 0010 0019 AABBCC, BAD_INPUT",
    "interleaved: index delta 2, 0020 0010 000A AABBCC, BAD_INPUT",
    "longest headers length, FFFF 0018 AABBCC, BAD_INPUT",
  })
  void highBitRate(String what, String payload, String frames) {
    Depacketizer depacketizer = Payloads.depacketizer(generic, Payloads.HIGH);
    assertEquals(frames, Payloads.read(depacketizer, Payloads.hex(payload)), what);
  }

  /** ffmpeg gathers silence of 48 kHz for 0.7 s: 33 units of few bytes. */
  @Test
  void asManyUnitsAsFfmpegGathers() {
    Depacketizer depacketizer = Payloads.depacketizer(generic, Payloads.HIGH);
    String payload = "0210" + "0010".repeat(33) + "AABB".repeat(33);
    assertEquals("AABB ".repeat(33).trim(), Payloads.read(depacketizer, Payloads.hex(payload)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "one unit, 0008 0C AABBCC, AABBCC",
    "two units, 0010 08 04 AABBCC, AABB CC",
    "a header of 16 bits, 0010 0018 AABBCC, BAD_INPUT",
    "interleaved, 0008 0D AABBCC, BAD_INPUT",
    "a unit of no bytes, 0008 00, BAD_INPUT",
    "a fragment, 0008 10 AABBCC, BAD_INPUT",
  })
  void lowBitRate(String what, String payload, String frames) {
    Depacketizer depacketizer = Payloads.depacketizer(generic, Payloads.LOW);
    assertEquals(frames, Payloads.read(depacketizer, Payloads.hex(payload)), what);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "one unit, 40, 03 AABBCC, AABBCC",
    "two units, 41, 02 AABB 01 CC, AABB CC",
    "one of two, 41, 03 AABBCC, BAD_INPUT",
    "two of one, 40, 02 AABB 01 CC, BAD_INPUT",
    "nothing, 40, '', BAD_INPUT",
    "a unit of no bytes, 40, 00, BAD_INPUT",
    "a unit of no bytes behind another, 41, 01 AA 00, BAD_INPUT",
    "a length that does not end, 40, FF, BAD_INPUT",
    "a fragment: less than the unit, 40, 04 AABBCC, BAD_INPUT",
    "more than the unit, 40, 02 AABBCC, BAD_INPUT",
  })
  void latm(String what, String head, String payload, String frames) {
    Depacketizer depacketizer =
        Payloads.depacketizer(latm, Payloads.LATM.with("config", head + "0023103FC0"));
    assertEquals(frames, Payloads.read(depacketizer, Payloads.hex(payload)), what);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 254, 255, 256, 509, 510, 511, 765, 8_000})
  void latmLengthInBytesOf255(int bytes) {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    payload.writeBytes(Payloads.repeat(255, bytes / 255));
    payload.write(bytes % 255);
    payload.writeBytes(Payloads.frame(bytes));
    Depacketizer depacketizer = Payloads.depacketizer(latm, Payloads.LATM);
    ByteBuffer view = ByteBuffer.wrap(payload.toByteArray());
    assertEquals(1, depacketizer.read(view));
    ByteBuffer frame = ByteBuffer.allocate(bytes);
    assertEquals(bytes, depacketizer.frame(view, 0, frame));
    assertEquals(ByteBuffer.wrap(Payloads.frame(bytes)), frame.flip());
  }

  /** No more than an AudioMuxElement can have, whatever the headers say. */
  @ParameterizedTest
  @CsvSource({"1, 1", "64, 64", "65, -1", "400, -1"})
  void unitsOfOnePayload(int units, int expected) {
    ByteBuffer payload = ByteBuffer.allocate(2 + 3 * units).putShort((short) (16 * units));
    for (int i = 0; i < units; i++) {
      payload.putShort((short) 8);
    }
    payload.put(new byte[units]).flip();
    assertEquals(expected, Payloads.depacketizer(generic, Payloads.HIGH).read(payload));
  }

  @Test
  void closedOneFails() {
    for (Depacketizer depacketizer :
        new Depacketizer[] {
          Payloads.depacketizer(generic, Payloads.HIGH), Payloads.depacketizer(latm, Payloads.LATM)
        }) {
      depacketizer.close();
      depacketizer.close();
      ByteBuffer payload = ByteBuffer.wrap(new byte[] {1, 1});
      assertEquals(MediaStatus.FAILED, depacketizer.read(payload));
      assertEquals(MediaStatus.FAILED, depacketizer.frame(payload, 0, ByteBuffer.allocate(9)));
    }
  }
}
