package org.mediacore.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RtcpSessionTest {

  private static final long MS = 1_000_000;
  private static final long SECOND = 1000 * MS;
  private static final byte[] NO_REASON = {};

  /** One end of a call: its clocks have origins of their own. */
  private static final class End {
    final long skewNs;
    final RtpSender sender;
    final RtpReceiver receiver;
    final RtcpSession rtcp;
    final ByteBuffer out = ByteBuffer.allocate(256);

    End(int ssrc, long skewNs) {
      this.skewNs = skewNs;
      sender = new RtpSender(ssrc, 100, 0, 8000);
      receiver = new RtpReceiver(ssrc, 8000);
      rtcp =
          new RtcpSession(
              sender,
              receiver,
              new RtcpScheduler(
                  64_000, RtcpScheduler.DEFAULT_MINIMUM_NS, new SplittableRandom(1), skewNs, 100),
              new byte[] {'x'},
              false);
    }

    int build(long ns) {
      return rtcp.build(out.clear(), ns + skewNs, ntp(ns));
    }

    int digest(End from, long ns) {
      return rtcp.digest(from.out.flip(), ns + skewNs, ntp(ns));
    }

    /** The wall clock, off by as much as the monotonic one. */
    long ntp(long ns) {
      long at = 1_700_000_000L * SECOND + ns + skewNs;
      return RtpTime.ntp(at / SECOND, (int) (at % SECOND));
    }

    void send(End to, long ns, boolean arrives) {
      sender.next(0, false, 160, ns + skewNs);
      sender.sent(160);
      if (arrives) {
        to.receiver.receive(sender.ssrc(), sender.sequence(), sender.timestamp(), ns + to.skewNs);
      }
    }
  }

  private final End a = new End(1, 5 * SECOND);
  private final End b = new End(2, 777 * SECOND + 12345);

  @Test
  void nothingIsKnownBeforeAReport() {
    for (long value :
        new long[] {
          a.rtcp.remoteFractionLost(),
          a.rtcp.remoteCumulativeLost(),
          a.rtcp.remoteJitter(),
          a.rtcp.remoteHighestSequence(),
          a.rtcp.remoteReportNs(),
          a.rtcp.roundTripNs()
        }) {
      assertEquals(RtcpSession.UNKNOWN, value);
    }
    assertFalse(a.rtcp.senderReportKnown());
    a.build(0);
    assertEquals(0, b.digest(a, 0));
    assertEquals(RtcpSession.UNKNOWN, b.rtcp.roundTripNs());
  }

  @Test
  void lossJitterAndRoundTripCrossTheCall() {
    for (int i = 0; i < 10; i++) {
      a.send(b, i * 20 * MS, i != 4);
    }
    assertEquals(28 + 12, a.build(200 * MS), "SR without a block, SDES");
    assertEquals(0, b.digest(a, 230 * MS));
    assertTrue(b.rtcp.senderReportKnown());
    assertEquals(20 * 8 * 10, b.rtcp.senderReportRtpTimestamp());
    assertEquals(8 + 24 + 12, b.build(1000 * MS), "RR with a block, SDES");
    assertEquals(RtcpSession.REPORT, a.digest(b, 1040 * MS));
    assertEquals(256 / 10, a.rtcp.remoteFractionLost());
    assertEquals(1, a.rtcp.remoteCumulativeLost());
    assertEquals(109, a.rtcp.remoteHighestSequence());
    assertEquals(0, a.rtcp.remoteJitter());
    assertEquals(70.0 * MS, a.rtcp.roundTripNs(), 0.1 * MS);
    assertEquals(1040 * MS + a.skewNs, a.rtcp.remoteReportNs());
  }

  @Test
  void senderReportsEndTwoReportsAfterTheMedia() {
    a.send(b, 0, true);
    assertEquals(28 + 12, a.build(1));
    assertEquals(28 + 12, a.build(2));
    assertEquals(8 + 12, a.build(3));
  }

  @Test
  void byeIsBuiltAndTakenIn() {
    a.send(b, 0, true);
    int length = a.rtcp.buildBye(a.out.clear(), a.skewNs, a.ntp(0), new byte[] {'b', 'y', 'e'});
    assertEquals(28 + 12 + 12, length);
    assertEquals(RtcpSession.BYE, b.digest(a, 1));
    assertEquals(RtpReceiver.RESTART, b.receiver.receive(44, 0, 0, b.skewNs));
  }

  @Test
  void collisionIsReported() {
    End impostor = new End(2, 0);
    impostor.build(0);
    assertEquals(RtcpSession.COLLISION, b.digest(impostor, 0));
  }

  @Test
  void malformedIsAStatusAndChangesNothing() {
    assertEquals(RtcpReader.TOO_SHORT, a.rtcp.digest(ByteBuffer.allocate(3), 0, 0));
    assertEquals(RtcpSession.NO_ROOM, a.rtcp.build(ByteBuffer.allocate(43), 0, 0));
    assertEquals(
        RtcpSession.NO_ROOM, a.rtcp.buildBye(ByteBuffer.allocate(999), 0, 0, new byte[256]));
    assertThrows(
        IllegalArgumentException.class,
        () -> new RtcpSession(a.sender, a.receiver, scheduler(1), NO_REASON, false));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "no clock, 0, 1, 0, -1",
    "no SR seen, 4294967296, 0, 0, -1",
    "a second, 8589934592, 65536, 0, 1000000000",
    "wrapped middle bits, 65536, -65535, 65536, 0",
    "rounding below zero, 8589934592, 65536, 65537, 0",
    "contradiction, 8589934592, 65536, 70000, -1",
  })
  void roundTrip(String name, long arrivalNtp, int lsr, int dlsr, long expected) {
    assertEquals(
        expected < 0 ? RtcpSession.UNKNOWN : expected,
        RtcpSession.roundTripNs(arrivalNtp, lsr, dlsr));
  }

  private static RtcpScheduler scheduler(long seed) {
    return new RtcpScheduler(
        64_000, RtcpScheduler.DEFAULT_MINIMUM_NS, new SplittableRandom(seed), 0, 100);
  }

  @Test
  void intervalIsTheMinimumForACallAndHalfOfItFirst() {
    double c = Math.E - 1.5;
    long five = RtcpScheduler.DEFAULT_MINIMUM_NS;
    assertEquals(2.5e9 / c, RtcpScheduler.intervalNs(2, 1, 400, true, 100, true, five, 0.5), 1);
    assertEquals(5e9 * 0.5 / c, RtcpScheduler.intervalNs(2, 2, 400, true, 100, false, five, 0), 1);
    assertEquals(5e9 * 1.5 / c, RtcpScheduler.intervalNs(2, 2, 400, true, 100, false, five, 1), 1);
  }

  @Test
  void intervalGrowsWithTheGroup() {
    // 100 members, 10 senders: receivers share three quarters of 400 B/s, senders one.
    double c = Math.E - 1.5;
    assertEquals(
        90 * 100 / 300.0 * 1e9 / c,
        RtcpScheduler.intervalNs(100, 10, 400, false, 100, false, 1, 0.5),
        1);
    assertEquals(
        10 * 100 / 100.0 * 1e9 / c,
        RtcpScheduler.intervalNs(100, 10, 400, true, 100, false, 1, 0.5),
        1);
    assertEquals(
        100 * 100 / 400.0 * 1e9 / c,
        RtcpScheduler.intervalNs(100, 50, 400, true, 100, false, 1, 0.5),
        1);
  }

  @ParameterizedTest
  @CsvSource({"64000, 5000000000", "360000, 1000000000", "3600000, 100000000"})
  void reducedMinimum(long bps, long ns) {
    assertEquals(ns, RtcpScheduler.reducedMinimumNs(bps));
  }

  @Test
  void reportsComeAboutEveryFiveSeconds() {
    for (long seed = 1; seed <= 5; seed++) {
      RtcpScheduler scheduler = scheduler(seed);
      scheduler.membership(2, 2, true, 0);
      int sent = 0;
      long last = 0;
      for (long now = 0; now < 3600 * SECOND; now += 20 * MS) {
        if (scheduler.due(now)) {
          long gap = now - last;
          assertTrue(sent == 0 || gap > 2.0e9 && gap < 6.3e9, "seed " + seed + " gap " + gap);
          last = now;
          sent++;
          scheduler.sent(100, now);
        }
      }
      assertEquals(720, sent, 720 * 0.06, "seed " + seed);
    }
  }

  @Test
  void byeGoesAtOnceInACallAndWaitsInACrowd() {
    RtcpScheduler call = scheduler(1);
    assertEquals(7, call.bye(60, 7));
    assertTrue(call.due(SECOND * 10));
    RtcpScheduler crowd = scheduler(1);
    crowd.membership(1000, 2, false, 0);
    assertTrue(crowd.bye(60, 7) > SECOND);
    assertFalse(crowd.due(8));
  }

  @Test
  void leavingMembersShortenTheWait() {
    RtcpScheduler scheduler = scheduler(1);
    scheduler.membership(1000, 2, false, 0);
    scheduler.sent(100, 0);
    long before = scheduler.nextNs();
    scheduler.membership(100, 2, false, 0);
    assertEquals(before / 10.0, scheduler.nextNs(), 2);
  }
}
