package org.mediacore.dsp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LevelMeterTest {
  private final LevelMeter meter = new LevelMeter();

  @Test
  void fullScaleSquareWaveIsZeroDbov() {
    short[] square = new short[160];
    for (int i = 0; i < square.length; i++) {
      square[i] = i % 2 == 0 ? Short.MIN_VALUE : Short.MAX_VALUE;
    }
    meter.measure(square, 0, square.length);
    assertEquals(0, meter.rmsDbov(), 0.001);
    assertEquals(0, meter.peakDbov(), 0.001);
    assertEquals(0, meter.audioLevel());
  }

  @Test
  void sineIsThreeDbBelowItsPeak() {
    short[] pcm = new short[8000];
    new ToneGenerator(8000, 1, 1004, -20).generate(pcm, 0, 8000);
    meter.measure(pcm, 0, 8000);
    assertEquals(-23.01, meter.rmsDbov(), 0.01);
    assertEquals(-20, meter.peakDbov(), 0.01);
    assertEquals(23, meter.audioLevel());
  }

  @Test
  void silenceAndEmptyBlocksAreTheLowestLevel() {
    meter.measure(new short[80], 0, 80);
    assertEquals(-127, meter.rmsDbov());
    assertEquals(-127, meter.peakDbov());
    assertEquals(127, meter.audioLevel());
    short[] loud = {Short.MAX_VALUE, Short.MAX_VALUE};
    meter.measure(loud, 0, 0);
    assertEquals(-127, meter.rmsDbov());
    assertEquals(0, meter.meanSquare());
  }

  @Test
  void onlyTheBlockCounts() {
    short[] pcm = new short[100];
    Arrays.fill(pcm, (short) 32000);
    Arrays.fill(pcm, 10, 20, (short) -3277);
    meter.measure(pcm, 10, 10);
    assertEquals(-20, meter.rmsDbov(), 0.01);
    assertEquals(-20, meter.peakDbov(), 0.01);
  }
}
