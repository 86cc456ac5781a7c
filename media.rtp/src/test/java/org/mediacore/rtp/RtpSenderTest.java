package org.mediacore.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtpSenderTest {

  private static final long MS = 1_000_000;

  private final RtpSender sender = new RtpSender(7, 65534, -320, 8000);

  private void relayed(int ssrc, int sequence, int timestamp, long ms, int outSeq, int outTs) {
    assertEquals(RtpSender.OK, sender.relay(ssrc, sequence, timestamp, 0, false, ms * MS));
    assertEquals(outSeq, sender.sequence(), "sequence for " + sequence);
    assertEquals(outTs, sender.timestamp(), "timestamp for " + timestamp);
  }

  @Test
  void generatesAcrossBothWraps() {
    int[] sequences = {65534, 65535, 0, 1};
    int[] timestamps = {-320, -160, 0, 160};
    for (int i = 0; i < 4; i++) {
      sender.next(0, i == 0, 160, i * 20 * MS);
      assertEquals(sequences[i], sender.sequence());
      assertEquals(timestamps[i], sender.timestamp());
      sender.sent(160);
    }
    assertEquals(4, sender.packetsSent());
    assertEquals(640, sender.octetsSent());
    assertEquals(160 + 80, sender.timestampAt(70 * MS));
  }

  @Test
  void silenceMovesTheTimestampAlone() {
    sender.next(0, false, 160, 0);
    sender.skip(1600);
    sender.next(0, true, 160, 220 * MS);
    assertEquals(65535, sender.sequence());
    assertEquals(-320 + 160 + 1600, sender.timestamp());
  }

  @Test
  void relayKeepsLossReorderingAndDuplicates() {
    relayed(1, 100, 1000, 0, 65534, -320);
    relayed(1, 101, 1160, 20, 65535, -160);
    relayed(1, 103, 1480, 60, 1, 160);
    relayed(1, 102, 1320, 61, 0, 0);
    relayed(1, 102, 1320, 62, 0, 0);
    relayed(1, 106, 1960, 120, 4, 640);
  }

  @Test
  void relayFollowsTheWrapOfTheSource() {
    relayed(1, 65535, -160, 0, 65534, -320);
    relayed(1, 0, 0, 20, 65535, -160);
    relayed(1, 1, 160, 40, 0, 0);
    relayed(1, 65535, -160, 41, 65534, -320);
  }

  @Test
  void packetOvertakenByTheVeryFirstKeepsItsPlace() {
    relayed(1, 100, 1000, 0, 65534, -320);
    relayed(1, 99, 840, 1, 65533, -480);
  }

  @Test
  void firstSequenceNeverGoesBelowZero() {
    RtpSender zero = new RtpSender(7, 0, 0, 8000);
    assertEquals(RtpSender.OK, zero.relay(1, 100, 0, 0, false, 0));
    assertEquals(RtpSender.BEFORE_ANCHOR, zero.relay(1, 99, 0, 0, false, 0));
  }

  @Test
  void newSourceContinuesByOneAndByElapsedTime() {
    relayed(1, 100, 1000, 0, 65534, -320);
    assertTrue(sender.reanchored());
    relayed(2, 9000, 77, 30, 65535, -320 + 240);
    assertTrue(sender.reanchored());
    relayed(2, 9001, 237, 50, 0, -320 + 400);
    assertFalse(sender.reanchored());
    assertEquals(RtpSender.BEFORE_ANCHOR, sender.relay(2, 8999, -83, 0, false, 51 * MS));
    relayed(2, 9002, 397, 70, 1, -320 + 560);
  }

  @Test
  void sameInstantStillAdvancesTheTimestamp() {
    relayed(1, 100, 1000, 0, 65534, -320);
    relayed(2, 500, 0, 0, 65535, -319);
  }

  @Test
  void restartOfTheSameSsrcIsAnnounced() {
    relayed(1, 100, 1000, 0, 65534, -320);
    sender.switchSource();
    relayed(1, 40000, 5, 20, 65535, -160);
    relayed(1, 40001, 165, 40, 0, 0);
  }

  @Test
  void generatedAndRelayedAlternate() {
    sender.next(0, true, 160, 0);
    relayed(1, 5, 5, 100, 65535, -320 + 800);
    sender.next(0, true, 160, 140 * MS);
    assertEquals(0, sender.sequence());
    assertEquals(-320 + 800 + 320, sender.timestamp());
    sender.next(0, false, 160, 160 * MS);
    assertEquals(-320 + 800 + 480, sender.timestamp());
    relayed(1, 6, 165, 180, 2, -320 + 800 + 640);
  }

  @Test
  void collisionChangesSsrcAndStartsCountsOver() {
    sender.next(0, false, 160, 0);
    sender.sent(160);
    sender.changeSsrc(8);
    assertEquals(0, sender.packetsSent());
    sender.next(0, false, 160, 0);
    assertEquals(8, sender.ssrc());
    assertEquals(65535, sender.sequence());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void restoredSenderContinuesExactly(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RtpSender whole = new RtpSender(7, 65500, -5000, 8000);
    RtpSender parts = new RtpSender(7, 65500, -5000, 8000);
    ByteBuffer a = ByteBuffer.allocate(12);
    ByteBuffer b = ByteBuffer.allocate(12);
    long clockShift = 0;
    int sequence = 65000;
    for (int i = 0; i < 2000; i++) {
      long now = i * 20 * MS;
      if (random.nextInt(50) == 0) {
        // Another process: its monotonic clock has another origin.
        long shift = random.nextLong(-1000 * MS, 1000 * MS);
        parts = RtpSender.restore(parts.snapshot(now + clockShift), now + shift);
        clockShift = shift;
      }
      int action = random.nextInt(20);
      sequence += action < 16 ? 1 : random.nextInt(-3, 5);
      for (int which = 0; which < 2; which++) {
        RtpSender s = which == 0 ? whole : parts;
        long t = which == 0 ? now : now + clockShift;
        ByteBuffer out = which == 0 ? a.clear() : b.clear();
        int status = RtpSender.OK;
        if (action == 0) {
          s.next(0, true, 160, t);
        } else {
          if (action == 1) {
            s.switchSource();
          }
          status = s.relay(1 + i / 300, sequence & 0xFFFF, sequence * 160, 0, false, t);
        }
        if (status == RtpSender.OK) {
          s.writeHeader(out);
          s.sent(160);
        }
      }
      assertEquals(a.flip(), b.flip(), "seed " + seed + " packet " + i);
    }
    assertEquals(whole.snapshot(0).packetsSent(), parts.snapshot(0).packetsSent());
  }

  @Test
  void refusesWhatItCannotBe() {
    assertThrows(IllegalArgumentException.class, () -> new RtpSender(1, 65536, 0, 8000));
    assertThrows(IllegalArgumentException.class, () -> new RtpSender(1, 0, 0, 0));
    RtpSenderSnapshot s = sender.snapshot(0);
    assertThrows(
        IllegalArgumentException.class,
        () -> new RtpSenderSnapshot(2, 8000, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, false));
    assertEquals(RtpSenderSnapshot.VERSION, s.version());
  }
}
