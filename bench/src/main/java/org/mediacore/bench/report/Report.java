package org.mediacore.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one run of one benchmark found. Filled by the benchmark, in the order of reading. */
public final class Report {
  private static final List<String> FIGURE_COLUMNS =
      List.of("figure", "measured", "unit", "goal", "met");

  private final String name;
  private final String command;
  private final Machine machine = Machine.now();
  private final List<Table> tables = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Map<String, String> conditions = new LinkedHashMap<>();
  private String chart = "";

  /**
   * Begins a report; the machine is described as it is now.
   *
   * @param name the benchmark
   * @param command what to type to repeat it
   */
  public Report(String name, String command) {
    this.name = name;
    this.command = command;
  }

  /** Says under which condition it was measured, such as a Java option. */
  public void condition(String what, String value) {
    conditions.put(what, value);
  }

  /** Begins a table of figures; {@link #figure} adds to it. */
  public void section(String title) {
    tables.add(new Table(title, FIGURE_COLUMNS, new ArrayList<>()));
  }

  /** Adds a figure without a goal. */
  public void figure(String what, Object value, String unit) {
    rows().add(List.of(what, value, unit, "", ""));
  }

  /** Adds a figure and whether it is as good as wanted. */
  public void figure(String what, Object value, String unit, String goal, boolean met) {
    rows().add(List.of(what, value, unit, goal, met ? "yes" : "NO"));
  }

  /** Begins a table with columns of its own; {@link #row} adds to it. */
  public void table(String title, String... columns) {
    tables.add(new Table(title, List.of(columns), new ArrayList<>()));
  }

  /** Adds a row: a text or a number for each column. */
  public void row(Object... values) {
    rows().add(List.of(values));
  }

  private List<List<Object>> rows() {
    return tables.get(tables.size() - 1).rows();
  }

  /** Adds a sentence that belongs to the figures: how they were measured, what was skipped. */
  public void note(String sentence) {
    if (!notes.contains(sentence)) {
      notes.add(sentence);
    }
  }

  /** Adds a drawing of the figures, an SVG document. */
  public void chart(String svg) {
    chart = svg;
  }

  /** The drawing; empty where there is none. */
  public String chart() {
    return chart;
  }

  /** The benchmark's name. */
  public String name() {
    return name;
  }

  /** The report for a terminal. */
  public String text() {
    StringBuilder text = new StringBuilder(name).append("  (").append(machine.line()).append(")\n");
    conditions.forEach((k, v) -> text.append("  ").append(k).append(": ").append(v).append('\n'));
    for (Table table : tables) {
      text.append('\n').append(table.title()).append('\n');
      appendAligned(text, table);
    }
    notes.forEach(note -> text.append("\nnote: ").append(note));
    return text.append('\n').toString();
  }

  private static void appendAligned(StringBuilder text, Table table) {
    List<List<Object>> lines = new ArrayList<>();
    lines.add(List.copyOf(table.columns()));
    lines.addAll(table.rows());
    int[] widths = new int[table.columns().size()];
    for (List<Object> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], Table.text(line.get(i)).length());
      }
    }
    for (List<Object> line : lines) {
      StringBuilder row = new StringBuilder(" ");
      for (int i = 0; i < widths.length; i++) {
        String cell = Table.text(line.get(i));
        String pad = " ".repeat(widths[i] - cell.length());
        row.append(' ').append(line.get(i) instanceof Number ? pad + cell : cell + pad);
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
  }

  /** The report for programs: one JSON object. */
  public String json() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", name);
    object.put("command", command);
    object.put("machine", machine.values());
    object.put("conditions", conditions);
    List<Object> jsonTables = new ArrayList<>();
    for (Table table : tables) {
      List<Object> rows = new ArrayList<>();
      for (List<Object> row : table.rows()) {
        Map<String, Object> cells = new LinkedHashMap<>();
        for (int i = 0; i < row.size(); i++) {
          cells.put(table.columns().get(i), row.get(i));
        }
        rows.add(cells);
      }
      jsonTables.add(Map.of("title", table.title(), "rows", rows));
    }
    object.put("tables", jsonTables);
    object.put("notes", notes);
    return Json.text(object) + "\n";
  }

  /** The report as a section of its page, without its heading. */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("`").append(command).append("` · ").append(machine.line()).append("\n");
    conditions.forEach((k, v) -> text.append("· ").append(k).append(": `").append(v).append("`\n"));
    for (Table table : tables) {
      text.append("\n").append(table.title()).append(":\n\n");
      text.append("| ").append(String.join(" | ", table.columns())).append(" |\n");
      text.append("|---".repeat(table.columns().size())).append("|\n");
      for (List<Object> row : table.rows()) {
        text.append("|");
        row.forEach(cell -> text.append(' ').append(Table.text(cell)).append(" |"));
        text.append("\n");
      }
    }
    notes.forEach(note -> text.append("\n").append(note).append("\n"));
    return text.toString();
  }
}
