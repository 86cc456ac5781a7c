package org.mediacore.bench.soak;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.mediacore.bench.Settings;
import org.mediacore.bench.platform.Project;

/**
 * The in-container test {@code SwapStormIT} for long: storms of 1,000 operations on the bundles
 * that may be replaced, one after the other, each with seeds of its own and 100 calls.
 */
public final class StormSoak implements Soak {
  private static final String TEST = "SwapStormIT";

  /** How the test's own lines begin. */
  private static final String SAYS = "storm: ";

  /** For building what is missing, for the last storm, and for what it leaves to settle. */
  private static final int MARGIN_MINUTES = 20;

  @Override
  public String name() {
    return "storm";
  }

  @Override
  public String summary() {
    return "random operations on all swappable bundles under 100 calls; nothing may stay behind";
  }

  @Override
  public boolean run(int minutes, Settings settings) throws IOException {
    Path log = Files.createDirectories(Project.results()).resolve("storm.log");
    Process maven =
        new ProcessBuilder(command(minutes))
            .directory(Project.root().toFile())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader lines = maven.inputReader();
        Writer all = Files.newBufferedWriter(log)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        all.write(line + "\n");
        if (line.startsWith(SAYS)) {
          System.out.println(line.substring(SAYS.length()));
        }
      }
      boolean passed = maven.waitFor() == 0;
      System.out.println(passed ? "nothing was wrong" : "failed; see " + log);
      return passed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      maven.descendants().forEach(ProcessHandle::destroy);
      maven.destroy();
    }
  }

  private static List<String> command(int minutes) {
    return List.of(
        "mvn",
        "-B",
        "-q",
        "-ntp",
        "verify",
        "-pl",
        "itest",
        "-am",
        "-Dtest=none", // of the modules that it needs
        "-Dsurefire.failIfNoSpecifiedTests=false",
        "-Dit.test=" + TEST,
        "-Dfailsafe.failIfNoSpecifiedTests=false",
        "-Dstorm.minutes=" + minutes,
        "-Ditest.timeout.s=" + TimeUnit.MINUTES.toSeconds(minutes + MARGIN_MINUTES));
  }
}
