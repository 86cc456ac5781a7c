package org.mediacore.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A Markdown file with sections that programs fill. Each stands between two comments, {@code <!--
 * begin NAME -->} and {@code <!-- end NAME -->}; all else is left alone.
 */
public final class DocsFile {
  private final Path file;

  /**
   * @param file the file; must exist
   */
  public DocsFile(Path file) {
    this.file = file;
  }

  /**
   * Replaces the section of a benchmark.
   *
   * @throws IOException where the file has no such section, or cannot be read or written
   */
  public void write(Report report) throws IOException {
    String text = Files.readString(file);
    String begin = "<!-- begin " + report.name() + " -->";
    String end = "<!-- end " + report.name() + " -->";
    int from = text.indexOf(begin);
    int to = text.indexOf(end);
    if (from < 0 || to < from) {
      throw new IOException(file + ": no section between '" + begin + "' and '" + end + "'");
    }
    Files.writeString(
        file,
        text.substring(0, from + begin.length())
            + "\n\n"
            + report.markdown()
            + "\n"
            + text.substring(to));
  }
}
