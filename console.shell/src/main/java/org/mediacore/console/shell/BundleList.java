package org.mediacore.console.shell;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleRevision;

/** The container's bundles as text. */
final class BundleList {
  private static final List<String> NAMESPACES = List.of("media.codec", "media.payload");

  private BundleList() {}

  static String of(Bundle[] bundles) {
    Table table = new Table("ID", "STATE", "LEVEL", "NAME", "VERSION", "CODECS", "FROM");
    for (Bundle bundle : bundles) {
      String location = bundle.getLocation();
      table.row(
          bundle.getBundleId(),
          state(bundle),
          bundle.adapt(BundleStartLevel.class).getStartLevel(),
          bundle.getSymbolicName(),
          bundle.getVersion(),
          codecs(bundle),
          isBase(bundle) ? "base: restart" : location);
    }
    return table + "\nbase: not swapped but replaced by a restart (docs/live-swap.md); media:swap";
  }

  /** What the launcher installs from files, and the framework itself. */
  private static boolean isBase(Bundle bundle) {
    return bundle.getBundleId() == 0 || bundle.getLocation().startsWith("file:");
  }

  private static String codecs(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    if (revision == null) {
      return "-";
    }
    String codecs =
        NAMESPACES.stream()
            .flatMap(namespace -> revision.getDeclaredCapabilities(namespace).stream())
            .map(capability -> capability.getAttributes().get("encoding"))
            .filter(Objects::nonNull)
            .map(String::valueOf)
            .distinct()
            .collect(Collectors.joining(","));
    return codecs.isEmpty() ? "-" : codecs;
  }

  private static String state(Bundle bundle) {
    String name =
        switch (bundle.getState()) {
          case Bundle.ACTIVE -> "ACTIVE";
          case Bundle.RESOLVED -> "RESOLVED";
          case Bundle.STARTING -> "STARTING";
          case Bundle.STOPPING -> "STOPPING";
          case Bundle.INSTALLED -> "INSTALLED";
          default -> "UNINSTALLED";
        };
    return name.toLowerCase(Locale.ROOT);
  }
}
