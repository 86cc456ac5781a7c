package org.mediacore.bench.report;

import java.util.List;

/**
 * Rows under headings.
 *
 * @param title what they are about
 * @param columns the headings
 * @param rows a text or a number for each column
 */
record Table(String title, List<String> columns, List<List<Object>> rows) {
  /** A number as people read it: three or four digits that matter. */
  static String text(Object value) {
    if (!(value instanceof Double number)) {
      return value.toString();
    }
    double size = Math.abs(number);
    if (size != 0 && size < 0.001) {
      return String.format(java.util.Locale.ROOT, "%.1e", number);
    }
    int digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size == 0 ? 0 : 3;
    return String.format(java.util.Locale.ROOT, "%,." + digits + "f", number);
  }
}
