package org.mediacore.bench.seam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireJudgeTest {
  private final List<Gap> gaps = SyntheticSpool.gaps();

  @Test
  void unbrokenStreamPastTheWrapAround() throws IOException {
    WireJudge.Finding found = new SyntheticSpool().packets(0, 200).wire(gaps);
    assertEquals(new WireJudge.Finding(199, 0, 0, 0, 0, 20_000_000), found);
    assertTrue(found.isUnbroken());
    assertEquals(List.of(), gaps);
  }

  @Test
  void missingPacket() throws IOException {
    WireJudge.Finding found =
        new SyntheticSpool().packets(0, 50).lose().packets(51, 100).wire(gaps);
    assertEquals(1, found.missing());
    assertEquals(0, found.jumps());
    assertFalse(found.isUnbroken());
    assertEquals(1, gaps.size());
  }

  @Test
  void timestampJump() throws IOException {
    assertEquals(1, new SyntheticSpool().packets(0, 9).jump(160).packets(9, 20).wire(gaps).jumps());
  }

  @Test
  void anotherSource() throws IOException {
    assertEquals(
        1, new SyntheticSpool().packets(0, 9).otherSource().packets(9, 20).wire(gaps).changes());
  }

  @Test
  void doubledPacket() throws IOException {
    assertEquals(
        1, new SyntheticSpool().packets(0, 9).repeat().packets(9, 20).wire(gaps).disordered());
  }

  @Test
  void gapOfOneFrameAndMoreThanFiveMs() throws IOException {
    new SyntheticSpool().packets(0, 50).packet(50.30).packets(51, 100).wire(gaps);
    assertEquals(1, gaps.size());
    assertEquals(26_000_000, gaps.get(0).ns());
    assertEquals(SyntheticSpool.START_NS + 1_006_000_000L, gaps.get(0).atNs());
    assertFalse(gaps.get(0).isOfTheMachine());
  }

  @Test
  void gapOfFourMsMoreIsNone() throws IOException {
    new SyntheticSpool().packets(0, 50).packet(50.2).packets(51, 100).wire(gaps);
    assertEquals(List.of(), gaps);
  }

  @Test
  void gapInWhichTheMachineStoodStill() throws IOException {
    new SyntheticSpool().packets(0, 50).packet(51).packets(52, 99).late(50.9, 17).wire(gaps);
    assertEquals(1, gaps.size());
    assertTrue(gaps.get(0).isOfTheMachine(), gaps.toString());
  }

  @Test
  void gapWhileALongWaitIsWorkedOff() throws IOException {
    new SyntheticSpool().packets(0, 50).packet(51).packets(52, 99).late(49, 20).wire(gaps);
    assertTrue(gaps.get(0).isOfTheMachine(), gaps.toString());
  }

  @Test
  void gapBehindAShortWaitIsThePlatforms() throws IOException {
    new SyntheticSpool().packets(0, 50).packet(51).packets(52, 99).late(49, 9).wire(gaps);
    assertFalse(gaps.get(0).isOfTheMachine(), gaps.toString());
  }

  @Test
  void whatTwoCoresStoodStillTogetherCountsOnce() throws IOException {
    new SyntheticSpool()
        .packets(0, 50)
        .packet(51)
        .packets(52, 99)
        .late(50.9, 9)
        .late(50.9, 9)
        .wire(gaps);
    assertFalse(gaps.get(0).isOfTheMachine(), gaps.toString());
  }

  @Test
  void whatTwoCoresStoodStillInTurnAddsUp() throws IOException {
    new SyntheticSpool()
        .packets(0, 50)
        .packet(51)
        .packets(52, 99)
        .late(50.9, 9)
        .late(50.4, 9)
        .wire(gaps);
    assertTrue(gaps.get(0).isOfTheMachine(), gaps.toString());
  }

  @Test
  void standingStillElsewhereExcusesNothing() throws IOException {
    new SyntheticSpool().packets(0, 50).packet(51).packets(52, 99).late(45, 17).wire(gaps);
    assertFalse(gaps.get(0).isOfTheMachine(), gaps.toString());
  }

  @Test
  void gapOfTheInputIsAllowedToItsOutput() throws IOException {
    long[] input = new long[100];
    for (int i = 0; i < input.length; i++) {
      input[i] = SyntheticSpool.START_NS - 200_000 + i * SyntheticSpool.FRAME_NS;
    }
    input[50] += 10_000_000;
    SyntheticSpool spool = new SyntheticSpool().packets(0, 50).packet(50.5).packets(51, 70);
    spool.packet(70.5).packets(71, 100).wire(gaps, input);
    assertEquals(1, gaps.size());
    assertEquals(SyntheticSpool.START_NS + 1_410_000_000L, gaps.get(0).atNs());
  }

  @Test
  void nothingReceivedIsNotUnbroken() throws IOException {
    assertFalse(new SyntheticSpool().wire(gaps).isUnbroken());
  }
}
