package org.mediacore.dsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mediacore.dsp.Resampler.Quality;

class ResamplerPathTest {

  @ParameterizedTest
  @CsvSource({"8000,48000", "48000,8000", "44100,48000", "96000,8000", "11025,96000"})
  void chainCostsLessThanOneFilter(int inRateHz, int outRateHz) {
    ResamplerPath path = ResamplerPath.of(inRateHz, outRateHz, Quality.BEST);
    ResamplerPath direct = ResamplerPath.over(List.of(inRateHz, outRateHz), Quality.BEST);
    assertTrue(path.tables.size() > 1, path.ratesHz.toString());
    assertTrue(path.estimatedNs < direct.estimatedNs);
    double addedMs = (path.delaySamples - direct.delaySamples) * 1e3 / outRateHz;
    assertTrue(addedMs < 0.6, addedMs + " ms more delay");
  }

  @Test
  void interpolationComesBeforeDecimation() {
    List<Integer> rates = List.of(8000, 11025, 16000, 22050, 24000, 32000, 44100, 48000, 96000);
    for (int in : rates) {
      for (int out : rates) {
        boolean decimated = false;
        for (PolyphaseTable table : ResamplerPath.of(in, out, Quality.DEFAULT).tables) {
          assertTrue(!decimated || table.up == 1, in + " to " + out);
          decimated |= table.down > 1;
        }
      }
    }
  }

  @Test
  void equalRatesNeedNoFilter() {
    ResamplerPath path = ResamplerPath.of(48000, 48000, Quality.BEST);
    assertEquals(List.of(48000), path.ratesHz);
    assertEquals(0, path.delaySamples);
    assertEquals(0, path.estimatedNs);
  }

  @Test
  void tablesAreShared() {
    assertSame(
        ResamplerPath.of(8000, 48000, Quality.FAST), ResamplerPath.of(8000, 48000, Quality.FAST));
  }
}
