package org.mediacore.bench.compare;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.mediacore.bench.UsageException;
import org.mediacore.bench.compare.Comparison.Change;
import org.mediacore.bench.compare.Comparison.Verdict;
import org.mediacore.bench.report.SavedReport;

/** {@code bench compare OLD NEW}: names what became slower between two results of a benchmark. */
public final class CompareCommand {
  /** What it is called. */
  public static final String NAME = "compare";

  /** One line for the list. */
  public static final String SUMMARY =
      "OLD NEW: two results (JSON): names what became slower beyond noise, exit code 1 then";

  private final PrintStream out;

  /**
   * @param out where it says what it found
   */
  public CompareCommand(PrintStream out) {
    this.out = out;
  }

  /**
   * Compares.
   *
   * @param words the two files
   * @return whether nothing became slower
   * @throws UsageException where there are not two files of the same benchmark with figures in
   *     common
   */
  public boolean run(List<String> words) throws UsageException {
    if (words.size() != 2) {
      throw new UsageException(NAME + ": which two results? " + NAME + " OLD.json NEW.json");
    }
    SavedReport older = read(words.get(0));
    SavedReport newer = read(words.get(1));
    if (!older.name().equals(newer.name())) {
      throw new UsageException(
          NAME + ": one is of '" + older.name() + "', the other of '" + newer.name() + "'");
    }
    Comparison comparison = new Comparison(older, newer);
    if (comparison.compared() == 0) {
      throw new UsageException(NAME + ": the two have no figure of time or memory in common");
    }
    out.println(older.name() + ": " + date(older) + " -> " + date(newer));
    differences("machine", older.machine(), newer.machine(), List.of("date", "load"));
    differences("conditions", older.conditions(), newer.conditions(), List.of());
    tell("slower", comparison.with(Verdict.SLOWER));
    tell("faster", comparison.with(Verdict.FASTER));
    comparison.missing().forEach(key -> out.println("not measured any more: " + key));
    out.printf(
        "%d figures compared: %d slower, %d faster, %d within noise%n",
        comparison.compared(),
        comparison.with(Verdict.SLOWER).size(),
        comparison.with(Verdict.FASTER).size(),
        comparison.with(Verdict.SAME).size());
    return comparison.with(Verdict.SLOWER).isEmpty();
  }

  private static SavedReport read(String file) throws UsageException {
    try {
      return SavedReport.read(Path.of(file));
    } catch (IOException wrong) {
      throw new UsageException(NAME + ": " + wrong.getMessage());
    }
  }

  private static String date(SavedReport report) {
    return report.machine().getOrDefault("date", "no date");
  }

  /** Figures of two machines, or of a quick run and a full one, differ for other reasons. */
  private void differences(
      String what, Map<String, String> older, Map<String, String> newer, List<String> expected) {
    older.forEach(
        (key, value) -> {
          if (!expected.contains(key) && !Objects.equals(value, newer.get(key))) {
            out.println(what + " differ, " + key + ": " + value + " -> " + newer.get(key));
          }
        });
  }

  private void tell(String verdict, List<Change> changes) {
    changes.forEach(change -> out.println(verdict + ": " + change));
  }
}
