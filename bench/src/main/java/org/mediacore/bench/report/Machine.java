package org.mediacore.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mediacore.bench.platform.Cores;

/**
 * Where and when it was measured.
 *
 * @param values names and texts, in the order of reading; what is not known is absent
 */
record Machine(Map<String, String> values) {
  static Machine now() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("cpu", cpu());
    values.put("cores", "" + Cores.number());
    values.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    values.put("jdk", System.getProperty("java.vm.name") + " " + Runtime.version());
    values.put(
        "date",
        ZonedDateTime.now(ZoneOffset.UTC)
            .format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm'Z'")));
    load(values);
    return new Machine(values);
  }

  private static String cpu() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 2))
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException notLinux) {
      return System.getProperty("os.arch");
    }
  }

  /** The load before the benchmark begins: whether the machine was shared. */
  private static void load(Map<String, String> values) {
    try {
      values.put("load", Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
    } catch (IOException notLinux) {
      return; // not known
    }
  }

  /** All in one line. */
  String line() {
    String load = values.containsKey("load") ? ", load before " + values.get("load") : "";
    return values.get("cpu")
        + ", "
        + values.get("cores")
        + " cores, "
        + values.get("jdk")
        + ", "
        + values.get("os")
        + ", "
        + values.get("date")
        + load;
  }
}
