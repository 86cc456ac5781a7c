package org.mediacore.bench.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws pairs of horizontal bars on a logarithmic scale as an SVG. */
final class BarChart {
  private static final int LEFT = 190;
  private static final int PLOT = 560;
  private static final int RIGHT = 130;
  private static final int TOP = 58;
  private static final int BAR = 13;
  private static final int ROW = 22;
  private static final String OURS = "#2f6db3";
  private static final String THEIRS = "#c9b458";

  private final String title;
  private final List<Row> rows = new ArrayList<>();

  private record Row(String label, double value, double peer) {}

  /**
   * @param title what the bars are
   */
  BarChart(String title) {
    this.title = title;
  }

  /** Adds a bar, and one of the peer's below it unless that is 0. */
  void add(String label, double value, double peer) {
    rows.add(new Row(label, value, peer));
  }

  /** The drawing. */
  String svg(String ours, String theirs) {
    double largest =
        rows.stream().mapToDouble(row -> Math.max(row.value(), row.peer())).max().orElse(1);
    int decades = Math.max(1, (int) Math.ceil(Math.log10(largest)));
    int height = TOP + rows.stream().mapToInt(BarChart::heightOf).sum() + 10;
    int width = LEFT + PLOT + RIGHT;
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
                + " height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">%n"
                + "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>%n",
            width, height, width, height, width, height));
    svg.append(text(8, 18, "start", title));
    svg.append(rect(LEFT, 27, 12, 10, OURS)).append(text(LEFT + 17, 36, "start", ours));
    svg.append(rect(LEFT + 150, 27, 12, 10, THEIRS)).append(text(LEFT + 167, 36, "start", theirs));
    for (int decade = 0; decade <= decades; decade++) {
      int x = LEFT + PLOT * decade / decades;
      svg.append(rect(x, TOP - 4, 1, height - TOP - 4, "#ddd"));
      svg.append(text(x, TOP - 8, "middle", String.format(Locale.ROOT, "%,.0f", power(decade))));
    }
    int y = TOP;
    for (Row row : rows) {
      svg.append(text(LEFT - 6, y + 11, "end", row.label()));
      svg.append(bar(y, row.value(), decades, OURS));
      if (row.peer() > 0) {
        svg.append(bar(y + BAR + 1, row.peer(), decades, THEIRS));
      }
      y += heightOf(row);
    }
    return svg.append("</svg>\n").toString();
  }

  private static int heightOf(Row row) {
    return row.peer() > 0 ? ROW + BAR + 1 : ROW;
  }

  private static double power(int decade) {
    return Math.pow(10, decade);
  }

  private static String bar(int y, double value, int decades, String colour) {
    int length = (int) Math.round(PLOT * Math.max(0, Math.log10(value)) / decades);
    return rect(LEFT, y, length, BAR, colour)
        + text(LEFT + length + 5, y + 11, "start", String.format(Locale.ROOT, "%,.0f", value));
  }

  private static String rect(int x, int y, int width, int height, String colour) {
    return String.format(
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>%n",
        x, y, width, height, colour);
  }

  private static String text(int x, int y, String anchor, String text) {
    return String.format(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, text);
  }
}
