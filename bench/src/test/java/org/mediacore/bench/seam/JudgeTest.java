package org.mediacore.bench.seam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgeTest {
  private final Judge judge = new Judge(List.of(SyntheticSpool.LEG));
  private final Seams seams = new Seams();

  private Verdict judge(SyntheticSpool spool) throws IOException {
    return judge.judge(spool.spool(), SyntheticSpool.all(), seams);
  }

  private List<String> wrongBehindASteadyRun(SyntheticSpool spool) throws IOException {
    assertEquals(List.of(), judge(new SyntheticSpool().packets(0, 100)).wrong());
    seams.add(SyntheticSpool.START_NS + 1_000_000_000L, "beside");
    return judge(spool).wrong();
  }

  @Test
  void steadyRun() throws IOException {
    assertEquals(List.of(), wrongBehindASteadyRun(new SyntheticSpool().packets(0, 150)));
  }

  @Test
  void gapIsToldWithItsSwap() throws IOException {
    SyntheticSpool spool = new SyntheticSpool().packets(0, 75).packet(76.5).packets(77, 99);
    List<String> wrong = wrongBehindASteadyRun(spool);
    assertEquals(1, wrong.size(), wrong.toString());
    assertTrue(wrong.get(0).startsWith("1 gaps at a time, longest 50.0 ms"), wrong.get(0));
    assertTrue(wrong.get(0).endsWith("0.53 s behind swap 1 (beside)"), wrong.get(0));
  }

  @Test
  void gapOfTheMachineIsNotWrong() throws IOException {
    SyntheticSpool spool = new SyntheticSpool().packets(0, 75).packet(76.5).packets(77, 99);
    assertEquals(List.of(), wrongBehindASteadyRun(spool.late(76.4, 32)));
  }

  @Test
  void levelStep() throws IOException {
    SyntheticSpool spool = new SyntheticSpool().packets(0, 75).packet(75, -18).packets(76, 99);
    List<String> wrong = wrongBehindASteadyRun(spool);
    assertEquals(1, wrong.size(), wrong.toString());
    assertTrue(wrong.get(0).startsWith("a level 1.9 dB outside"), wrong.get(0));
  }

  @Test
  void missingPacketIsAlsoAGapAndADropout() throws IOException {
    List<String> wrong =
        wrongBehindASteadyRun(new SyntheticSpool().packets(0, 75).lose().packets(76, 99));
    assertTrue(wrong.get(0).contains("missing=1"), wrong.toString());
    assertEquals(4, wrong.size(), wrong.toString());
  }

  @Test
  void nothingReceived() throws IOException {
    assertTrue(wrongBehindASteadyRun(new SyntheticSpool()).contains("1 legs received nothing"));
  }

  @Test
  void unsteadyMeasureIsToldOfItself() throws IOException {
    SyntheticSpool spool = new SyntheticSpool().packets(0, 75).packet(75, -10).packets(76, 99);
    List<String> wrong = judge(spool).wrong();
    assertEquals(1, wrong.size(), wrong.toString());
    assertTrue(wrong.get(0).contains("varies by 10.1 dB"), wrong.get(0));
  }
}
