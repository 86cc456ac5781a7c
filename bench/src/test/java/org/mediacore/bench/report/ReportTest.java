package org.mediacore.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  @TempDir Path folder;

  private static Report report(double latencyMs) {
    Report report = new Report("relay", "./mediacore bench relay");
    report.condition("load", "600 \"bridges\"");
    report.section("Platform");
    report.figure("latency", latencyMs, "ms", "< 10", latencyMs < 10);
    return report;
  }

  @Test
  void missedGoalIsSaid() {
    assertTrue(report(12.34).text().contains("NO"));
    assertTrue(report(12.34).markdown().contains("| latency | 12.3 | ms | < 10 | NO |"));
    assertTrue(report(1.234).markdown().contains("| latency | 1.23 | ms | < 10 | yes |"));
  }

  @Test
  void jsonKeepsAllDigitsAndEscapes() {
    String json = report(12.345678).json();
    assertTrue(json.contains("\"measured\":12.345678"), json);
    assertTrue(json.contains("600 \\\"bridges\\\""), json);
  }

  @Test
  void jsonOfNestedValues() {
    assertEquals(
        "{\"a\":[1,2.5,true],\"b\\u000a\":\"\\\\\"}",
        Json.text(new java.util.TreeMap<>(Map.of("a", List.of(1, 2.5, true), "b\n", "\\"))));
    assertThrows(IllegalArgumentException.class, () -> Json.text(Double.NaN));
  }

  @Test
  void onlyTheSectionOfTheReportIsReplaced() throws IOException {
    Path page = folder.resolve("page.md");
    Files.writeString(
        page,
        "head\n<!-- begin relay -->\nold\n<!-- end relay -->\n"
            + "<!-- begin mix -->\nkept\n<!-- end mix -->\ntail\n");
    new DocsFile(page).write(report(5));
    String text = Files.readString(page);
    assertTrue(text.startsWith("head\n<!-- begin relay -->\n"), text);
    assertTrue(text.endsWith("<!-- begin mix -->\nkept\n<!-- end mix -->\ntail\n"), text);
    assertTrue(text.contains("| latency | 5.00 |") && !text.contains("old"), text);
  }

  @Test
  void pageWithoutTheSectionIsLeftAlone() throws IOException {
    Path page = Files.writeString(folder.resolve("page.md"), "nothing");
    assertThrows(IOException.class, () -> new DocsFile(page).write(report(5)));
    assertEquals("nothing", Files.readString(page));
  }
}
