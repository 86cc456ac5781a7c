package org.mediacore.dsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mediacore.dsp.Resampler.Quality;

class ConversionPlanTest {

  private static ConversionPlan mono(int inRateHz, int outRateHz) {
    return ConversionPlan.between(inRateHz, 1, outRateHz, 1, Quality.DEFAULT);
  }

  @Test
  void equalFormatsCostNothingAndLoseNothing() {
    ConversionPlan plan = mono(16000, 16000);
    assertEquals(8000, plan.bandwidthHz());
    assertEquals(0, plan.delayUs());
    assertEquals(0, plan.estimatedNs());
    assertFalse(plan.losesBandwidth());
    assertEquals("as it is", plan.describe());
  }

  @Test
  void planSaysWhatTheResamplerDoes() {
    ConversionPlan plan = mono(48000, 8000);
    Resampler resampler = Resampler.create(48000, 8000, 1, Quality.DEFAULT);
    assertEquals(resampler.delaySamples() * 1e6 / 8000, plan.delayUs(), 1);
    assertEquals(3480, plan.bandwidthHz());
    assertTrue(plan.losesBandwidth());
    assertEquals(List.of(48000, 16000, 8000), plan.ratesHz());
    assertTrue(plan.describe().startsWith("resample 48 > 16 > 8 kHz (DEFAULT: to 3.48 kHz, "));
  }

  @Test
  void stereoIsMixedDownBeforeAndUpAfterResampling() {
    ConversionPlan both = ConversionPlan.between(48000, 2, 8000, 2, Quality.DEFAULT);
    ConversionPlan down = ConversionPlan.between(48000, 2, 8000, 1, Quality.DEFAULT);
    ConversionPlan up = ConversionPlan.between(48000, 1, 8000, 2, Quality.DEFAULT);
    assertTrue(down.losesChannels() && !up.losesChannels() && !both.losesChannels());
    assertTrue(down.estimatedNs() < both.estimatedNs() && up.estimatedNs() < both.estimatedNs());
    assertTrue(down.describe().startsWith("mix to mono, resample 48"), down.describe());
    assertTrue(up.describe().contains("kHz, mono to both sides"), up.describe());
    ConversionPlan channelsOnly = ConversionPlan.between(8000, 2, 8000, 1, Quality.DEFAULT);
    assertEquals("mix to mono (full bandwidth, ~0.1 us per 20 ms)", channelsOnly.describe());
  }

  @Test
  void cheapestKeepsTheBandwidthThatIsNeeded() {
    ConversionPlan narrow = mono(8000, 8000);
    ConversionPlan wide = mono(16000, 8000);
    ConversionPlan full = mono(48000, 16000);
    List<ConversionPlan> ways = List.of(full, wide, narrow);
    assertEquals(Optional.of(narrow), ConversionPlan.cheapest(ways, 3400));
    assertEquals(Optional.of(full), ConversionPlan.cheapest(ways, 6000));
    assertEquals(Optional.of(full), ConversionPlan.cheapest(ways, 20000));
    assertEquals(Optional.empty(), ConversionPlan.cheapest(List.of(), 20000));
  }

  @Test
  void impossibleFormatsAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> ConversionPlan.between(8000, 3, 8000, 1, Quality.DEFAULT));
    assertThrows(IllegalArgumentException.class, () -> mono(999, 8000));
  }
}
