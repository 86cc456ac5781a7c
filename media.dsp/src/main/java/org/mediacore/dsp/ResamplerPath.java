package org.mediacore.dsp;

import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The filters between two sampling rates: one, or a chain that costs less.
 *
 * <p>A chain has one sharp filter, at the lowest rate at which it can work, and loose ones beyond
 * it that only keep images and aliases out of what the sharp one leaves. Going up, integer factors
 * come first and the rest, any ratio, last; going down it is the other way round. So interpolation
 * always comes before decimation: the chain is equal to one linear filter at a common rate, and
 * gives exactly {@code ceil(samples * out / in)} samples. (R. E. Crochiere and L. R. Rabiner,
 * "Multirate Digital Signal Processing", 1983, chapter 5.)
 *
 * <p>Paths are immutable and shared; they are kept behind soft references.
 */
final class ResamplerPath {
  /** What the loose filters do better than asked, since their leaks add to the sharp one's. */
  private static final double LOOSE_MARGIN_DB = 4;

  /** What each further filter is charged for beyond its cost: memory, delay, calls. */
  private static final double STAGE_NS = 800;

  private static final int[] FACTORS = {2, 3, 4};

  private static final ConcurrentHashMap<Key, SoftReference<ResamplerPath>> CACHE =
      new ConcurrentHashMap<>();

  private record Key(int inRateHz, int outRateHz, Resampler.Quality quality) {}

  /** In the order in which the audio passes; empty for equal rates. */
  final List<PolyphaseTable> tables;

  /** Sampling rates along the path, one more than there are tables. */
  final List<Integer> ratesHz;

  /** Group delay in output samples; a whole number. */
  final int delaySamples;

  /** Estimated time for 20 ms of one channel, for comparison: see {@link #costNs}. */
  final int estimatedNs;

  static ResamplerPath of(int inRateHz, int outRateHz, Resampler.Quality quality) {
    Key key = new Key(inRateHz, outRateHz, quality);
    SoftReference<ResamplerPath> cached = CACHE.get(key);
    ResamplerPath path = cached == null ? null : cached.get();
    if (path == null) {
      path = new ResamplerPath(cheapest(inRateHz, outRateHz, quality));
      CACHE.put(key, new SoftReference<>(path));
    }
    return path;
  }

  /** The path over the given rates; for comparing what paths cost. */
  static ResamplerPath over(List<Integer> ratesHz, Resampler.Quality quality) {
    return new ResamplerPath(Candidate.over(ratesHz, quality));
  }

  private ResamplerPath(Candidate candidate) {
    List<PolyphaseTable> made = new ArrayList<>();
    for (int i = 0; i < candidate.specs.size(); i++) {
      made.add(new PolyphaseTable(candidate.specs.get(i), (int) (long) candidate.centres.get(i)));
    }
    tables = List.copyOf(made);
    ratesHz = candidate.ratesHz;
    delaySamples = candidate.delaySamples;
    estimatedNs = (int) Math.round(candidate.costNs());
  }

