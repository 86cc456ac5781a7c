package org.mediacore.payload.mpeg4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.api.payload.Depacketizer;
import org.mediacore.api.payload.Packetizer;
import org.mediacore.api.payload.PayloadFormat;

class PacketizerTest {
  private enum Kind {
    HIGH(new GenericFormat(), Payloads.HIGH),
    LOW(new GenericFormat(), Payloads.LOW),
    LATM(new LatmFormat(), Payloads.LATM);

    private final PayloadFormat format;
    private final Fmtp fmtp;

    Kind(PayloadFormat format, Fmtp fmtp) {
      this.format = format;
      this.fmtp = fmtp;
    }

    Packetizer packetizer() throws MediaSetupException {
      return format.createPacketizer(Payloads.agreed(format, fmtp));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HIGH, 3, 00100018",
    "HIGH, 8191, 0010FFF8",
    "LOW, 3, 00080C",
    "LOW, 63, 0008FC",
    "LATM, 3, 03",
    "LATM, 254, FE",
    "LATM, 255, FF00",
    "LATM, 256, FF01",
    "LATM, 510, FFFF00",
  })
  void headStandsBeforeTheUnitAndIsReadBack(Kind kind, int bytes, String head) throws Exception {
    byte[] unit = Payloads.frame(bytes);
    ByteBuffer frame = ByteBuffer.wrap(unit).asReadOnlyBuffer();
    ByteBuffer payload = ByteBuffer.allocateDirect(bytes + 8).position(3);
    int headBytes = head.length() / 2;
    try (Packetizer packetizer = kind.packetizer()) {
      assertEquals(headBytes + bytes, packetizer.packetize(frame, payload));
    }
    assertEquals(0, frame.position());
    assertEquals(3 + headBytes + bytes, payload.position());
    byte[] written = new byte[headBytes + bytes];
    payload.get(3, written);
    assertEquals(head, HexFormat.of().withUpperCase().formatHex(written, 0, headBytes));
    Depacketizer back = Payloads.depacketizer(kind.format, kind.fmtp);
    assertEquals(HexFormat.of().withUpperCase().formatHex(unit), Payloads.read(back, written));
  }

  @ParameterizedTest
  @CsvSource({
    "HIGH, 0, 100, -1",
    "HIGH, 8192, 9000, -1",
    "HIGH, 10, 13, -2",
    "LOW, 0, 100, -1",
    "LOW, 64, 100, -1",
    "LOW, 10, 12, -2",
    "LATM, 0, 100, -1",
    "LATM, 10, 10, -2",
    "LATM, 255, 256, -2",
  })
  void whatDoesNotGoIsAStatus(Kind kind, int bytes, int room, int status) throws Exception {
    ByteBuffer payload = ByteBuffer.allocate(room);
    try (Packetizer packetizer = kind.packetizer()) {
      assertEquals(status, packetizer.packetize(ByteBuffer.allocate(bytes), payload));
    }
    assertEquals(0, payload.position());
    assertEquals(ByteBuffer.wrap(Payloads.repeat(0, room)), payload);
  }

  @Test
  void closedOneFails() throws Exception {
    for (Kind kind : Kind.values()) {
      Packetizer packetizer = kind.packetizer();
      packetizer.close();
      packetizer.close();
      int status = packetizer.packetize(ByteBuffer.allocate(4), ByteBuffer.allocate(99));
      assertEquals(MediaStatus.FAILED, status, kind.name());
    }
  }

  @Test
  void refusalNamesTheParameters() {
    LatmFormat latm = new LatmFormat();
    Fmtp two = Fmtp.parse("cpresent=0;config=410023103FC0");
    MediaSetupException refused =
        assertThrows(
            MediaSetupException.class, () -> latm.createPacketizer(Payloads.agreed(latm, two)));
    assertEquals(true, refused.getMessage().contains("410023103FC0"), refused.getMessage());
    for (PayloadFormat format : Arrays.asList(latm, new GenericFormat())) {
      assertThrows(
          MediaSetupException.class,
          () -> format.createPacketizer(Payloads.agreed(format, Fmtp.NONE)));
      assertThrows(
          MediaSetupException.class,
          () -> format.createDepacketizer(Payloads.agreed(format, Fmtp.parse("cpresent=1"))));
    }
  }
}
