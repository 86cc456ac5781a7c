package org.mediacore.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands of a page of documentation: what stands in its fenced blocks, in order. */
final class Guide {
  private static final Pattern HEADING = Pattern.compile("## (.+)");
  private static final Pattern FENCE = Pattern.compile("```(.*)");

  /**
   * A fenced block.
   *
   * @param section the heading above it
   * @param kind what stands behind the fence: {@code sh}, or {@code sh run} for what keeps running
   * @param commands its lines
   */
  record Block(String section, String kind, String commands) {}

  private Guide() {}

  static List<Block> read(Path page) {
    List<Block> blocks = new ArrayList<>();
    String section = "";
    String kind = null;
    List<String> lines = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(page)) {
        Matcher fence = FENCE.matcher(line);
        Matcher heading = HEADING.matcher(line);
        if (fence.matches() && kind == null) {
          kind = fence.group(1);
          lines.clear();
        } else if (fence.matches()) {
          blocks.add(new Block(section, kind, String.join("\n", lines)));
          kind = null;
        } else if (kind != null) {
          lines.add(line);
        } else if (heading.matches()) {
          section = heading.group(1);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (kind != null) {
      throw new AssertionError(page + ": a block under '" + section + "' has no end");
    }
    return blocks;
  }
}