  private static Candidate cheapest(int inRateHz, int outRateHz, Resampler.Quality quality) {
    List<Candidate> candidates = new ArrayList<>();
    for (List<Integer> rates : routes(inRateHz, outRateHz)) {
      Candidate candidate = Candidate.over(rates, quality);
      if (candidate.coefficients() <= PolyphaseTable.MAX_COEFFICIENTS) {
        candidates.add(candidate);
      }
    }
    return candidates.stream()
        .min(Comparator.comparingDouble(Candidate::costNs))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "rates "
                        + inRateHz
                        + " Hz and "
                        + outRateHz
                        + " Hz: the ratio "
                        + ratio(inRateHz, outRateHz)
                        + " needs more than "
                        + PolyphaseTable.MAX_COEFFICIENTS
                        + " coefficients"));
  }

  private static String ratio(int inRateHz, int outRateHz) {
    int divisor = gcd(inRateHz, outRateHz);
    return outRateHz / divisor + ":" + inRateHz / divisor;
  }

  /** All ways to go: direct, and over one or two rates in between. */
  private static List<List<Integer>> routes(int inRateHz, int outRateHz) {
    if (inRateHz == outRateHz) {
      return List.of(List.of(inRateHz));
    }
    int low = Math.min(inRateHz, outRateHz);
    int high = Math.max(inRateHz, outRateHz);
    List<List<Integer>> upwards = new ArrayList<>();
    upwards.add(List.of(low, high));
    for (int first : FACTORS) {
      addRoute(upwards, List.of(low, low * first, high));
      for (int second : FACTORS) {
        addRoute(upwards, List.of(low, low * first, low * first * second, high));
      }
    }
    if (inRateHz < outRateHz) {
      return upwards;
    }
    return upwards.stream().map(ResamplerPath::reversed).filter(ResamplerPath::isClean).toList();
  }

  /**
   * Whether the first filter of a way down stops all images of a constant, which are at multiples
   * of the input rate. One that does not would have rows of different sums.
   */
  private static boolean isClean(List<Integer> route) {
    double lowestNyquistHz = route.get(route.size() - 1) / 2.0;
    return route.get(1) - lowestNyquistHz <= route.get(0);
  }

  /** One that does not go far beyond both rates, nor meets the higher one twice. */
  private static void addRoute(List<List<Integer>> routes, List<Integer> route) {
    int high = route.get(route.size() - 1);
    int before = route.get(route.size() - 2);
    if (before != high && before < 4 * (long) high) {
      routes.add(route);
    }
  }

  private static List<Integer> reversed(List<Integer> list) {
    List<Integer> reversed = new ArrayList<>(list);
    Collections.reverse(reversed);
    return List.copyOf(reversed);
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /** A path before its tables are computed. */
  private static final class Candidate {
    final List<Integer> ratesHz;
    final List<PolyphaseTable.Spec> specs = new ArrayList<>();
    final List<Long> centres = new ArrayList<>();
    int delaySamples;

    private Candidate(List<Integer> ratesHz) {
      this.ratesHz = ratesHz;
    }

    static Candidate over(List<Integer> ratesHz, Resampler.Quality quality) {
      Candidate candidate = new Candidate(ratesHz);
      int stages = ratesHz.size() - 1;
      int first = ratesHz.get(0);
      int last = ratesHz.get(stages);
      int lowest = Math.min(first, last);
      int sharp = first < last ? 0 : stages - 1;
      for (int i = 0; i < stages; i++) {
        int in = ratesHz.get(i);
        int out = ratesHz.get(i + 1);
        int inner = first < last ? in : out; // the rate whose multiples the filter clears
        double stopHz = i == sharp ? lowest / 2.0 : inner - lowest / 2.0;
        double stopBandDb = quality.stopBandDb() + (i == sharp ? 0 : LOOSE_MARGIN_DB);
        double passHz = quality.passBand() * lowest / 2;
        int divisor = gcd(in, out);
        var spec =
            new PolyphaseTable.Spec(
                out / divisor, in / divisor, passHz / in, stopHz / in, stopBandDb);
        candidate.add(spec, i != sharp);
      }
      return candidate;
    }

    /** Appends a filter whose delay makes the path's a whole number of samples. */
    private void add(PolyphaseTable.Spec spec, boolean loose) {
      long before = (long) delaySamples * spec.up();
      long total = roundUp(before + spec.halfLength(), spec.down());
      PolyphaseTable.Spec used = spec;
      if (loose) {
        // Rows are filled up to four taps: what that allows costs nothing, and short filters
        // fall short of the formula.
        long longest = (spec.tapsFor(total - before) * spec.up() - 1) / 2;
        total = Math.max(total, (before + longest) / spec.down() * spec.down());
        used = spec.filling(total - before);
      }
      specs.add(used);
      centres.add(total - before);
      delaySamples = (int) (total / spec.down());
    }

    private static long roundUp(long value, int step) {
      return (value + step - 1) / step * step;
    }

    long coefficients() {
      long most = 0;
      for (int i = 0; i < specs.size(); i++) {
        most = Math.max(most, specs.get(i).up() * specs.get(i).tapsFor(centres.get(i)));
      }
      return most;
    }

    double costNs() {
      double ns = 0;
      for (int i = 0; i < specs.size(); i++) {
        ns += (i == 0 ? 0 : STAGE_NS);
        ns += ResamplerPath.costNs(specs.get(i), centres.get(i), ratesHz.get(i + 1) / 50.0);
      }
      return ns;
    }
  }

  /**
   * What a filter takes for some outputs: a model fitted to measurements on a core of a 2.6 GHz
   * Xeon. It only has to tell the better path from the worse.
   */
  private static double costNs(PolyphaseTable.Spec spec, long centre, double outputs) {
    double taps = spec.tapsFor(centre);
    double perPhase = outputs / spec.up();
    if (perPhase > PolyphaseStage.MIN_PARALLEL_OUTPUTS) {
      double spread = (spec.up() - 1) * (double) spec.down() / spec.up();
      return 0.09 * outputs * taps + 0.065 * perPhase * (taps + spread) + 1.0 * outputs;
    }
    return 0.44 * outputs * taps + 3.0 * outputs;
  }
}
