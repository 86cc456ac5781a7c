package org.mediacore.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * docs/interop.md, whose tables tests write when they are asked to. Each stands between two
 * comments, {@code <!-- begin NAME -->} and {@code <!-- end NAME -->}; all else is left alone.
 */
final class InteropPage {
  /** System property: {@code true} writes what was measured. */
  private static final String PROPERTY = "mediacore.interop.write";

  private static final Path FILE =
      Path.of(System.getProperty("mediacore.root", ".."), "docs", "interop.md");

  private InteropPage() {}

  static boolean isWanted() {
    return Boolean.getBoolean(PROPERTY);
  }

  /**
   * Replaces a section.
   *
   * @param name its name in the comments
   * @param markdown lines, the last one ended
   */
  static void write(String name, String markdown) throws IOException {
    String text = Files.readString(FILE);
    String begin = "<!-- begin " + name + " -->";
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf("<!-- end " + name + " -->");
    assertTrue(from >= begin.length() && to >= from, () -> FILE + " has no section " + name);
    Files.writeString(
        FILE, text.substring(0, from) + "\n\n" + markdown + "\n" + text.substring(to));
  }
}
