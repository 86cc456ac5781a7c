package org.mediacore.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.jar.Manifest;

/** What a manifest says about a bundle: the few headers that setting up a container takes. */
final class ManifestHeaders {
  private final Manifest manifest;

  ManifestHeaders(Manifest manifest) {
    this.manifest = manifest;
  }

  /** The symbolic name without its directives; empty where this is no bundle. */
  String symbolicName() {
    return parts(value("Bundle-SymbolicName"), ';').get(0);
  }

  String version() {
    String version = value("Bundle-Version");
    return version.isEmpty() ? "0.0.0" : version;
  }

  /** The text of {@code Export-Package}; empty where nothing is exported. */
  String exports() {
    return value("Export-Package");
  }

  List<String> exportedPackages() {
    return packages(value("Export-Package"));
  }

  List<String> importedPackages() {
    return packages(value("Import-Package"));
  }

  private String value(String header) {
    String value = manifest.getMainAttributes().getValue(header);
    return value == null ? "" : value;
  }

  /** The paths in front of the attributes, as in {@code a;b;version=1,c} (OSGi Core 8 §1.3.2). */
  private static List<String> packages(String header) {
    List<String> packages = new ArrayList<>();
    for (String clause : parts(header, ',')) {
      for (String part : parts(clause, ';')) {
        if (!part.isEmpty() && part.indexOf('=') < 0) {
          packages.add(part);
        }
      }
    }
    return packages;
  }

  /** Cuts at a separator that stands outside of quotes. */
  private static List<String> parts(String text, char separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      quoted ^= text.charAt(i) == '"';
      if (!quoted && text.charAt(i) == separator) {
        parts.add(text.substring(start, i).trim());
        start = i + 1;
      }
    }
    parts.add(text.substring(start).trim());
    return parts;
  }
}
