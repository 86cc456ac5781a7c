package org.mediacore.bench.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.mediacore.bench.compare.Cost.Kind;
import org.mediacore.bench.report.SavedReport;

/**
 * What became slower. A figure has when it is worse by more than 5 % and by more than noise:
 *
 * <ul>
 *   <li>where a report states the spread of a figure, three MADs (or the half of the confidence
 *       interval that it states), the larger of the two runs';
 *   <li>where none is stated and the column has eight figures or more, seven MADs of how they
 *       changed: what all of them share is no noise, what each has alone is; seven, since among
 *       many figures some are off by three;
 *   <li>otherwise a quarter.
 * </ul>
 *
 * <p>Bytes allocated count as worse from 8 on, half of the smallest object, and where none was the
 * goal, which was met and is not any more. Where a report has a maximum, it is not compared.
 */
final class Comparison {
  private static final double LEAST = 0.05;
  private static final double UNKNOWN = 0.25;
  private static final double HALF_AN_OBJECT = 8;
  private static final int ENOUGH = 8;
  private static final int MADS_OF_COLUMN = 7;

  private final List<Change> changes = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private final Map<String, List<Double>> ratios = new HashMap<>();

  /** What a change is. */
  enum Verdict {
    SLOWER,
    FASTER,
    SAME
  }

  /**
   * One figure in both reports.
   *
   * @param cost the new one
   * @param before the old one
   * @param limit how much worse it may be, as a share of the old one
   * @param verdict what that makes it
   */
  record Change(Cost cost, double before, double limit, Verdict verdict) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s: %,.4g -> %,.4g%s (noise up to %.1f %%)",
          cost.key(),
          before,
          cost.value(),
          before == 0 ? "" : String.format(Locale.ROOT, ", %+.1f %%", percent()),
          100 * limit);
    }

    private double percent() {
      return 100 * (cost.value() / before - 1);
    }
  }

  /** Compares two reports of the same benchmark. */
  Comparison(SavedReport older, SavedReport newer) {
    Map<String, Cost> before = byKey(older);
    Map<String, Cost> after = byKey(newer);
    before.forEach(
        (key, cost) -> {
          if (!after.containsKey(key)) {
            missing.add(key);
          } else if (cost.value() > 0 && after.get(key).value() > 0) {
            ratios
                .computeIfAbsent(cost.group(), group -> new ArrayList<>())
                .add(after.get(key).value() / cost.value());
          }
        });
    after.forEach(
        (key, cost) -> {
          if (before.containsKey(key)) {
            changes.add(change(before.get(key), cost));
          }
        });
  }

  private static Map<String, Cost> byKey(SavedReport report) {
    Map<String, Cost> costs = new LinkedHashMap<>();
    Costs.of(report).forEach(cost -> costs.putIfAbsent(cost.key(), cost));
    return costs;
  }

  private Change change(Cost before, Cost after) {
    if (after.kind() == Kind.ALLOCATED) {
      boolean noLongerFree = before.free() && !after.free();
      boolean more = noLongerFree || after.value() - before.value() >= HALF_AN_OBJECT;
      return new Change(after, before.value(), LEAST, allocated(before, after, more));
    }
    double limit = Math.max(LEAST, noise(before, after));
    return new Change(after, before.value(), limit, timed(before, after, limit));
  }

  private static Verdict allocated(Cost before, Cost after, boolean more) {
    if (more && after.value() > before.value() * (1 + LEAST)) {
      return Verdict.SLOWER;
    }
    boolean less = before.value() - after.value() >= HALF_AN_OBJECT;
    return less && after.value() < before.value() * (1 - LEAST) ? Verdict.FASTER : Verdict.SAME;
  }

  /** A time of 0 was below what was counted: no share of it is known. */
  private static Verdict timed(Cost before, Cost after, double limit) {
    if (before.value() <= 0 || after.value() <= 0) {
      return Verdict.SAME;
    }
    boolean speed = after.kind() == Kind.SPEED;
    double worse = speed ? before.value() / after.value() : after.value() / before.value();
    if (worse > 1 + limit) {
      return Verdict.SLOWER;
    }
    return worse < 1 / (1 + limit) ? Verdict.FASTER : Verdict.SAME;
  }

  /** As a share of the old value. */
  private double noise(Cost before, Cost after) {
    OptionalDouble stated = OptionalDouble.empty();
    if (before.noise().isPresent() || after.noise().isPresent()) {
      double larger = Math.max(before.noise().orElse(0), after.noise().orElse(0));
      stated = OptionalDouble.of(larger / before.value());
    }
    List<Double> others = ratios.getOrDefault(after.group(), List.of());
    return stated.orElseGet(() -> others.size() < ENOUGH ? UNKNOWN : MADS_OF_COLUMN * mad(others));
  }

  private static double mad(List<Double> values) {
    double median = median(values);
    return median(values.stream().map(value -> Math.abs(value - median)).toList());
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  /** The figures with this verdict, in the order of the new report. */
  List<Change> with(Verdict verdict) {
    return changes.stream().filter(change -> change.verdict() == verdict).toList();
  }

  /** How many figures both reports have. */
  int compared() {
    return changes.size();
  }

  /** Figures that only the old report has. */
  List<String> missing() {
    return List.copyOf(missing);
  }
}
