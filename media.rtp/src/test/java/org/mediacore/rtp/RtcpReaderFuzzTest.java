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
import java.util.SplittableRandom;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule: any bytes are either refused by a status or walked to the end, inside the compound. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RtcpReaderFuzzTest {

  @FuzzTest(maxDuration = "90s")
  void walksAnyBytes(byte[] data) {
    ByteBuffer buffer = ByteBuffer.wrap(data);
    boolean strict = walk(new RtcpReader(false), buffer);
    boolean tolerant = walk(new RtcpReader(true), buffer);
    assertTrue(tolerant || !strict, "what is valid in full is valid in reduced size");
    digest(buffer);
  }

  private static boolean walk(RtcpReader reader, ByteBuffer buffer) {
    boolean valid = reader.wrap(buffer) == RtcpReader.OK;
    int packets = 0;
    int end = 0;
    while (reader.next()) {
      packets++;
      assertTrue(reader.offset() >= end && reader.length() >= 4);
      end = reader.offset() + reader.length();
      assertTrue(end <= buffer.limit());
      readPacket(reader, end);
    }
    assertEquals(valid, packets > 0);
    return valid;
  }

  private static void readPacket(RtcpReader reader, int end) {
    reader.ssrc();
    for (int i = 0; i < reader.blockCount(); i++) {
      reader.blockSsrc(i);
      reader.blockCumulativeLost(i);
      reader.blockDelaySinceLastSr(i);
    }
    int items = 0;
    while (reader.nextItem()) {
      assertTrue(reader.itemOffset() + reader.itemLength() <= end);
      assertTrue(++items < 100_000, "ends");
    }
    switch (reader.packetType()) {
      case RtcpReader.SR -> reader.octetCount();
      case RtcpReader.BYE -> {
        for (int i = 0; i < reader.count(); i++) {
          reader.byeSsrc(i);
        }
        assertTrue(
            reader.reasonLength() == 0 || reader.reasonOffset() + reader.reasonLength() <= end);
      }
      case RtcpReader.APP -> reader.appName();
      case RtcpReader.RTPFB, RtcpReader.PSFB -> reader.mediaSsrc();
      default -> assertTrue(reader.length() >= 4);
    }
  }

  private static void digest(ByteBuffer buffer) {
    RtpSender sender = new RtpSender(1, 0, 0, 8000);
    RtpReceiver receiver = new RtpReceiver(1, 8000);
    receiver.receive(2, 0, 0, 0);
    RtcpScheduler scheduler = new RtcpScheduler(64_000, 1, new SplittableRandom(1), 0, 100);
    RtcpSession session = new RtcpSession(sender, receiver, scheduler, new byte[1], true);
    int events = session.digest(buffer, 1, 1L << 32);
    assertTrue(events < 8);
    assertTrue(session.build(ByteBuffer.allocate(200), 2, 2L << 32) > 0);
  }

  /** One case for each folder, so that a skip without the data is seen in the totals. */
  @ParameterizedTest
  @ValueSource(strings = {"fuzz/rtcp-corpus", "fuzz/rtp-corpus"})
  void walksTheSeeds(String folder) throws IOException {
    List<Path> seeds = Vectors.files(folder, "");
    assertFalse(seeds.isEmpty());
    for (Path seed : seeds) {
      assertDoesNotThrow(() -> walksAnyBytes(Files.readAllBytes(seed)), seed::toString);
    }
  }
}
