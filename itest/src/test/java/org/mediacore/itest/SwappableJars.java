package org.mediacore.itest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.osgi.framework.Constants;

/**
 * The jars of all bundles that may be replaced under calls, in several versions each: the one of
 * the distribution, and copies of it under higher versions, as rebuilds would make them.
 */
final class SwappableJars {
  /** The distribution's own version. */
  static final int ORIGINAL = 0;

  private static final Pattern SWAPPABLE =
      Pattern.compile(
          "org\\.mediacore\\."
              + "(codec|payload|processing|example|transport|endpoint|format|console)\\..+");
  private static final int COPIES = 3;

  private final Map<String, List<Path>> byName = new TreeMap<>();

  /**
   * Finds the jars and writes the copies.
   *
   * @param deployed where to look; what may not be replaced is left out
   * @param folder for the copies
   */
  SwappableJars(Path deployed, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Path jar : Distribution.jars(deployed)) {
      String name = symbolicName(jar);
      if (SWAPPABLE.matcher(name).matches()) {
        List<Path> versions = new ArrayList<>(List.of(jar));
        for (int copy = 1; copy <= COPIES; copy++) {
          Path target = folder.resolve(name + "-" + copy + ".jar");
          copyAs("1.0." + copy, jar, target);
          versions.add(target);
        }
        byName.put(name, versions);
      }
    }
  }

  private static String symbolicName(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      String header = file.getManifest().getMainAttributes().getValue("Bundle-SymbolicName");
      return header.split(";")[0].trim();
    }
  }

  private static void copyAs(String version, Path source, Path target) throws IOException {
    try (JarFile jar = new JarFile(source.toFile())) {
      Manifest manifest = new Manifest(jar.getManifest());
      manifest.getMainAttributes().put(new Attributes.Name(Constants.BUNDLE_VERSION), version);
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(target), manifest)) {
        out.setLevel(1);
        for (JarEntry entry : jar.stream().toList()) {
          if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
            out.putNextEntry(new JarEntry(entry.getName()));
            jar.getInputStream(entry).transferTo(out);
          }
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The symbolic names. */
  Set<String> names() {
    return new TreeSet<>(byName.keySet());
  }

  /** How many versions there are of each. */
  int versions() {
    return COPIES + 1;
  }

  /**
   * One jar.
   *
   * @param version from {@link #ORIGINAL} to below {@link #versions()}, higher ones being newer
   */
  Path jar(String name, int version) {
    return byName.get(name).get(version);
  }
}
