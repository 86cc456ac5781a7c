package org.mediacore.bench.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What SIPp found.
 *
 * @param created calls begun
 * @param failed calls that failed
 * @param retransmissions requests sent again
 * @param setupMs the time from INVITE to its 200 of each call, ascending, in ms
 * @param seconds how long it ran
 */
public record Sipp(
    int created, int failed, int retransmissions, List<Double> setupMs, double seconds) {
  /** What is said where it is missing. */
  public static final String MISSING = "sipp is missing (Debian: apt install sip-tester)";

  /** Whether it is installed. */
  public static boolean isInstalled() {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "sipp")));
  }

  /**
   * Calls and hangs up, on the measuring core.
   *
   * @param platform the address and port to call
   * @param user whom
   * @param perSecond calls begun each second
   * @param seconds for how long
   * @param holdMs how long each call stays up
   */
  public static Sipp call(String platform, String user, int perSecond, int seconds, int holdMs)
      throws IOException {
    Path folder = Files.createTempDirectory("mediacore-bench-sipp-");
    try {
      int calls = perSecond * seconds;
      List<String> command = new ArrayList<>(List.of("sipp", platform, "-sn", "uac", "-nostdin"));
      command.addAll(List.of("-s", user, "-i", PlatformProcess.ADDRESS));
      command.addAll(List.of("-mi", PlatformProcess.ADDRESS, "-d", "" + holdMs));
      command.addAll(List.of("-r", "" + perSecond, "-m", "" + calls, "-l", "" + calls));
      command.addAll(List.of("-trace_rtt", "-rtt_freq", "1", "-trace_stat", "-fd", "1"));
      command.addAll(List.of("-stf", "statistics.csv", "-timeout", seconds + 60 + "s"));
      long startNs = System.nanoTime();
      Process sipp =
          new ProcessBuilder(Cores.pinned(Cores.measuring(), command))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .start();
      String said = new String(sipp.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      double ran = (System.nanoTime() - startNs) / 1e9;
      if (!Files.exists(folder.resolve("statistics.csv"))) {
        throw new IOException("sipp: " + said);
      }
      return read(folder, ran);
    } finally {
      delete(folder);
    }
  }

  private static Sipp read(Path folder, double seconds) throws IOException {
    List<String> csv = Files.readAllLines(folder.resolve("statistics.csv"));
    List<String> names = Arrays.asList(csv.get(0).split(";"));
    String[] last = csv.get(csv.size() - 1).split(";");
    List<Double> setupMs = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith("_rtt.csv")).toList()) {
        for (String line : Files.readAllLines(file)) {
          String[] cells = line.split(";");
          if (cells.length >= 2 && cells[1].matches("[0-9.]+")) {
            setupMs.add(Double.parseDouble(cells[1]));
          }
        }
      }
    }
    setupMs.sort(Comparator.naturalOrder());
    return new Sipp(
        Integer.parseInt(last[names.indexOf("TotalCallCreated")]),
        Integer.parseInt(last[names.indexOf("FailedCall(C)")]),
        Integer.parseInt(last[names.indexOf("Retransmissions(C)")]),
        setupMs,
        seconds);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }

  /** The setup time that the given part of all calls does not exceed, in ms. */
  public double setupMs(double part) throws IOException {
    if (setupMs.isEmpty()) {
      throw new IOException("sipp has timed no call");
    }
    return setupMs.get((int) Math.max(0, Math.ceil(part * setupMs.size()) - 1));
  }
}
