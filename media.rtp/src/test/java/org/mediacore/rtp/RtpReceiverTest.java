package org.mediacore.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mediacore.rtp.RtpReceiver.COLLISION;
import static org.mediacore.rtp.RtpReceiver.DUPLICATE;
import static org.mediacore.rtp.RtpReceiver.GAP;
import static org.mediacore.rtp.RtpReceiver.IN_ORDER;
import static org.mediacore.rtp.RtpReceiver.JUMP;
import static org.mediacore.rtp.RtpReceiver.OTHER_SOURCE;
import static org.mediacore.rtp.RtpReceiver.PROBATION;
import static org.mediacore.rtp.RtpReceiver.REORDERED;
import static org.mediacore.rtp.RtpReceiver.RESTART;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RtpReceiverTest {

  private static final long MS = 1_000_000;
  private static final int OWN = 99;

  private final RtpReceiver receiver = new RtpReceiver(OWN, 8000);

  private int receive(int ssrc, int sequence) {
    return receiver.receive(ssrc, sequence, sequence * 160, sequence * 20 * MS);
  }

  static Stream<Arguments> orders() {
    return Stream.of(
        order("wrap at 65535", "65534 65535 0 1", IN_ORDER, IN_ORDER, IN_ORDER, IN_ORDER),
        order("gap of 1", "10 12 13", IN_ORDER, GAP, IN_ORDER),
        order("gap of 1 over the wrap", "65535 1", IN_ORDER, GAP),
        order("largest gap", "0 2999", IN_ORDER, GAP),
        order("gap of 3000 is a jump", "0 3000", IN_ORDER, JUMP),
        order("duplicate", "5 5 6 5", IN_ORDER, DUPLICATE, IN_ORDER, DUPLICATE),
        order("reordered by 3", "1 4 2 3 1", IN_ORDER, GAP, REORDERED, REORDERED, DUPLICATE),
        order("reordered over the wrap", "65535 2 0 1 0", 0, GAP, REORDERED, REORDERED, DUPLICATE),
        order("before the first", "5 4 4", IN_ORDER, REORDERED, DUPLICATE),
        order("99 behind", "200 101", IN_ORDER, REORDERED),
        order("100 behind is a jump", "200 100", IN_ORDER, JUMP),
        order("jump confirmed", "0 9000 9001 9002", IN_ORDER, JUMP, RESTART, IN_ORDER),
        order("jump over the wrap", "100 65000 65001", IN_ORDER, JUMP, RESTART),
        order("single stray", "0 9000 1 9001", IN_ORDER, JUMP, IN_ORDER, JUMP));
  }

  private static Arguments order(String name, String sequences, int... results) {
    int[] parsed = Arrays.stream(sequences.split(" ")).mapToInt(Integer::parseInt).toArray();
    return Arguments.of(name, parsed, results);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("orders")
  void classifies(String name, int[] sequences, int[] results) {
    for (int i = 0; i < sequences.length; i++) {
      assertEquals(results[i], receive(1, sequences[i]), "packet " + i);
    }
  }

  @Test
  void extendsSequenceAndCountsLoss() {
    receive(1, 65534);
    assertEquals(GAP, receive(1, 1));
    assertEquals(2, receiver.lostBefore());
    assertEquals(65537, receiver.extendedSequence());
    assertEquals(2, receiver.lost());
    assertEquals(REORDERED, receive(1, 65535));
    assertEquals(65535, receiver.extendedSequence());
    assertEquals(1, receiver.cumulativeLost());
    assertEquals(65537, receiver.highestSequence());
    receive(1, 2);
    assertEquals(0, receiver.lostBefore());
  }

  @Test
  void manyWrapsKeepCounting() {
    for (int i = 0; i < 200_000; i++) {
      assertEquals(IN_ORDER, receiver.receive(1, i & 0xFFFF, i * 160, 0));
    }
    assertEquals(199_999, receiver.extendedSequence());
    assertEquals(200_000, receiver.expected());
    assertEquals(0, receiver.lost());
  }

  @Test
  void unwrapsTheTimestamp() {
    long[] expected = {0xFFFFFF60L, 0x100000000L, 0x1000000A0L};
    int[] timestamps = {0xFFFFFF60, 0, 0xA0};
    for (int i = 0; i < 3; i++) {
      receiver.receive(1, i, timestamps[i], 0);
      assertEquals(expected[i], receiver.extendedTimestamp());
    }
    receiver.receive(1, 6, 0x280, 0);
    receiver.receive(1, 5, 0x1E0, 0);
    assertEquals(0x1000001E0L, receiver.extendedTimestamp());
  }

  @Test
  void fractionLostOverAnInterval() {
    for (int s : new int[] {0, 1, 2, 3, 5, 6, 7, 9}) {
      receive(1, s);
    }
    assertEquals(2 * 256 / 10, receiver.takeFractionLost());
    assertEquals(0, receiver.takeFractionLost());
    receive(1, 10);
    receive(1, 10);
    assertEquals(0, receiver.takeFractionLost(), "a duplicate hides no loss below zero");
    assertEquals(1, receiver.cumulativeLost(), "duplicates count as received (RFC 3550 A.3)");
    receive(1, 2010);
    assertEquals(255, receiver.takeFractionLost(), "1999 of 2000");
  }

  @Test
  void probationWantsPacketsInSequence() {
    RtpReceiver strict = new RtpReceiver(OWN, 8000, 2);
    assertEquals(PROBATION, strict.receive(1, 10, 0, 0));
    assertFalse(strict.hasSource());
    assertEquals(PROBATION, strict.receive(1, 12, 0, 0));
    assertEquals(IN_ORDER, strict.receive(1, 13, 0, 0));
    assertEquals(1, strict.expected());
    assertEquals(2, strict.rejected());
  }

  @Test
  void probationOverTheWrap() {
    RtpReceiver strict = new RtpReceiver(OWN, 8000, 2);
    assertEquals(PROBATION, strict.receive(1, 65535, 0, 0));
    assertEquals(IN_ORDER, strict.receive(1, 0, 0, 0));
  }

  @Test
  void anotherSourceTakesOverWithItsSecondPacket() {
    receive(1, 10);
    assertEquals(OTHER_SOURCE, receive(2, 65535));
    assertEquals(RESTART, receive(2, 0));
    assertEquals(2, receiver.ssrc());
    assertEquals(1, receiver.sourceChanges());
    assertEquals(OTHER_SOURCE, receive(1, 11));
    assertEquals(IN_ORDER, receive(2, 1));
  }

  @Test
  void alternatingSourcesDoNotFlip() {
    receive(1, 0);
    for (int i = 1; i < 20; i++) {
      assertEquals(OTHER_SOURCE, receive(2, 500 + i));
      assertEquals(IN_ORDER, receive(1, i));
    }
    assertEquals(0, receiver.sourceChanges());
  }

  @Test
  void anotherSourceTakesOverAtOnceAfterBye() {
    receive(1, 0);
    receiver.bye(3);
    assertEquals(OTHER_SOURCE, receive(2, 7));
    receiver.bye(1);
    assertEquals(RESTART, receive(2, 8));
    assertEquals(OTHER_SOURCE, receive(3, 8), "the BYE is used up");
  }

  @Test
  void ownSsrcIsACollision() {
    assertEquals(COLLISION, receive(OWN, 1));
    assertFalse(receiver.hasSource());
    receive(1, 1);
    assertEquals(COLLISION, receive(OWN, 2));
    assertEquals(2, receiver.collisions());
    receiver.localSsrc(5);
    assertEquals(OTHER_SOURCE, receive(OWN, 2));
  }

  @ParameterizedTest(name = "every {0} ms apart, jitter settles at {1} ticks")
  @CsvSource({"20, 0", "25, 40", "15, 40"})
  void jitterIsTheMeanDeviation(int everyMs, int ticks) {
    for (int i = 0; i < 300; i++) {
      receiver.receive(1, i, i * 160, i * everyMs * MS);
    }
    assertEquals(ticks, receiver.jitter(), 1);
  }

  @Test
  void newTimeBaseIsNoJitter() {
    receiver.receive(1, 0, 0, 0);
    receiver.receive(1, 1, 1_000_000_000, 20 * MS);
    receiver.receive(1, 2, 1_000_000_160, 40 * MS);
    assertEquals(0, receiver.jitter());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void restoredReceiverContinuesExactly(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RtpReceiver whole = new RtpReceiver(OWN, 8000, 2);
    RtpReceiver parts = new RtpReceiver(OWN, 8000, 2);
    long clockShift = 0;
    int sequence = 65000;
    for (int i = 0; i < 4000; i++) {
      long now = i * 20 * MS + random.nextLong(15 * MS);
      if (random.nextInt(40) == 0) {
        long shift = random.nextLong(-1000 * MS, 1000 * MS);
        parts = RtpReceiver.restore(parts.snapshot(now + clockShift), now + shift);
        clockShift = shift;
      }
      sequence +=
          random.nextInt(10) < 8 ? 1 : random.nextInt(400) == 0 ? 20000 : random.nextInt(-4, 6);
      int ssrc = random.nextInt(200) == 0 ? OWN : 1 + i / 500 + random.nextInt(10) / 9;
      if (random.nextInt(300) == 0) {
        whole.bye(ssrc);
        parts.bye(ssrc);
      }
      int expected = whole.receive(ssrc, sequence & 0xFFFF, sequence * 160, now);
      int actual = parts.receive(ssrc, sequence & 0xFFFF, sequence * 160, now + clockShift);
      assertEquals(expected, actual, "seed " + seed + " packet " + i);
      if (actual >= 0) {
        assertEquals(whole.extendedSequence(), parts.extendedSequence(), "seed " + seed);
        assertEquals(whole.extendedTimestamp(), parts.extendedTimestamp(), "seed " + seed);
      }
      assertEquals(whole.snapshot(now), parts.snapshot(now + clockShift), "seed " + seed);
    }
  }

  @Test
  void clockRateChangeStartsJitterOver() {
    receiver.receive(1, 0, 0, 0);
    receiver.receive(1, 1, 160, 60 * MS);
    receiver.clockRateHz(48000);
    assertEquals(0, receiver.jitter());
    assertThrows(IllegalArgumentException.class, () -> receiver.clockRateHz(0));
    assertThrows(IllegalArgumentException.class, () -> new RtpReceiver(1, 8000, 0));
  }
}
