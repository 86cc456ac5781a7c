package org.mediacore.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToneJudgeTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @ParameterizedTest
  @CsvSource({"8000, 425", "8000, 440", "16000, 1000", "48000, 440.5", "48000, 3391.7"})
  void pureToneOfAnyFrequencyHasAllTheEnergy(int sampleRateHz, double frequencyHz) {
    Recording tone = Recording.tone(sampleRateHz, frequencyHz, 0.5, SECOND);
    ToneJudge.Verdict verdict = ToneJudge.judge(tone, frequencyHz);
    assertEquals(1, verdict.share(), 1e-9);
    assertEquals(0, verdict.gaps());
    assertEquals(0, verdict.phaseBreaks());
    assertEquals(1000, verdict.lengthMs());
    assertEquals(-9.03, verdict.levelDbfs(), 0.1);
  }

  @Test
  void twoEqualTonesHaveHalfTheEnergyEach() {
    Recording both = plus(tone(425), tone(775));
    assertEquals(0.5, ToneJudge.judge(both, 425, 0.3).share(), 0.01);
    assertEquals(0.5, ToneJudge.judge(both, 775, 0.3).share(), 0.01);
    assertEquals(0, ToneJudge.judge(both, 425, 0.3).gaps());
    assertEquals(0, ToneJudge.share(both, 1125), 0.001);
  }

  @Test
  void anotherToneIsNotHeardAsThisOne() {
    assertEquals(0, ToneJudge.share(tone(425), 775), 0.001);
    assertEquals(0, ToneJudge.judge(tone(425), 775).lengthMs());
  }

  @ParameterizedTest
  @ValueSource(ints = {4000, 4037, 4080, 4119})
  void gapOf20MsIsFoundWhereverItFallsInTheWindows(int at) {
    double[] pcm = tone(425).pcm();
    Arrays.fill(pcm, at, at + 160, 0);
    ToneJudge.Verdict verdict = ToneJudge.judge(new Recording(8000, pcm), 425);
    assertEquals(1, verdict.gaps());
    assertTrue(verdict.gapMs() >= 10 && verdict.gapMs() <= 40, verdict::toString);
    assertEquals(1000, verdict.lengthMs());
  }

  @Test
  void longGapIsMeasured() {
    double[] pcm = tone(425).pcm();
    Arrays.fill(pcm, 2000, 3600, 0);
    ToneJudge.Verdict verdict = ToneJudge.judge(new Recording(8000, pcm), 425);
    assertEquals(1, verdict.gaps());
    assertEquals(200, verdict.gapMs(), 20);
  }

  @ParameterizedTest
  @ValueSource(ints = {4000, 4037, 4080, 4119})
  void frameThatWasLeftOutBreaksThePhase(int at) {
    double[] pcm = tone(425).pcm();
    double[] closedUp = Arrays.copyOf(pcm, pcm.length - 160);
    System.arraycopy(pcm, at + 160, closedUp, at, pcm.length - at - 160);
    assertEquals(1, ToneJudge.judge(new Recording(8000, closedUp), 425, 0.3).phaseBreaks());
  }

  @Test
  void toneThatFadesAwayAndComesBackHasAGap() {
    double[] pcm = tone(425).pcm();
    for (int i = 4000; i < 4400; i++) {
      pcm[i] *= 0.2;
    }
    assertEquals(1, ToneJudge.judge(new Recording(8000, pcm), 425).gaps());
  }

  @Test
  void silenceAroundTheToneIsNoGap() {
    double[] tone = tone(425).pcm();
    double[] pcm = new double[tone.length + 4000];
    System.arraycopy(tone, 0, pcm, 2000, tone.length);
    ToneJudge.Verdict verdict = ToneJudge.judge(new Recording(8000, pcm), 425);
    assertEquals(0, verdict.gaps());
    assertEquals(1000, verdict.lengthMs(), 20);
  }

  @Test
  void silenceHasNoTone() {
    ToneJudge.Verdict verdict = ToneJudge.judge(new Recording(8000, new double[8000]), 425);
    assertEquals(0, verdict.share());
    assertEquals(0, verdict.lengthMs());
    assertEquals(-200, new Recording(8000, new double[8000]).levelDbfs());
  }

  @Test
  void noiseHasHardlyAnyTone() {
    Random random = new Random(1);
    double[] pcm = random.doubles(8000, -0.5, 0.5).toArray();
    ToneJudge.Verdict verdict = ToneJudge.judge(new Recording(8000, pcm), 425);
    assertTrue(verdict.share() < 0.05, verdict::toString);
    assertEquals(0, verdict.lengthMs());
  }

  @Test
  void toneInNoiseOf10DbLessLosesATenthOfTheEnergy() {
    Random random = new Random(2);
    double[] pcm = tone(425).pcm();
    double peak = 0.5 * Math.sqrt(1.5 * 0.1); // uniform noise has a third of its peak's square
    for (int i = 0; i < pcm.length; i++) {
      pcm[i] += peak * (2 * random.nextDouble() - 1);
    }
    assertEquals(0.91, ToneJudge.judge(new Recording(8000, pcm), 425).share(), 0.01);
  }

  @Test
  void recordingShorterThanAWindowHasNothing() {
    assertEquals(0, ToneJudge.judge(new Recording(8000, new double[100]), 425).lengthMs());
  }

  private static Recording tone(double frequencyHz) {
    return Recording.tone(8000, frequencyHz, 0.5, SECOND);
  }

  private static Recording plus(Recording a, Recording b) {
    double[] pcm = a.pcm().clone();
    for (int i = 0; i < pcm.length; i++) {
      pcm[i] += b.pcm()[i];
    }
    return new Recording(a.sampleRateHz(), pcm);
  }
}
