package org.mediacore.bench.conversion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mediacore.bench.Benchmark;
import org.mediacore.bench.Option;
import org.mediacore.bench.Settings;
import org.mediacore.bench.conversion.Stopwatch.Cost;
import org.mediacore.bench.material.Voice;
import org.mediacore.bench.report.Report;
import org.mediacore.dsp.ConversionPlan;
import org.mediacore.dsp.Resampler;
import org.mediacore.dsp.Resampler.Quality;
import org.mediacore.dsp.measure.ResamplerResponse;

/** Resampling between all common rates in all qualities, and the other conversions. */
public final class ConversionsBenchmark implements Benchmark {
  private static final List<Integer> RATES_HZ =
      List.of(8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000);

  private static final double GOAL_NS = 15_000;
  private static final double FRAME_NS = 20e6;

  /** Those that calls need most, with a goal. */
  private static final List<Pair> OF_CALLS =
      List.of(
          new Pair(48_000, 8_000),
          new Pair(8_000, 48_000),
          new Pair(48_000, 16_000),
          new Pair(16_000, 48_000));

  private record Pair(int inRateHz, int outRateHz) {
    String title() {
      return kilo(inRateHz) + " to " + kilo(outRateHz);
    }
  }

  @Override
  public String name() {
    return "conversions";
  }

  @Override
  public String summary() {
    return "resampling between all rates: stop band, ripple, delay, time; other conversions";
  }

  @Override
  public String page() {
    return "docs/conversions.md";
  }

  @Override
  public List<Option> options() {
    return List.of();
  }

  @Override
  public void run(Settings settings, Report report) {
    Stopwatch stopwatch = new Stopwatch(settings.has("--quick"));
    report.condition("time", "median of " + stopwatch.describe());
    List<Pair> pairs = settings.has("--quick") ? OF_CALLS : allPairs();
    HeatMap chart =
        new HeatMap(
            "µs of CPU time to resample 20 ms of mono; rows: from, columns: to, in kHz",
            RATES_HZ.stream().map(ConversionsBenchmark::kilo).toList());
    double mostBytes = 0;
    for (Quality quality : List.of(Quality.DEFAULT, Quality.FAST, Quality.BEST)) {
      System.out.println("measuring " + quality);
      List<Cost> costs = stopwatch.measure(works(pairs, quality));
      mostBytes = Math.max(mostBytes, mostBytes(costs));
      if (quality == Quality.DEFAULT) {
        goals(report, pairs, costs);
      }
      table(report, quality, pairs, costs);
      chart.add(quality.toString(), square(pairs, costs), 200);
    }
    Map<String, Runnable> others = FormatWorks.all();
    System.out.println("measuring other conversions");
    List<Cost> costs = stopwatch.measure(List.copyOf(others.values()));
    others(report, List.copyOf(others.keySet()), costs);
    mostBytes = Math.max(mostBytes, mostBytes(costs));
    report.section("Allocation, over all of the above");
    report.figure(
        "most bytes allocated by one call",
        mostBytes,
        "B",
        "0",
        mostBytes < Stopwatch.NO_ALLOCATION);
    report.chart(chart.svg());
  }

  private static List<Pair> allPairs() {
    List<Pair> pairs = new ArrayList<>();
    for (int in : RATES_HZ) {
      RATES_HZ.stream().filter(out -> out != in).forEach(out -> pairs.add(new Pair(in, out)));
    }
    return pairs;
  }

  private static List<Runnable> works(List<Pair> pairs, Quality quality) {
    List<Runnable> works = new ArrayList<>();
    for (Pair pair : pairs) {
      Resampler resampler = Resampler.create(pair.inRateHz(), pair.outRateHz(), 1, quality);
      short[] in = Voice.make(pair.inRateHz(), pair.inRateHz() / 50);
      short[] out = new short[resampler.maxOutputSamples(in.length)];
      works.add(() -> resampler.process(in, 0, in.length, out, 0));
    }
    return works;
  }

  private static void goals(Report report, List<Pair> pairs, List<Cost> costs) {
    report.section("Goals: 20 ms of mono, DEFAULT");
    for (Pair pair : OF_CALLS) {
      double ns = costs.get(pairs.indexOf(pair)).medianNs();
      report.figure(pair.title() + " kHz", ns / 1000, "µs", "< 15", ns < GOAL_NS);
    }
  }

  private static void table(Report report, Quality quality, List<Pair> pairs, List<Cost> costs) {
    report.table(
        quality + ", pass band to " + quality.passBand() + " of the lower Nyquist frequency",
        "kHz",
        "over",
        "stop band, dB",
        "ripple, dB",
        "delay, ms",
        "ns per 20 ms mono",
        "times real time");
    for (int i = 0; i < pairs.size(); i++) {
      Pair pair = pairs.get(i);
      var response = ResamplerResponse.of(pair.inRateHz(), pair.outRateHz(), quality);
      var plan = ConversionPlan.between(pair.inRateHz(), 1, pair.outRateHz(), 1, quality);
      List<Integer> between = plan.ratesHz().subList(1, plan.ratesHz().size() - 1);
      report.row(
          pair.title(),
          between.stream().map(ConversionsBenchmark::kilo).collect(Collectors.joining(", ")),
          response.stopBandDb(),
          response.rippleDb(),
          response.delayUs() / 1000,
          costs.get(i).medianNs(),
          FRAME_NS / costs.get(i).medianNs());
    }
  }

  private static void others(Report report, List<String> names, List<Cost> costs) {
    report.table(
        "Other conversions, 20 ms at 48 kHz: 960 samples of each channel, mono where nothing"
            + " else is said",
        "conversion",
        "ns");
    for (int i = 0; i < names.size(); i++) {
      report.row(names.get(i), costs.get(i).medianNs());
    }
  }

  private static double mostBytes(List<Cost> costs) {
    return costs.stream().mapToDouble(Cost::bytes).max().orElse(0);
  }

  private static double[][] square(List<Pair> pairs, List<Cost> costs) {
    double[][] square = new double[RATES_HZ.size()][RATES_HZ.size()];
    for (double[] row : square) {
      Arrays.fill(row, Double.NaN);
    }
    for (int i = 0; i < pairs.size(); i++) {
      Pair pair = pairs.get(i);
      square[RATES_HZ.indexOf(pair.inRateHz())][RATES_HZ.indexOf(pair.outRateHz())] =
          costs.get(i).medianNs() / 1000;
    }
    return square;
  }

  private static String kilo(int hz) {
    return hz % 1000 == 0 ? "" + hz / 1000 : "" + hz / 1000.0;
  }
}
