package org.mediacore.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mediacore.bench.compare.CompareCommand;
import org.mediacore.bench.platform.Project;
import org.mediacore.bench.report.DocsFile;
import org.mediacore.bench.report.Report;
import org.mediacore.bench.soak.Soak;

/**
 * The command line: {@code list}, {@code bench NAME}, {@code soak NAME MINUTES}. Exit code 0 when
 * it was measured, whether or not the goals were met; 1 when it could not be, a long run failed, or
 * something became slower; 2 when the command line is wrong.
 */
public final class Main {
  private static final Option WRITE_DOCS =
      new Option("--write-docs", "", "put the figures into the benchmark's page in docs/");
  private static final String ALL = "all";

  private Main() {}

  /** Runs one command. */
  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments)));
  }

  static int run(List<String> words) {
    try {
      if (words.isEmpty()) {
        throw new UsageException("which command?");
      }
      List<String> rest = words.subList(1, words.size());
      return switch (words.get(0)) {
        case "bench" -> bench(rest);
        case "soak" -> soak(rest);
        case "list", "--help", "-h" -> list();
        default -> throw new UsageException("unknown command '" + words.get(0) + "'");
      };
    } catch (UsageException wrong) {
      System.err.println("mediacore: " + wrong.getMessage());
      System.err.print(usage());
      return 2;
    } catch (IOException failed) {
      System.err.println("mediacore: " + failed.getMessage());
      return 1;
    }
  }

  private static int list() {
    System.out.print(usage());
    return 0;
  }

  private static String usage() {
    StringBuilder text = new StringBuilder();
    text.append("usage: mediacore bench NAME [OPTION]...\n");
    Catalogue.BENCHMARKS.forEach(b -> text.append(line(b.name(), b.summary())));
    text.append(line(ALL, "each of them; options: --quick, --write-docs"));
    text.append(line(CompareCommand.NAME, CompareCommand.SUMMARY));
    text.append("usage: mediacore soak NAME MINUTES\n");
    Catalogue.SOAKS.forEach(s -> text.append(line(s.name(), s.summary())));
    return text.append("NAME --help tells the options.\n").toString();
  }

  private static String line(String name, String meaning) {
    return String.format("  %-16s %s%n", name, meaning);
  }

  private static boolean wantsHelp(List<String> words) {
    return words.contains("--help") || words.contains("-h");
  }

  private static int bench(List<String> words) throws UsageException, IOException {
    if (words.isEmpty()) {
      throw new UsageException("bench: which one?");
    }
    String name = words.get(0);
    if (wantsHelp(words.subList(0, 1))) {
      return list();
    }
    List<String> arguments = words.subList(1, words.size());
    if (name.equals(ALL)) {
      return wantsHelp(arguments) ? list() : benchAll(arguments);
    }
    if (name.equals(CompareCommand.NAME)) {
      return wantsHelp(arguments) ? list() : compare(arguments);
    }
    Benchmark benchmark =
        Catalogue.BENCHMARKS.stream()
            .filter(b -> b.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new UsageException("unknown benchmark '" + name + "'"));
    List<Option> options = optionsOf(benchmark);
    if (wantsHelp(arguments)) {
      System.out.printf("usage: mediacore bench %s [OPTION]...%n%s%n", name, benchmark.summary());
      options.forEach(o -> System.out.print(line(o.name() + (o.isSwitch() ? "" : " N"), help(o))));
      return 0;
    }
    measure(benchmark, arguments, new Settings(options, arguments));
    return 0;
  }

  private static int compare(List<String> files) throws UsageException {
    return new CompareCommand(System.out).run(files) ? 0 : 1;
  }

  private static String help(Option option) {
    return option.meaning() + (option.isSwitch() ? "" : " (" + option.value() + ")");
  }

  private static List<Option> optionsOf(Benchmark benchmark) {
    List<Option> options = new ArrayList<>(benchmark.options());
    options.add(Catalogue.QUICK);
    options.add(WRITE_DOCS);
    return options;
  }

  /** One that cannot be measured does not keep the others from being. */
  private static int benchAll(List<String> arguments) throws UsageException {
    Settings common = new Settings(List.of(Catalogue.QUICK, WRITE_DOCS), arguments);
    List<String> failed = new ArrayList<>();
    for (Benchmark benchmark : Catalogue.BENCHMARKS) {
      try {
        measure(benchmark, arguments, new Settings(optionsOf(benchmark), arguments));
      } catch (IOException e) {
        System.err.println(benchmark.name() + " could not be measured: " + e.getMessage());
        failed.add(benchmark.name());
      }
    }
    if (common.has(WRITE_DOCS.name()) && failed.isEmpty()) {
      System.out.println("docs/benchmarks.md is written");
    }
    failed.forEach(name -> System.out.println("not measured: " + name));
    return failed.isEmpty() ? 0 : 1;
  }

  private static void measure(Benchmark benchmark, List<String> arguments, Settings settings)
      throws IOException, UsageException {
    String command =
        String.join(" ", "./mediacore bench " + benchmark.name(), String.join(" ", arguments));
    Report report = new Report(benchmark.name(), command.replace(" --write-docs", "").trim());
    benchmark.run(settings, report);
    System.out.println();
    System.out.println(report.text());
    Path results = Project.results();
    Files.createDirectories(results);
    Files.writeString(results.resolve(benchmark.name() + ".json"), report.json());
    boolean hasOwnFiles =
        !benchmark.page().equals(Benchmark.BENCHMARKS_PAGE) || !report.chart().isEmpty();
    if (settings.has(WRITE_DOCS.name()) || hasOwnFiles && !settings.has(Catalogue.QUICK.name())) {
      Path page = Project.root().resolve(benchmark.page());
      new DocsFile(page).write(report);
      if (hasOwnFiles) {
        writeBeside(page, benchmark.name(), report);
      }
    }
  }

  private static void writeBeside(Path page, String name, Report report) throws IOException {
    Files.writeString(page.resolveSibling(name + ".json"), report.json());
    if (!report.chart().isEmpty()) {
      Files.writeString(page.resolveSibling(name + ".svg"), report.chart());
    }
  }

  private static int soak(List<String> words) throws UsageException, IOException {
    if (words.isEmpty()) {
      throw new UsageException("soak: which one?");
    }
    if (wantsHelp(words.subList(0, 1))) {
      return list();
    }
    Soak soak =
        Catalogue.SOAKS.stream()
            .filter(s -> s.name().equals(words.get(0)))
            .findFirst()
            .orElseThrow(() -> new UsageException("unknown long run '" + words.get(0) + "'"));
    if (wantsHelp(words)) {
      System.out.printf("usage: mediacore soak %s MINUTES%n%s%n", soak.name(), soak.summary());
      soak.options().forEach(o -> System.out.print(line(o.name(), help(o))));
      return 0;
    }
    if (words.size() < 2 || !words.get(1).matches("[0-9]{1,6}") || words.get(1).matches("0+")) {
      throw new UsageException("soak " + soak.name() + ": for how many minutes?");
    }
    Settings settings = new Settings(soak.options(), words.subList(2, words.size()));
    return soak.run(Integer.parseInt(words.get(1)), settings) ? 0 : 1;
  }
}
