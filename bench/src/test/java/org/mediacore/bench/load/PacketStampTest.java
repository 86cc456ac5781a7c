package org.mediacore.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketStampTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0",
    "1199, 42, 123456789012, 20000000",
    "262143, 1073741823, 9223372036854775807, 1",
    "1, 2, -5, 10",
    "1, 2, 18014398509481983, 3"
  })
  void whatIsWrittenIsRead(int leg, int number, long nowNs, long ageNs) {
    ByteBuffer packet = ByteBuffer.allocate(40);
    assertFalse(PacketStamp.isAt(packet, 3));
    PacketStamp.write(packet, 3, leg, number, nowNs);
    assertTrue(PacketStamp.isAt(packet, 3));
    assertEquals(leg, PacketStamp.leg(packet, 3));
    assertEquals(number, PacketStamp.number(packet, 3));
    assertEquals(ageNs, PacketStamp.ageNs(packet, 3, nowNs + ageNs));
    for (int i = 3; i < 3 + PacketStamp.LENGTH; i++) {
      assertEquals(0x80, packet.get(i) & 0xC0, "octet " + i);
    }
  }

  @ParameterizedTest
  @CsvSource({"19, 0, true", "19, 1, false", "18, 0, false"})
  void stampThatDoesNotFitIsNone(int limit, int at, boolean there) {
    ByteBuffer packet = ByteBuffer.allocate(40);
    PacketStamp.write(packet, at, 1, 1, 1);
    assertEquals(there, PacketStamp.isAt(packet.limit(limit), at));
  }
}
