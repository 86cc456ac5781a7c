package org.mediacore.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A report that was written as JSON.
 *
 * @param name the benchmark
 * @param machine where and when it was measured, names and texts
 * @param conditions under which
 * @param tables what was found
 */
public record SavedReport(
    String name,
    Map<String, String> machine,
    Map<String, String> conditions,
    List<SavedTable> tables) {

  /**
   * One table.
   *
   * @param title what it is about
   * @param rows a text or a {@code Double} for each column, in their order
   */
  public record SavedTable(String title, List<Map<String, Object>> rows) {}

  /**
   * Reads a file.
   *
   * @throws IOException where it cannot be read or is no report; the message names the file
   */
  public static SavedReport read(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException(file + ": no such file");
    }
    try {
      return parse(Files.readString(file));
    } catch (IOException wrong) {
      throw new IOException(file + ": " + wrong.getMessage(), wrong);
    }
  }

  /** Reads what {@link Report#json} wrote. */
  static SavedReport parse(String json) throws IOException {
    if (!(JsonReader.read(json) instanceof Map<?, ?> report)
        || !(report.get("name") instanceof String name)
        || !(report.get("tables") instanceof List<?> written)) {
      throw new IOException("not the result of a benchmark");
    }
    List<SavedTable> tables = new ArrayList<>();
    for (Object table : written) {
      if (!(table instanceof Map<?, ?> map)
          || !(map.get("title") instanceof String title)
          || !(map.get("rows") instanceof List<?> rows)) {
        throw new IOException("not the result of a benchmark: a table without title or rows");
      }
      tables.add(new SavedTable(title, rows.stream().map(SavedReport::cells).toList()));
    }
    return new SavedReport(
        name, texts(report.get("machine")), texts(report.get("conditions")), tables);
  }

  private static Map<String, Object> cells(Object object) {
    Map<String, Object> cells = new LinkedHashMap<>();
    if (object instanceof Map<?, ?> map) {
      map.forEach((column, value) -> cells.put(column.toString(), value));
    }
    return cells;
  }

  private static Map<String, String> texts(Object object) {
    Map<String, String> texts = new LinkedHashMap<>();
    cells(object).forEach((name, value) -> texts.put(name, value.toString()));
    return texts;
  }
}
