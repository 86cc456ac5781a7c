package org.mediacore.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule: behind a relay the peer sees one stream, with the losses of the way in and no others. */
class RelayChainTest {

  private static final long MS = 1_000_000;

  private final RtpReceiver in = new RtpReceiver(100, 8000);
  private final RtpSender out = new RtpSender(100, 65000, -80_000, 8000);
  private final RtpReceiver far = new RtpReceiver(200, 8000);
  private long lastTimestamp;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void farEndSeesOneStream(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long now = 0;
    long missing = 0;
    long duplicates = 0;
    for (int source = 1; source <= 20; source++) {
      int base = random.nextInt(0x10000);
      int count = 50 + random.nextInt(400);
      in.bye(in.ssrc());
      long duplicatesBefore = in.duplicates();
      for (int i = 0; i < count; i++, now += 20 * MS) {
        boolean edge = i == 0 || i == count - 1;
        if (!edge && random.nextInt(20) == 0) {
          continue;
        }
        pass(source, base + i, now, seed);
        if (random.nextInt(25) == 0) {
          pass(source, base + i, now, seed);
        }
        if (!edge && i > 10 && random.nextInt(25) == 0) {
          pass(source, base + i - random.nextInt(1, 4), now, seed);
        }
      }
      missing += in.lost() + in.duplicates() - duplicatesBefore;
      duplicates = in.duplicates();
      for (int i = random.nextInt(3); i > 0; i--, now += 20 * MS) {
        out.next(0, false, 160, now);
        arrive(now, seed);
      }
    }
    assertEquals(missing, far.lost() + far.duplicates(), "losses, seed " + seed);
    assertEquals(duplicates, far.duplicates(), "duplicates, seed " + seed);
    assertEquals(in.reordered(), far.reordered(), "reordered, seed " + seed);
    assertEquals(0, far.rejected() + far.restarts() + far.sourceChanges(), "seed " + seed);
    assertEquals(19, in.sourceChanges(), "seed " + seed);
    assertTrue(far.jitter() <= 2, "jitter " + far.jitter() + ", seed " + seed);
  }

  private void pass(int source, int sequence, long now, long seed) {
    int order = in.receive(source, sequence & 0xFFFF, sequence * 160, now);
    boolean duplicate = order == RtpReceiver.DUPLICATE;
    assertTrue(order >= 0 || duplicate, "accepted, seed " + seed);
    assertEquals(RtpSender.OK, out.relay(source, sequence & 0xFFFF, sequence * 160, 0, false, now));
    arrive(now, seed);
  }

  private void arrive(long now, long seed) {
    int order = far.receive(out.ssrc(), out.sequence(), out.timestamp(), now);
    assertTrue(order >= 0 || order == RtpReceiver.DUPLICATE, "far end, seed " + seed);
    if (order == RtpReceiver.IN_ORDER || order == RtpReceiver.GAP) {
      assertTrue(far.extendedTimestamp() > lastTimestamp, "time moves on, seed " + seed);
      lastTimestamp = far.extendedTimestamp();
    }
  }
}
