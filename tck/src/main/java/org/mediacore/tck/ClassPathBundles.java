package org.mediacore.tck;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Manifest;

/** The bundles on the test's class path, be they jars or folders of classes. */
final class ClassPathBundles {
  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  /**
   * One of them.
   *
   * @param path its jar or folder
   * @param headers what its manifest says
   */
  record Found(Path path, ManifestHeaders headers) {}

  private final Map<String, Found> bySymbolicName = new LinkedHashMap<>();

  ClassPathBundles() {
    try {
      for (URL url :
          Collections.list(ClassPathBundles.class.getClassLoader().getResources(MANIFEST))) {
        try (InputStream in = url.openStream()) {
          ManifestHeaders headers = new ManifestHeaders(new Manifest(in));
          if (!headers.symbolicName().isEmpty()) {
            bySymbolicName.putIfAbsent(headers.symbolicName(), new Found(pathOf(url), headers));
          }
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the class path cannot be read", unreadable);
    }
  }

  private static Path pathOf(URL manifest) {
    String text = manifest.toString();
    text = text.substring(0, text.length() - MANIFEST.length());
    if (text.startsWith("jar:")) {
      text = text.substring("jar:".length(), text.length() - "!/".length());
    }
    try {
      return Path.of(new URI(text));
    } catch (URISyntaxException odd) {
      throw new IllegalStateException("not a file: " + manifest, odd);
    }
  }

  /** The first bundle of this name. */
  Optional<Found> named(String symbolicName) {
    return Optional.ofNullable(bySymbolicName.get(symbolicName));
  }

  Found require(String symbolicName) {
    return named(symbolicName)
        .orElseThrow(
            () ->
                new AssertionError(
                    "there is no bundle " + symbolicName + " on the test's class path"));
  }

  /** The first bundle that exports this package. */
  Optional<Found> exporterOf(String packageName) {
    return bySymbolicName.values().stream()
        .filter(found -> found.headers().exportedPackages().contains(packageName))
        .findFirst();
  }
}
