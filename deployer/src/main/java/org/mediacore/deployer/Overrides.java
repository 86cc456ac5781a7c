package org.mediacore.deployer;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Configuration values of the command line, which win over the files. They come as framework
 * properties: {@code org.mediacore.overrides} lists {@code PID/key}, separated by blanks, and each
 * value is in {@code org.mediacore.override.PID.key}.
 */
final class Overrides {
  private static final String LIST = "org.mediacore.overrides";
  private static final String PREFIX = "org.mediacore.override.";

  private final Map<String, Map<String, String>> byPid;

  private Overrides(Map<String, Map<String, String>> byPid) {
    this.byPid = byPid;
  }

  /**
   * @param property gives a framework property, or null
   */
  static Overrides of(UnaryOperator<String> property) {
    Map<String, Map<String, String>> byPid = new HashMap<>();
    String list = property.apply(LIST);
    for (String name : list == null ? new String[0] : list.trim().split("\\s+")) {
      int slash = name.indexOf('/');
      String value = property.apply(PREFIX + name.replace('/', '.'));
      if (slash > 0 && value != null) {
        byPid
            .computeIfAbsent(name.substring(0, slash), pid -> new TreeMap<>())
            .put(name.substring(slash + 1), value);
      }
    }
    return new Overrides(byPid);
  }

  Set<String> pids() {
    return byPid.keySet();
  }

  Map<String, String> of(String pid) {
    return byPid.getOrDefault(pid, Map.of());
  }
}
