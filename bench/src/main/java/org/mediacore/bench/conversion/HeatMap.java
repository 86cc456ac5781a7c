package org.mediacore.bench.conversion;

import java.util.List;
import java.util.Locale;

/** Draws squares of numbers, one per title, as an SVG: the darker the larger, on a log scale. */
final class HeatMap {
  private static final int CELL_WIDTH = 46;
  private static final int CELL_HEIGHT = 26;
  private static final int LEFT = 64;
  private static final int TOP = 64;
  private static final int GAP = 28;

  private final String title;
  private final List<String> labels;
  private final StringBuilder svg = new StringBuilder();
  private int squares;

  /**
   * @param title what the numbers are
   * @param labels of rows and of columns
   */
  HeatMap(String title, List<String> labels) {
    this.title = title;
    this.labels = labels;
  }

  /** Adds a square to the right; what is not a number is left empty. */
  void add(String heading, double[][] values, double darkest) {
    int x = LEFT + squares++ * (labels.size() * CELL_WIDTH + GAP + LEFT);
    int middle = x + labels.size() * CELL_WIDTH / 2;
    text(middle, TOP - 24, "middle", heading);
    for (int i = 0; i < labels.size(); i++) {
      text(x + i * CELL_WIDTH + CELL_WIDTH / 2, TOP - 6, "middle", labels.get(i));
      text(x - 6, TOP + i * CELL_HEIGHT + 17, "end", labels.get(i));
      for (int j = 0; j < labels.size(); j++) {
        if (!Double.isNaN(values[i][j])) {
          cell(x + j * CELL_WIDTH, TOP + i * CELL_HEIGHT, values[i][j], darkest);
        }
      }
    }
  }

  private void cell(int x, int y, double value, double darkest) {
    double part = Math.min(1, Math.log1p(value) / Math.log1p(darkest));
    int light = (int) Math.round(96 - 56 * part);
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"hsl(212,60%%,%d%%)\"/>%n",
            x,
            y,
            CELL_WIDTH - 1,
            CELL_HEIGHT - 1,
            light));
    String colour = light < 62 ? " fill=\"#fff\"" : "";
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\"%s>%.1f</text>%n",
            x + CELL_WIDTH / 2,
            y + 17,
            colour,
            value));
  }

  private void text(int x, int y, String anchor, String text) {
    svg.append(
        String.format(
            "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, text));
  }

  /** The drawing. */
  String svg() {
    int width = squares * (LEFT + labels.size() * CELL_WIDTH + GAP);
    int height = TOP + labels.size() * CELL_HEIGHT + 16;
    return String.format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
                + " height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">%n"
                + "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>%n"
                + "<text x=\"8\" y=\"18\" font-size=\"14\">%s</text>%n",
            width, height, width, height, width, height, title)
        + svg
        + "</svg>\n";
  }
}
