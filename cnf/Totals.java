import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Adds up the test reports of all modules (surefire, failsafe) and prints what failed, what was
 * skipped and why, and the totals as the last line. Run from source: {@code java Totals.java ROOT
 * ok|failed}, where the last says how the build went. Exit code 1 when a test or the build failed.
 */
public final class Totals {
  private int passed;
  private int failed;
  private int skipped;

  private final List<String> failures = new ArrayList<>();

  /** Why tests were skipped, and how many of which class. */
  private final Map<String, Map<String, Integer>> skips = new TreeMap<>();

  private Totals() {}

  public static void main(String[] arguments) throws Exception {
    Totals all = new Totals();
    System.out.println();
    System.out.printf("%-20s %7s %7s %7s%n", "MODULE", "PASSED", "FAILED", "SKIPPED");
    for (Path module : modules(Path.of(arguments[0]))) {
      Totals totals = new Totals();
      for (Path report : reports(module)) {
        totals.add(report);
      }
      if (totals.passed + totals.failed + totals.skipped > 0) {
        System.out.printf(
            "%-20s %7d %7d %7d%n",
            module.getFileName(), totals.passed, totals.failed, totals.skipped);
      }
      all.add(totals);
    }
    all.print(arguments[1].equals("ok"));
    System.exit(all.failed > 0 ? 1 : 0);
  }

  private void print(boolean built) {
    failures.forEach(failure -> System.out.println("FAILED   " + failure));
    skips.forEach((why, classes) -> System.out.println("skipped  " + why + "  " + classes));
    if (!built) {
      System.out.println("the build failed: modules after the failure may not have been tested");
    }
    System.out.println(passed + " passed, " + failed + " failed, " + skipped + " skipped");
  }

  private void add(Totals other) {
    passed += other.passed;
    failed += other.failed;
    skipped += other.skipped;
    failures.addAll(other.failures);
    other.skips.forEach(
        (why, classes) -> classes.forEach((name, count) -> addSkips(why, name, count)));
  }

  private void addSkips(String why, String className, int count) {
    skips.computeIfAbsent(why, key -> new TreeMap<>()).merge(className, count, Integer::sum);
  }

  private void add(Path report) throws Exception {
    DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    NodeList cases = parser.parse(report.toFile()).getElementsByTagName("testcase");
    for (int i = 0; i < cases.getLength(); i++) {
      Element test = (Element) cases.item(i);
      String owner = test.getAttribute("classname");
      owner = owner.substring(owner.lastIndexOf('.') + 1);
      String name = owner + "." + test.getAttribute("name");
      Element skip = child(test, "skipped");
      Element failure = child(test, "failure");
      failure = failure == null ? child(test, "error") : failure;
      if (failure != null) {
        failed++;
        failures.add(name + "  " + reason(failure));
      } else if (skip != null) {
        skipped++;
        addSkips(reason(skip), owner, 1);
      } else {
        passed++;
      }
    }
  }

  private static String reason(Element outcome) {
    String message = outcome.getAttribute("message");
    message = message.isBlank() ? outcome.getTextContent().strip() : message;
    message = message.lines().findFirst().orElse("no reason given");
    return message
        .replaceFirst("^[\\w.]+(Exception|Aborted\\w*): ", "")
        .replaceFirst("^Assumption failed: ", "");
  }

  private static Element child(Element element, String name) {
    NodeList children = element.getElementsByTagName(name);
    return children.getLength() == 0 ? null : (Element) children.item(0);
  }

  private static List<Path> modules(Path root) throws IOException {
    List<Path> modules = new ArrayList<>();
    for (Path folder : new Path[] {root, root.resolve("examples")}) {
      try (Stream<Path> children = Files.list(folder)) {
        children
            .filter(child -> Files.exists(child.resolve("pom.xml")))
            .sorted()
            .forEach(modules::add);
      }
    }
    return modules;
  }

  private static List<Path> reports(Path module) throws IOException {
    List<Path> reports = new ArrayList<>();
    for (String kind : new String[] {"surefire-reports", "failsafe-reports"}) {
      Path directory = module.resolve("target").resolve(kind);
      if (Files.isDirectory(directory)) {
        try (Stream<Path> files = Files.list(directory)) {
          files
              .filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
              .sorted()
              .forEach(reports::add);
        }
      }
    }
    return reports;
  }
}
