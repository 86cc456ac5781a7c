package org.mediacore.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mediacore.bench.report.Report;

class MainTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bake",
        "bench",
        "bench no-such-benchmark",
        "bench relay --no-such-option",
        "bench relay --calls",
        "bench relay --calls 0",
        "bench relay --calls many",
        "bench compare",
        "bench compare one.json",
        "bench compare no-such-file.json no-such-file.json",
        "soak",
        "soak calls",
        "soak calls soon",
        "soak calls 0",
        "soak no-such-run 5"
      })
  void wrongCommandLineIsExitCodeTwo(String line) {
    assertEquals(2, Main.run(words(line)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "list",
        "--help",
        "bench --help",
        "bench relay --help",
        "bench all --help",
        "bench compare --help",
        "bench compare ../docs/conversions.json ../docs/conversions.json",
        "soak --help",
        "soak fuzz --help"
      })
  void helpIsExitCodeZero(String line) {
    assertEquals(0, Main.run(words(line)));
  }

  /** The script finds them there, and the page has a section for the figures of each. */
  @Test
  void everyNameIsInTheScriptsListAndOnThePage() throws IOException {
    List<String> names = Files.readAllLines(Path.of("NAMES"));
    for (Benchmark benchmark : Catalogue.BENCHMARKS) {
      String page = Files.readString(Path.of("..").resolve(benchmark.page()));
      String row = "bench|" + benchmark.name() + "|" + Main.class.getName() + "|";
      assertTrue(names.stream().anyMatch(line -> line.startsWith(row)), row);
      assertTrue(page.contains("<!-- begin " + benchmark.name() + " -->"), benchmark.name());
      assertTrue(page.contains("<!-- end " + benchmark.name() + " -->"), benchmark.name());
    }
    Catalogue.SOAKS.forEach(
        soak ->
            assertTrue(names.stream().anyMatch(line -> line.startsWith("soak|" + soak.name()))));
    int others = 2; // all and compare
    assertEquals(others + Catalogue.BENCHMARKS.size() + Catalogue.SOAKS.size(), names.size());
  }

  @Test
  void somethingSlowerIsExitCodeOne(@TempDir Path folder) throws IOException {
    Path older = Files.writeString(folder.resolve("old.json"), startup(1));
    Path newer = Files.writeString(folder.resolve("new.json"), startup(2));
    assertEquals(1, Main.run(List.of("bench", "compare", older.toString(), newer.toString())));
    assertEquals(0, Main.run(List.of("bench", "compare", newer.toString(), older.toString())));
  }

  private static String startup(double seconds) {
    Report report = new Report("startup", "./mediacore bench startup");
    report.section("Start");
    report.figure("median", seconds, "s");
    return report.json();
  }

  private static List<String> words(String line) {
    return Stream.of(line.split(" ")).filter(word -> !word.isEmpty()).toList();
  }
}
