package org.mediacore.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mediacore.bench.UsageException;
import org.mediacore.bench.report.Report;

class CompareCommandTest {
  private static final int FIGURES = 60;

  @TempDir Path folder;
  private int files;

  /** What was said, and whether nothing became slower. */
  private record Answer(boolean fine, String text) {
    List<String> slower() {
      return text.lines().filter(line -> line.startsWith("slower: ")).toList();
    }
  }

  private Path file(Consumer<Report> content) throws IOException {
    Report report = new Report("codecs", "./mediacore bench codecs");
    content.accept(report);
    return Files.writeString(folder.resolve(files++ + ".json"), report.json());
  }

  private static Answer compare(Path older, Path newer) throws UsageException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    boolean fine = new CompareCommand(out).run(List.of(older.toString(), newer.toString()));
    return new Answer(fine, said.toString(StandardCharsets.UTF_8));
  }

  /** Sixty codecs, each of which takes longer than the one before, and its stated MAD. */
  private Path stated(double madShare, IntToDoubleFunction factor) throws IOException {
    return file(
        report -> {
          report.table("A frame", "codec", "direction", "ns/frame", "± MAD", "B/frame");
          for (int i = 0; i < FIGURES; i++) {
            double ns = 100.0 * (i + 1);
            report.row("codec" + i, "encode", ns * factor.applyAsDouble(i), ns * madShare, 0.0);
          }
        });
  }

  private Path unstated(IntToDoubleFunction factor) throws IOException {
    return file(
        report -> {
          report.table("Conversions", "conversion", "ns", "times real time");
          for (int i = 0; i < FIGURES; i++) {
            double ns = 100.0 * (i + 1) * factor.applyAsDouble(i);
            report.row("conversion" + i, ns, 20e6 / ns);
          }
        });
  }

  private static IntToDoubleFunction noise(int seed, double sigma) {
    Random random = new Random(seed);
    double[] factors =
        random.doubles(FIGURES).map(x -> 1 + sigma * random.nextGaussian()).toArray();
    return i -> factors[i];
  }

  @Test
  void plantedRegressionIsNamedAndNothingElse() throws Exception {
    IntToDoubleFunction noise = noise(1, 0.01);
    Answer answer =
        compare(
            stated(0.01, noise(2, 0.01)),
            stated(0.01, i -> i == 17 ? 1.15 * noise.applyAsDouble(i) : noise.applyAsDouble(i)));
    assertFalse(answer.fine());
    assertEquals(1, answer.slower().size(), answer.text());
    assertTrue(answer.slower().get(0).contains("codec17 encode"), answer.text());
  }

  @Test
  void plantedRegressionWithoutStatedSpreadIsNamedAndNothingElse() throws Exception {
    IntToDoubleFunction noise = noise(3, 0.02);
    Answer answer =
        compare(
            unstated(noise(4, 0.02)),
            unstated(i -> i == 40 ? 1.4 * noise.applyAsDouble(i) : noise.applyAsDouble(i)));
    assertFalse(answer.fine());
    assertEquals(1, answer.slower().size(), answer.text());
    assertTrue(answer.slower().get(0).contains("conversion40:"), answer.text());
  }

  /** A change of all figures alike is no noise, and does not hide itself. */
  @Test
  void slowdownOfEverythingIsSeen() throws Exception {
    IntToDoubleFunction noise = noise(5, 0.01);
    Answer answer = compare(unstated(noise(6, 0.01)), unstated(i -> 1.3 * noise.applyAsDouble(i)));
    assertEquals(FIGURES, answer.slower().size(), answer.text());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void noiseAloneIsNoRegression(int seed) throws Exception {
    Answer small = compare(stated(0.01, noise(seed, 0.01)), stated(0.01, noise(-seed, 0.01)));
    assertTrue(small.fine(), small.text());
    Answer large = compare(stated(0.1, noise(seed, 0.05)), stated(0.1, noise(-seed, 0.05)));
    assertTrue(large.fine(), large.text());
    Answer unstated = compare(unstated(noise(seed, 0.03)), unstated(noise(-seed, 0.03)));
    assertTrue(unstated.fine(), unstated.text());
  }

  @Test
  void moreThanThreeMadsWithinFivePercentIsNoRegression() throws Exception {
    assertTrue(compare(stated(0.001, i -> 1), stated(0.001, i -> 1.049)).fine());
    assertFalse(compare(stated(0.001, i -> 1), stated(0.001, i -> 1.051)).fine());
  }

  @Test
  void moreThanFivePercentWithinThreeMadsIsNoRegression() throws Exception {
    assertTrue(compare(stated(0.04, i -> 1), stated(0.04, i -> 1.11)).fine());
    assertFalse(compare(stated(0.04, i -> 1), stated(0.04, i -> 1.13)).fine());
  }

  @Test
  void fasterIsSaidAndFine() throws Exception {
    Answer answer = compare(stated(0.01, i -> 1), stated(0.01, i -> i == 3 ? 0.5 : 1));
    assertTrue(answer.fine());
    assertTrue(answer.text().contains("faster: A frame, ns/frame: codec3 encode"), answer.text());
  }

  @ParameterizedTest
  @CsvSource({
    "latency, 10, 13, ms, true",
    "latency, 10, 12, ms, false",
    "'added latency, max', 10, 90, ms, false",
    "G.711, 2, 1.5, Gsamples/s, true",
    "G.711, 1.5, 2, Gsamples/s, false",
    "resident memory, 100, 130, MiB, true",
    "loop thread, 50, 70, % of a core, true",
    "'INVITE to 200, p50', 0, 1, ms, false",
    "ratio, 1, 3, '', false"
  })
  void figuresAreWorseInTheDirectionOfTheirUnit(
      String what, double before, double after, String unit, boolean slower) throws Exception {
    Answer answer =
        compare(
            file(report -> figures(report, what, before, unit)),
            file(report -> figures(report, what, after, unit)));
    assertEquals(!slower, answer.fine(), answer.text());
  }

  private static void figures(Report report, String what, double value, String unit) {
    report.section("Platform");
    report.figure("always the same", 5.0, "ms");
    report.figure(what, value, unit);
  }

  @ParameterizedTest
  @CsvSource({"0, 16, true", "0, 0.4, false", "100, 104, false", "100, 120, true", "40, 0, false"})
  void bytesCountFromHalfAnObject(double before, double after, boolean slower) throws Exception {
    assertEquals(!slower, compare(bytes(before), bytes(after)).fine());
  }

  private Path bytes(double value) throws IOException {
    return file(
        report -> {
          report.table("A frame", "codec", "B/frame");
          report.row("codec", value);
        });
  }

  /** The length of a frame says what was measured, not what it cost. */
  @Test
  void longerFramesAreNoRegression() throws Exception {
    Answer answer = compare(frames(20), frames(60));
    assertTrue(answer.fine(), answer.text());
    assertTrue(answer.text().contains("1 figures compared"), answer.text());
  }

  private Path frames(double frameMs) throws IOException {
    return file(
        report -> {
          report.table("A frame", "codec", "frame, ms", "ns/frame");
          report.row("codec", frameMs, 100.0);
        });
  }

  @Test
  void lossOfTheGoalOfNoAllocationIsARegression() throws Exception {
    Answer answer = compare(perPacket(0.002), perPacket(0.05));
    assertFalse(answer.fine());
    assertTrue(compare(perPacket(0.002), perPacket(0.004)).fine());
  }

  private Path perPacket(double bytes) throws IOException {
    return file(
        report -> {
          report.section("Platform");
          report.figure("allocated per packet", bytes, "B", "0", bytes < 0.016);
        });
  }

  @Test
  void figureThatIsGoneIsNamed() throws Exception {
    Answer answer =
        compare(
            file(
                report -> {
                  figures(report, "latency", 5, "ms");
                  report.figure("gone", 1.0, "ms");
                }),
            file(report -> figures(report, "latency", 5, "ms")));
    assertTrue(answer.fine());
    assertTrue(answer.text().contains("not measured any more: Platform, ms: gone"), answer.text());
  }

  @Test
  void quickRunBesideFullOneIsPointedOut() throws Exception {
    Answer answer =
        compare(
            file(
                report -> {
                  report.condition("time", "11 rounds");
                  figures(report, "latency", 5, "ms");
                }),
            file(
                report -> {
                  report.condition("time", "3 rounds");
                  figures(report, "latency", 5, "ms");
                }));
    assertTrue(
        answer.text().contains("conditions differ, time: 11 rounds -> 3 rounds"), answer.text());
  }

  @Test
  void whatIsInTheDocsEqualsItself() throws Exception {
    Path written = Path.of("../docs/conversions.json");
    Answer answer = compare(written, written);
    assertTrue(answer.fine(), answer.text());
    assertTrue(answer.text().contains(" 0 slower, 0 faster"), answer.text());
  }

  @Test
  void whatCannotBeComparedIsRefused() throws Exception {
    Path good = stated(0.01, i -> 1);
    Path relay = folder.resolve("relay.json");
    Report other = new Report("relay", "./mediacore bench relay");
    figures(other, "latency", 5, "ms");
    Files.writeString(relay, other.json());
    Path text = Files.writeString(folder.resolve("text.json"), "no JSON");
    Path list = Files.writeString(folder.resolve("list.json"), "[1]");
    Path nothing = file(report -> report.note("nothing measured"));
    assertThrows(UsageException.class, () -> compare(good, relay));
    assertThrows(UsageException.class, () -> compare(good, folder.resolve("absent.json")));
    assertThrows(UsageException.class, () -> compare(text, good));
    assertThrows(UsageException.class, () -> compare(good, list));
    assertThrows(UsageException.class, () -> compare(good, nothing));
    assertThrows(
        UsageException.class, () -> new CompareCommand(System.out).run(List.of(good.toString())));
  }
}
