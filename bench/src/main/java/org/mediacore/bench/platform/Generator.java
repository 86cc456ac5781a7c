package org.mediacore.bench.platform;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mediacore.bench.load.LoadGenerator;

/** The load generator in a process of its own, on the measuring core. */
public final class Generator {
  private static final Pattern FIELD = Pattern.compile("\"(\\w+)\":(?:\"([^\"]*)\"|([^,}]+))");
  private static final int END_SECONDS = 60;

  private Generator() {}

  /** Looks at what is measured. */
  public interface Watch {
    /** Takes note of what has been used until now. */
    Usage look() throws IOException;
  }

  /**
   * What a run found.
   *
   * @param values the generator's report
   * @param from taken when the measurement began
   * @param to taken when it ended
   */
  public record Run(Map<String, String> values, Usage from, Usage to) {
    /** A figure of the generator. */
    public double number(String name) throws IOException {
      String value = values.get(name);
      if (value == null) {
        throw new IOException("the load generator has no figure " + name);
      }
      return Double.parseDouble(value);
    }

    /** Whether the generator has such a figure: what it could not measure is absent. */
    public boolean has(String name) {
      return values.containsKey(name);
    }

    /** How long it was measured, in s. */
    public double seconds() {
      return (to.nowNs() - from.nowNs()) / 1e9;
    }

    /** Packets that were sent to what was measured between the two looks. */
    public double packets() throws IOException {
      return number("sent_per_s") * seconds();
    }

    /** Packets that came back between the two looks. */
    public double packetsBack() throws IOException {
      return number("received_per_s") * seconds();
    }

    /** CPU time of the threads in question, in µs. */
    public double threadCpuUs() {
      return (to.threadCpuNs() - from.threadCpuNs()) / 1e3;
    }

    /** How much of a core the threads in question used, in %. */
    public double threadCpuPercent() {
      return threadCpuUs() / 1e4 / seconds();
    }

    /** Bytes that the threads in question allocated. */
    public double allocatedBytes() {
      return to.threadAllocatedBytes() - from.threadAllocatedBytes();
    }
  }

  /**
   * Runs the generator.
   *
   * @param watch asked when the measurement begins and when it ends
   * @param arguments the generator's options
   * @throws IOException where it fails; the message holds what it said
   */
  public static Run run(Watch watch, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of("-XX:+UseSerialGC", "-Xms128m", "-Xmx128m", "-XX:-UsePerfData"));
    command.addAll(List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(LoadGenerator.class.getName());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(Cores.pinned(Cores.measuring(), command))
            .redirectErrorStream(true)
            .start();
    try {
      return follow(process, watch);
    } finally {
      process.destroyForcibly();
    }
  }

  private static Run follow(Process process, Watch watch) throws IOException {
    Usage from = null;
    Usage to = null;
    String last = "";
    StringBuilder said = new StringBuilder();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.equals(LoadGenerator.BEGIN_LINE)) {
          from = watch.look();
        } else if (line.equals(LoadGenerator.END_LINE)) {
          to = watch.look();
        }
        said.append(line).append('\n');
        last = line;
      }
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("the load generator failed:\n" + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    if (from == null || to == null || !last.startsWith("{")) {
      throw new IOException("the load generator ended early:\n" + said);
    }
    return new Run(parse(last), from, to);
  }

  private static Map<String, String> parse(String json) {
    Map<String, String> values = new HashMap<>();
    Matcher fields = FIELD.matcher(json);
    while (fields.find()) {
      values.put(fields.group(1), fields.group(2) == null ? fields.group(3) : fields.group(2));
    }
    return values;
  }
}
