package org.mediacore.dsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TalkerDetectorTest {
  private static final int BLOCK = 160; // 10 ms at 16 kHz
  private final Random random = new Random(7);
  private TalkerDetector detector;

  @BeforeEach
  void create() {
    detector = new TalkerDetector(16000, 1);
  }

  private short[] noise(double levelDbov, int elements) {
    short[] pcm = new short[elements];
    for (int i = 0; i < elements; i++) {
      pcm[i] = (short) Math.rint(random.nextGaussian() * 32768 * Math.pow(10, levelDbov / 20));
    }
    return pcm;
  }

  /** Feeds blocks of noise and returns how many were judged active. */
  private int feed(double levelDbov, int blocks) {
    int active = 0;
    for (int i = 0; i < blocks; i++) {
      active += detector.update(noise(levelDbov, BLOCK), 0, BLOCK) ? 1 : 0;
    }
    return active;
  }

  @Test
  void digitalSilenceIsNeverATalker() {
    for (int i = 0; i < 500; i++) {
      assertFalse(detector.update(new short[BLOCK], 0, BLOCK));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-75, -65, -55, -52})
  void steadyBackgroundIsNotATalker(double levelDbov) {
    feed(levelDbov, 100);
    assertEquals(0, feed(levelDbov, 2000));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-48, -42})
  void loudBackgroundIsLearntWithinSeconds(double levelDbov) {
    feed(levelDbov, 600);
    assertEquals(0, feed(levelDbov, 1000));
  }

  @Test
  void onsetIsImmediateAndHangOverLasts300Ms() {
    feed(-65, 200);
    assertEquals(20, feed(-26, 20));
    assertEquals(29, feed(-65, 100)); // the last block of speech was the first 10 of 300 ms
    assertEquals(20, feed(-26, 20));
  }

  @Test
  void firstBlockCanBeSpeech() {
    assertEquals(10, feed(-30, 10));
  }

  @Test
  void speechWithPausesStaysActiveForMinutes() {
    feed(-60, 100);
    int active = 0;
    for (int i = 0; i < 150; i++) {
      active += feed(-24, 60) + feed(-60, 25); // words of 600 ms, pauses of 250 ms
    }
    assertEquals(150 * 85, active);
  }

  @Test
  void soundHeldForThreeSecondsStaysActive() {
    feed(-60, 200);
    assertEquals(300, feed(-35, 300));
  }

  @Test
  void quietTalkerIsHeardSoonAfterALoudBackgroundEnds() {
    feed(-42, 800);
    feed(-70, 20);
    assertEquals(10, feed(-48, 10));
  }

  @Test
  void steadyLoudSoundIsNeverTakenForBackground() {
    assertEquals(6000, feed(-26, 6000));
    assertTrue(detector.floorDbov() <= TalkerDetector.MAX_FLOOR_DBOV + 1e-9);
  }

  @ParameterizedTest
  @CsvSource({"8000,1,10", "48000,1,20", "48000,2,20", "16000,2,60"})
  void hangOverIsTheSameTimeForEveryFormat(int sampleRateHz, int channels, int ptimeMs) {
    TalkerDetector any = new TalkerDetector(sampleRateHz, channels);
    int samples = sampleRateHz * ptimeMs / 1000;
    assertTrue(any.update(noise(-20, samples * channels), 0, samples));
    int activeMs = 0;
    while (any.update(new short[samples * channels], 0, samples)) {
      activeMs += ptimeMs;
    }
    assertEquals(TalkerDetector.HANG_OVER_MS - ptimeMs, activeMs);
  }

  @Test
  void resetEndsTheHangOverAndEmptyBlocksChangeNothing() {
    feed(-20, 5);
    double floorDbov = detector.floorDbov();
    assertTrue(detector.update(new short[0], 0, 0));
    assertEquals(floorDbov, detector.floorDbov());
    assertEquals(-20, detector.levelDbov(), 1);
    detector.reset();
    assertFalse(detector.isActive());
    assertEquals(-127, detector.floorDbov());
  }

  @Test
  void impossibleFormatsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new TalkerDetector(999, 1));
    assertThrows(IllegalArgumentException.class, () -> new TalkerDetector(8000, 0));
  }
}
