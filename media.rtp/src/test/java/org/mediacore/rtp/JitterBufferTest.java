package org.mediacore.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mediacore.rtp.JitterBuffer.EMPTY;
import static org.mediacore.rtp.JitterBuffer.FRAME;
import static org.mediacore.rtp.JitterBuffer.LOST;
import static org.mediacore.rtp.JitterBuffer.SILENCE;

import java.nio.ByteBuffer;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JitterBufferTest {

  private static final long MS = 1_000_000;

  private final JitterBuffer buffer = new JitterBuffer(8000);

  /** 20 ms packets: number n has timestamp 160 n from the base. */
  private int put(long number, long ms) {
    return put(number, number * 160, ms);
  }

  private int put(long number, long timestamp, long ms) {
    return buffer.put(number, timestamp, false, 0, payload((int) number, 160), ms * MS);
  }

  private static ByteBuffer payload(int value, int bytes) {
    ByteBuffer payload = ByteBuffer.allocate(bytes);
    while (payload.remaining() >= 4) {
      payload.putInt(value);
    }
    return payload.flip();
  }

  /** Polls as a 20 ms tick does. */
  private int tick(long ms) {
    int result = buffer.poll(ms * MS);
    buffer.advance(160);
    return result;
  }

  private void plays(long number, long ms) {
    assertEquals(FRAME, tick(ms), "tick at " + ms);
    assertEquals(number, buffer.sequence());
    assertEquals((int) number, buffer.payload().getInt());
  }

  private void checkAccounts() {
    JitterCounts c = buffer.counts();
    assertEquals(
        c.passed(), c.played() + c.lost() + c.late() + c.overflowed() + c.skipped(), "accounts");
  }

  @Test
  void playsAfterTheDelay() {
    assertEquals(EMPTY, tick(0));
    put(5, 3);
    assertEquals(EMPTY, tick(3));
    put(6, 23);
    assertEquals(EMPTY, tick(23));
    put(7, 43);
    plays(5, 43);
    assertEquals(160, buffer.payload().remaining());
    plays(6, 63);
    plays(7, 83);
    assertEquals(EMPTY, tick(103));
    assertEquals(1, buffer.counts().underruns());
    checkAccounts();
  }

  @ParameterizedTest
  @ValueSource(longs = {65534, 0, -2, (1L << 32) / 160 - 2})
  void playsOverEveryWrap(long first) {
    for (int i = 0; i < 10; i++) {
      put(first + i, 20 * i);
      if (i < 2) {
        assertEquals(EMPTY, tick(20 * i));
      } else {
        plays(first + i - 2, 20 * i);
      }
    }
    checkAccounts();
  }

  @Test
  void gapOfOneIsLostAndCanBeRecovered() {
    put(1, 0);
    tick(0);
    tick(20);
    put(3, 40);
    plays(1, 40);
    loses(160, 3, 60);
    assertEquals(0, buffer.nextPayloadType());
    plays(3, 80);
    assertEquals(1, buffer.counts().lost());
    checkAccounts();
  }

  /** A piece of a gap that is to be produced for 20 ms. */
  private void loses(long ticksToNext, int next, long ms) {
    assertEquals(LOST, buffer.poll(ms * MS), "tick at " + ms);
    assertEquals(ticksToNext, buffer.ticksToNext(), "at " + ms);
    assertEquals(next, buffer.nextPayload().getInt());
    buffer.advance(160);
  }

  @Test
  void gapTellsHowFarTheNextPacketIs() {
    put(1, 0);
    tick(0);
    tick(20);
    put(5, 40);
    plays(1, 40);
    loses(480, 5, 60);
    put(4, 70); // the gap ends earlier
    loses(160, 4, 80);
    plays(4, 100);
    plays(5, 120);
    put(9, 130);
    loses(480, 9, 140);
    loses(320, 9, 160);
    loses(160, 9, 180);
    plays(9, 200);
    assertEquals(5, buffer.counts().lost());
    checkAccounts();
  }

  @Test
  void gapThatIsKnownLateTellsWhatIsLeftOfIt() {
    put(1, 0);
    tick(0);
    tick(20);
    plays(1, 40);
    assertEquals(EMPTY, tick(60));
    assertEquals(EMPTY, buffer.poll(80 * MS));
    buffer.advance(80);
    put(5, 81);
    loses(240, 5, 90);
    assertEquals(LOST, buffer.poll(110 * MS));
    assertEquals(80, buffer.ticksToNext());
    buffer.advance(80);
    plays(5, 120);
    checkAccounts();
  }

  @Test
  void reorderedByThreeComesOutInOrder() {
    put(1, 0);
    put(4, 1);
    put(2, 2);
    put(3, 3);
    tick(3);
    tick(23);
    for (int n = 1; n <= 4; n++) {
      plays(n, 23 + 20 * n);
    }
  }

  @Test
  void overtakenFirstPacketIsStillFirst() {
    put(2, 0);
    assertEquals(JitterBuffer.STORED, put(1, 1));
    tick(1);
    plays(1, 21);
    plays(2, 41);
    checkAccounts();
  }

  @Test
  void duplicatesAreDroppedBeforeAndAfterPlaying() {
    put(1, 0);
    assertEquals(JitterBuffer.DUPLICATE, put(1, 1));
    put(2, 2);
    tick(2);
    tick(22);
    plays(1, 42);
    assertEquals(JitterBuffer.DUPLICATE, put(1, 43));
    plays(2, 62);
    assertEquals(2, buffer.counts().duplicates());
    checkAccounts();
  }

  @Test
  void lateIsCountedOnceAndNoLongerLost() {
    put(1, 0);
    put(3, 0);
    tick(0);
    tick(20);
    plays(1, 40);
    assertEquals(LOST, tick(60));
    plays(3, 80);
    assertEquals(JitterBuffer.LATE, put(2, 81));
    assertEquals(JitterBuffer.DUPLICATE, put(2, 82));
    assertEquals(JitterBuffer.STALE, put(0, 83));
    assertEquals(0, buffer.counts().lost());
    assertEquals(1, buffer.counts().late());
    checkAccounts();
  }

  @Test
  void packetAfterItsTimeIsLateThoughNoneFollowed() {
    put(1, 0);
    tick(0);
    tick(20);
    plays(1, 40);
    assertEquals(EMPTY, tick(60));
    assertEquals(EMPTY, tick(80));
    put(2, 85);
    put(3, 86);
    put(4, 87);
    plays(4, 100);
    assertEquals(2, buffer.counts().late());
    checkAccounts();
  }

  @Test
  void silenceIsNoLoss() {
    put(1, 0);
    tick(0);
    tick(20);
    plays(1, 40);
    for (int i = 0; i < 18; i++) {
      assertEquals(EMPTY, tick(60 + 20 * i));
    }
    // 420 ms of media time on, the sequence goes on by one.
    put(2, 160 * 22, 420);
    assertEquals(SILENCE, tick(420));
    assertEquals(SILENCE, tick(440));
    plays(2, 460);
    assertEquals(0, buffer.counts().lost());
    assertEquals(0, buffer.counts().talkspurts(), "the delay still fits");
    checkAccounts();
  }

  @Test
  void lossBeforeSilenceIsOneLoss() {
    put(1, 0);
    tick(0);
    tick(20);
    put(3, 160 * 8, 40);
    plays(1, 40);
    loses(6 * 160, 3, 60);
    for (int i = 0; i < 5; i++) {
      assertEquals(SILENCE, tick(80 + 20 * i));
    }
    plays(3, 180);
  }

  @Test
  void talkspurtSetsTheDelayAnew() {
    put(1, 0);
    tick(0);
    tick(20);
    plays(1, 40);
    // The sender's clock counted 1 s where 3 s passed here.
    for (int i = 0; i < 150; i++) {
      tick(60 + 20 * i);
    }
    put(2, 8000, 3060);
    put(3, 8160, 3080);
    assertEquals(SILENCE, tick(3060));
    assertEquals(SILENCE, tick(3080));
    plays(2, 3100);
    plays(3, 3120);
    assertEquals(1, buffer.counts().talkspurts());
    assertEquals(0, buffer.counts().late());
  }

  @Test
  void sixtyMillisecondsAreOneFrame() {
    long ts = 0;
    int frames = 0;
    int needed = 0;
    for (int ms = 0; ms < 3000; ms += 20) {
      if (ms % 60 == 0) {
        buffer.put(ms / 60, ts, false, 0, payload(ms, 480), ms * MS);
        ts += 480;
      }
      needed += 160;
      if (needed > 0) {
        int result = buffer.poll(ms * MS);
        int produced = result == FRAME ? 480 : 160;
        frames += result == FRAME ? 1 : 0;
        assertEquals(ms < 40 ? EMPTY : FRAME, result, "at " + ms);
        buffer.advance(produced);
        needed -= produced;
      }
    }
    assertEquals(50, frames);
    assertEquals(0, buffer.counts().insertions());
    checkAccounts();
  }

  @Test
  void overflowDropsTheOldest() {
    for (int n = 0; n < 40; n++) {
      put(n, 0);
    }
    assertEquals(8, buffer.counts().overflowed());
    assertEquals(32, buffer.waiting());
    tick(0);
    put(5000, 1);
    assertEquals(40, buffer.counts().overflowed());
    assertEquals(1, buffer.waiting());
    put(1L << 40, 2);
    assertEquals(1, buffer.waiting());
    checkAccounts();
  }

  @Test
  void restartFlushesAndStartsAnew() {
    put(1, 0);
    put(2, 20);
    tick(20);
    buffer.restart();
    assertEquals(EMPTY, tick(40));
    put(40000, 7, 60);
    assertEquals(EMPTY, tick(60));
    assertEquals(EMPTY, tick(80));
    plays(40000, 100);
    assertEquals(2, buffer.counts().skipped());
    checkAccounts();
  }

  @ParameterizedTest
  @ValueSource(ints = {-200, 200})
  void driftStaysBounded(int ppmTimes100) {
    // 2 % of drift over two minutes: 2.4 s in all, far beyond any buffer.
    double interval = 20.0 * (1 + ppmTimes100 / 10000.0);
    int next = 0;
    long longest = 0;
    for (int ms = 0; ms < 120_000; ms += 20) {
      while (next * interval <= ms) {
        buffer.put(next, next * 160L, false, 0, payload(next, 160), (long) (next * interval * MS));
        next++;
      }
      if (tick(ms) == FRAME) {
        longest = Math.max(longest, ms - (long) (buffer.sequence() * interval));
      }
    }
    JitterCounts c = buffer.counts();
    assertTrue(longest <= 140, "longest wait " + longest + " ms");
    assertTrue(ppmTimes100 < 0 ? c.drops() > 10 : c.insertions() > 10, "adjusted");
    assertTrue(c.played() > 0.9 * next, "played " + c.played() + " of " + next);
    checkAccounts();
  }

  @Test
  void longerNetworkDelayIsFollowed() {
    for (int ms = 0; ms < 4000; ms += 20) {
      // From 1 s on, everything takes 150 ms more.
      int sent = ms < 1000 ? ms : ms - 150;
      if (sent == ms || ms >= 1150) {
        put(sent / 20, sent / 20 * 160L, ms);
      }
      tick(ms);
    }
    assertEquals(1, buffer.counts().insertions());
    assertTrue(buffer.counts().late() <= 12, "late " + buffer.counts().late());
    assertTrue(buffer.counts().played() > 170, "played " + buffer.counts().played());
    checkAccounts();
  }

  @Test
  void timestampLeapIsPlayedWithoutWaitingForIt() {
    for (int n = 0; n < 100; n++) {
      put(n, n < 50 ? n * 160L : n * 160L + 1_000_000_000L, n * 20L);
      tick(n * 20L);
    }
    assertTrue(buffer.counts().played() >= 90, "played " + buffer.counts().played());
    checkAccounts();
  }

  @Test
  void growsForALargerPayloadAndKeepsWhatWaits() {
    put(1, 0);
    assertTrue(buffer.memoryBytes() < 16 * 1024, "bytes " + buffer.memoryBytes());
    buffer.put(2, 320, true, 96, payload(2, 1000), 0);
    tick(0);
    tick(20);
    plays(1, 40);
    plays(2, 60);
    assertEquals(1000, buffer.payload().remaining());
    assertTrue(buffer.marker());
    assertEquals(96, buffer.payloadType());
    assertEquals(320, buffer.timestamp());
    assertEquals(
        JitterBuffer.TOO_LARGE,
        buffer.put(3, 480, false, 0, ByteBuffer.allocate(JitterBuffer.MAX_PAYLOAD_BYTES + 1), 0));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void anyNetworkKeepsOrderAndAccounts(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long jitterMs = 1 + random.nextInt(150);
    int frame = new int[] {80, 160, 480}[random.nextInt(3)];
    int packets = 3000;
    PriorityQueue<long[]> network = new PriorityQueue<>((a, b) -> Long.compare(a[0], b[0]));
    long ts = random.nextLong(1L << 33);
    for (int n = 0; n < packets; n++) {
      long sent = (long) n * frame / 8 * MS;
      ts += random.nextInt(100) == 0 ? 20L * frame : frame;
      if (random.nextInt(20) != 0) {
        network.add(new long[] {sent + random.nextLong(jitterMs * MS), n, ts});
        if (random.nextInt(30) == 0) {
          network.add(new long[] {sent + random.nextLong(jitterMs * MS), n, ts});
        }
      }
    }
    long last = Long.MIN_VALUE;
    for (long now = 0; !network.isEmpty() || buffer.waiting() > 0; now += 10 * MS) {
      while (!network.isEmpty() && network.peek()[0] <= now) {
        long[] p = network.poll();
        buffer.put(p[1], p[2], false, 0, payload((int) p[1], frame), p[0]);
      }
      int needed = 80;
      while (needed > 0) {
        int result = buffer.poll(now);
        assertTrue(result != LOST || buffer.ticksToNext() > 0, "distance, seed " + seed);
        if (result == FRAME) {
          assertTrue(buffer.sequence() > last, "order, seed " + seed);
          last = buffer.sequence();
          assertEquals((int) last, buffer.payload().getInt(), "content, seed " + seed);
        }
        int produced = result == FRAME || result == LOST ? frame : 80;
        buffer.advance(produced);
        needed -= produced;
      }
      assertTrue(now < 1_000_000 * MS, "ends, seed " + seed);
    }
    checkAccounts();
    JitterCounts c = buffer.counts();
    long sequencesHeard = c.played() + c.late() + c.overflowed() + c.skipped();
    assertTrue(sequencesHeard <= packets && c.played() > packets / 4, "played, seed " + seed);
  }

  @Test
  void refusesWhatItCannotBe() {
    assertThrows(IllegalArgumentException.class, () -> new JitterBuffer(0));
    assertThrows(IllegalArgumentException.class, () -> new JitterBuffer(8000, 9, 32));
    assertThrows(IllegalArgumentException.class, () -> new JitterBuffer(8000, 40, 24));
  }
}
