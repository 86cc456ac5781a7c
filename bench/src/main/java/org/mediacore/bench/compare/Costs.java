package org.mediacore.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.mediacore.bench.compare.Cost.Kind;
import org.mediacore.bench.report.SavedReport;
import org.mediacore.bench.report.SavedReport.SavedTable;

/**
 * Finds the figures of a report that say what something costs, by their units. In a table of
 * figures the unit stands in a cell; in others it is what the column is called, or the end of that
 * behind a comma. A column that begins with ± is the noise of the one before it.
 */
final class Costs {
  private static final Pattern SPENT =
      Pattern.compile("(ns|µs|ms|s|KiB|MiB)( .*|/.*)?|% of a core");
  private static final Pattern ALLOCATED = Pattern.compile("B(/.*)?");
  private static final Pattern SPEED = Pattern.compile("\\w+/s|times real time");

  /** What one unlucky moment decides says nothing about the next run. */
  private static final Pattern EXTREME = Pattern.compile(".*(, max|, p99\\.9|slowest).*");

  /** How much audio a call handles: what was measured, no cost. */
  private static final Pattern LENGTH = Pattern.compile("(frame|audio).*, ms");

  private static final int MADS = 3;

  private Costs() {}

  /** All of a report, in its order. */
  static List<Cost> of(SavedReport report) {
    List<Cost> costs = new ArrayList<>();
    for (SavedTable table : report.tables()) {
      table.rows().forEach(row -> addRow(costs, table.title(), row));
    }
    return costs;
  }

  private static void addRow(List<Cost> costs, String title, Map<String, Object> row) {
    String label = label(row);
    if (EXTREME.matcher(label).matches()) {
      return;
    }
    List<String> columns = List.copyOf(row.keySet());
    boolean unitInCell = row.get("unit") instanceof String;
    for (int i = 0; i < columns.size(); i++) {
      String column = columns.get(i);
      boolean ours = !unitInCell || column.equals("measured") || column.equals("platform");
      if (!ours || !(row.get(column) instanceof Double value)) {
        continue;
      }
      String unit = unitInCell ? row.get("unit").toString() : unitOf(column);
      Optional<Kind> kind = kind(unit).filter(k -> unitInCell || k != Kind.SPEED);
      OptionalDouble noise =
          i + 1 < columns.size() ? noise(columns.get(i + 1), row) : OptionalDouble.empty();
      boolean free = "0".equals(row.get("goal")) && "yes".equals(row.get("met"));
      kind.ifPresent(k -> costs.add(new Cost(title + ", " + unit, label, k, value, noise, free)));
    }
  }

  /** The texts in front of the first number. */
  private static String label(Map<String, Object> row) {
    List<String> words = new ArrayList<>();
    for (Object cell : row.values()) {
      if (!(cell instanceof String text)) {
        break;
      }
      words.add(text);
    }
    return String.join(" ", words).strip();
  }

  private static String unitOf(String column) {
    if (LENGTH.matcher(column).matches()) {
      return "";
    }
    return column.substring(column.lastIndexOf(", ") < 0 ? 0 : column.lastIndexOf(", ") + 2);
  }

  private static Optional<Kind> kind(String unit) {
    if (ALLOCATED.matcher(unit).matches()) {
      return Optional.of(Kind.ALLOCATED);
    }
    if (SPENT.matcher(unit).matches()) {
      return Optional.of(Kind.SPENT);
    }
    return SPEED.matcher(unit).matches() ? Optional.of(Kind.SPEED) : Optional.empty();
  }

  private static OptionalDouble noise(String column, Map<String, Object> row) {
    if (!column.startsWith("±") || !(row.get(column) instanceof Double stated) || stated == 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(column.contains("MAD") ? MADS * stated : stated);
  }
}
