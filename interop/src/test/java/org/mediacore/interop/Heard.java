package org.mediacore.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;

/** What a peer must have heard, said once for all tests. */
final class Heard {
  /** Below this share of the energy a tone counts as not heard: 20 dB under the others. */
  private static final double INAUDIBLE_SHARE = 0.01;

  private static final double LEAST_SHARE = 0.95;

  /** The tones are spoken at -15 dBFS and nothing on the way changes the level. */
  private static final double LEVEL_DBFS = -15;

  private static final double LEVEL_TOLERANCE_DB = 2;

  private Heard() {}

  /**
   * Asserts that the tone came alone, at its level, without a gap, for at least that long.
   *
   * <p>On a busy machine the peer's own threads may be late once, which shows as a dent of two
   * frames at most, with the phase kept. What is dropped on the way turns the phase or makes a
   * longer gap.
   */
  static void onlyTone(Baresip peer, double toneHz, Duration length) {
    ToneJudge.Verdict verdict = ToneJudge.judge(peer.heard(), toneHz);
    String found = toneHz + " Hz: " + verdict;
    assertTrue(verdict.share() > LEAST_SHARE, () -> found + "\n" + peer.context());
    assertTrue(
        verdict.gaps() == 0 || verdict.gaps() == 1 && verdict.gapMs() <= 40,
        () -> found + "\n" + peer.context());
    assertEquals(0, verdict.phaseBreaks(), () -> found + "\n" + peer.context());
    assertEquals(LEVEL_DBFS, verdict.levelDbfs(), LEVEL_TOLERANCE_DB, found);
    assertTrue(verdict.lengthMs() >= length.toMillis(), () -> found + "\n" + peer.context());
  }

  /**
   * Asserts that two tones came together and a third, the peer's own, did not.
   *
   * <p>A mixer plays out of a jitter buffer of fixed depth. On a busy machine a peer may send later
   * than that, and what is then concealed is no fault: one short gap is let pass.
   */
  static void twoTones(Baresip peer, double oneHz, double otherHz, double ownHz, Duration length) {
    Recording heard = peer.heard();
    for (double toneHz : new double[] {oneHz, otherHz}) {
      ToneJudge.Verdict verdict = ToneJudge.judge(heard, toneHz, 0.3);
      String found = toneHz + " Hz: " + verdict;
      assertTrue(verdict.lengthMs() >= length.toMillis(), () -> found + "\n" + peer.context());
      assertTrue(verdict.gaps() <= 1 && verdict.gapMs() <= 60, () -> found + "\n" + peer.context());
      assertEquals(LEVEL_DBFS, verdict.levelDbfs(), LEVEL_TOLERANCE_DB, found);
    }
    double own = ToneJudge.share(heard, ownHz);
    assertTrue(own < INAUDIBLE_SHARE, () -> "hears itself: " + own + "\n" + peer.context());
  }
}
