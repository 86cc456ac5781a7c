package org.mediacore.rtp;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule: any bytes are either refused by a status or read inside the packet. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RtpPacketFuzzTest {

  private final RtpPacket packet = new RtpPacket();

  @FuzzTest(maxDuration = "90s")
  void readsAnyBytes(byte[] data) {
    ByteBuffer buffer = ByteBuffer.wrap(data);
    PacketKind.of(buffer);
    if (packet.wrap(buffer) != RtpPacket.OK) {
      return;
    }
    int total = packet.payloadOffset() + packet.payloadLength() + packet.paddingLength();
    assertEquals(data.length, total);
    assertEquals(2, packet.version());
    for (int i = 0; i < packet.csrcCount(); i++) {
      packet.csrc(i);
    }
    for (int id = 0; id < 256; id++) {
      int at = packet.findExtension(id);
      if (at != RtpPacket.NOT_FOUND) {
        assertTrue(at >= packet.extensionOffset());
        int end = packet.extensionOffset() + packet.extensionLength();
        assertTrue(at + packet.elementLength() <= end);
      }
    }
    rewriteKeepsTheRest(buffer, data);
    packet.limitToPayload();
    assertEquals(packet.payloadLength(), buffer.remaining());
  }

  private void rewriteKeepsTheRest(ByteBuffer buffer, byte[] data) {
    int payloadLength = packet.payloadLength();
    int type = packet.payloadType();
    byte[] before = data.clone();
    RtpPacket.rewrite(
        buffer, type, packet.sequence(), packet.timestamp(), packet.ssrc(), packet.marker());
    assertEquals(ByteBuffer.wrap(before), ByteBuffer.wrap(data));
    assertEquals(RtpPacket.OK, packet.wrap(buffer));
    assertEquals(payloadLength, packet.payloadLength());
  }

  /** One case for each folder, so that a skip without the data is seen in the totals. */
  @ParameterizedTest
  @ValueSource(strings = {"fuzz/rtp-corpus", "fuzz/rtcp-corpus", "fuzz/stun-corpus"})
  void readsTheSeeds(String folder) throws IOException {
    List<Path> seeds = Vectors.files(folder, "");
    assertFalse(seeds.isEmpty());
    for (Path seed : seeds) {
      assertDoesNotThrow(() -> readsAnyBytes(Files.readAllBytes(seed)), seed::toString);
    }
  }
}
