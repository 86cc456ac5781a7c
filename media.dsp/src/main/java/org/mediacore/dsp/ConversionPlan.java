package org.mediacore.dsp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What it takes to convert audio from one rate and number of channels to another, as plain data:
 * for choosing between ways, and for explaining the choice. Channels are mixed down before
 * resampling and up after it, so that no more is resampled than needed.
 *
 * @param inRateHz sampling rate of the input
 * @param inChannels channels of the input
 * @param outRateHz sampling rate of the output
 * @param outChannels channels of the output
 * @param quality the resampler's filter
 * @param ratesHz the rates that the audio passes through, first and last included; one only where
 *     nothing is resampled
 * @param bandwidthHz up to which frequency the signal is kept unchanged
 * @param delayUs group delay of the filters, in µs
 * @param estimatedNs time for 20 ms of audio, all channels, in ns: a model fitted to a core of a
 *     2.6 GHz Xeon, good for comparing ways; docs/conversions.md has what was measured
 */
public record ConversionPlan(
    int inRateHz,
    int inChannels,
    int outRateHz,
    int outChannels,
    Resampler.Quality quality,
    List<Integer> ratesHz,
    int bandwidthHz,
    int delayUs,
    int estimatedNs) {
  private static final double CHANNEL_STEP_NS_PER_SAMPLE = 0.5;

  /** Copies the list. */
  public ConversionPlan {
    ratesHz = List.copyOf(ratesHz);
  }

  /**
   * Plans a conversion. Computes the filters' tables on its first call for a pair of rates (some
   * milliseconds), and shares them with {@link Resampler#create}; not for the media path.
   *
   * @param inRateHz 1,000 to 768,000
   * @param inChannels 1 or 2
   * @param outRateHz 1,000 to 768,000
   * @param outChannels 1 or 2
   * @param quality the resampler's filter
   * @throws IllegalArgumentException where {@link Resampler#create} would throw it
   */
  public static ConversionPlan between(
      int inRateHz, int inChannels, int outRateHz, int outChannels, Resampler.Quality quality) {
    Resampler.checkRates(inRateHz, outRateHz);
    if (inChannels < 1 || inChannels > 2 || outChannels < 1 || outChannels > 2) {
      throw new IllegalArgumentException(
          "channels " + inChannels + " to " + outChannels + ": each 1 or 2");
    }
    ResamplerPath path = ResamplerPath.of(inRateHz, outRateHz, quality);
    double nyquistHz = Math.min(inRateHz, outRateHz) / 2.0;
    double ns = (double) path.estimatedNs * Math.min(inChannels, outChannels);
    if (inChannels != outChannels) {
      int mixedRateHz = inChannels > outChannels ? inRateHz : outRateHz;
      ns += mixedRateHz / 50.0 * CHANNEL_STEP_NS_PER_SAMPLE;
    }
    return new ConversionPlan(
        inRateHz,
        inChannels,
        outRateHz,
        outChannels,
        quality,
        path.ratesHz,
        (int) Math.round(inRateHz == outRateHz ? nyquistHz : nyquistHz * quality.passBand()),
        (int) Math.round(path.delaySamples * 1e6 / outRateHz),
        (int) Math.round(ns));
  }

  /** Whether the output has fewer channels than the input. */
  public boolean losesChannels() {
    return outChannels < inChannels;
  }

  /**
   * Whether the output rate could not hold all that the input rate can: the conversion goes down.
   * Going up loses only what is between the pass band and the Nyquist frequency.
   */
  public boolean losesBandwidth() {
    return outRateHz < inRateHz;
  }

  /**
   * The cheapest of several ways that keeps a bandwidth; where none does, of those that keep the
   * most. Equal cost: the shorter delay, then the earlier in the list.
   *
   * @param ways the alternatives
   * @param neededHz the bandwidth to keep, in Hz
   * @return empty only for an empty list
   */
  public static Optional<ConversionPlan> cheapest(List<ConversionPlan> ways, int neededHz) {
    int most = ways.stream().mapToInt(ConversionPlan::bandwidthHz).max().orElse(0);
    int wanted = Math.min(most, neededHz);
    return ways.stream()
        .filter(way -> way.bandwidthHz() >= wanted)
        .min(
            Comparator.comparingInt(ConversionPlan::estimatedNs)
                .thenComparingInt(ConversionPlan::delayUs));
  }

  /**
   * In words, such as {@code resample 48 > 16 > 8 kHz (DEFAULT: to 3.48 kHz, 4.63 ms, ~5.5 us)}.
   */
  public String describe() {
    List<String> steps = new ArrayList<>();
    if (inChannels > outChannels) {
      steps.add("mix to mono");
    }
    if (inRateHz != outRateHz) {
      List<String> rates = ratesHz.stream().map(ConversionPlan::kilo).toList();
      steps.add("resample " + String.join(" > ", rates) + " kHz");
    }
    if (inChannels < outChannels) {
      steps.add("mono to both sides");
    }
    if (steps.isEmpty()) {
      return "as it is";
    }
    String filter =
        inRateHz == outRateHz
            ? "full bandwidth"
            : String.format(
                Locale.ROOT,
                "%s: to %s kHz, %.2f ms",
                quality,
                kilo(bandwidthHz),
                delayUs / 1000.0);
    return String.format(
        Locale.ROOT,
        "%s (%s, ~%.1f us per 20 ms)",
        String.join(", ", steps),
        filter,
        estimatedNs / 1000.0);
  }

  private static String kilo(int hz) {
    String digits = String.format(Locale.ROOT, "%.3f", hz / 1000.0);
    return digits.replaceAll("\\.?0+$", "");
  }
}
