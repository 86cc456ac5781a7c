package org.mediacore.tck;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.Deflater;

/** Makes jars of the bundle under test, under whichever version a test needs. */
final class BundleJar {
  private static final Attributes.Name VERSION = new Attributes.Name("Bundle-Version");

  private BundleJar() {}

  /** What the manifest in a jar or a folder of classes says. */
  static ManifestHeaders headers(Path bundle) throws IOException {
    return new ManifestHeaders(manifest(bundle));
  }

  private static Manifest manifest(Path bundle) throws IOException {
    if (Files.isRegularFile(bundle)) {
      try (JarFile jar = new JarFile(bundle.toFile())) {
        return requireBundle(jar.getManifest(), bundle);
      }
    }
    Path file = bundle.resolve(JarFile.MANIFEST_NAME);
    if (!Files.isRegularFile(file)) {
      throw new AssertionError(
          "there is no "
              + file.toAbsolutePath()
              + ": bnd writes it (bnd-process) before tests run");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return requireBundle(new Manifest(in), bundle);
    }
  }

  private static Manifest requireBundle(Manifest manifest, Path bundle) {
    if (manifest == null || new ManifestHeaders(manifest).symbolicName().isEmpty()) {
      throw new AssertionError("no bundle, it has no Bundle-SymbolicName: " + bundle);
    }
    return manifest;
  }

  /**
   * Writes a jar of the same content, as a rebuild under this version would make it.
   *
   * @param source a jar, or a folder of classes with its manifest
   */
  static void copyAs(String version, Path source, Path target) throws IOException {
    Manifest manifest = manifest(source);
    manifest.getMainAttributes().put(VERSION, version);
    try (OutputStream file = Files.newOutputStream(target);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      out.setLevel(Deflater.BEST_SPEED);
      if (Files.isRegularFile(source)) {
        copyJar(source, out);
      } else {
        copyFolder(source, out);
      }
    }
  }

  private static void copyJar(Path source, JarOutputStream out) throws IOException {
    try (JarFile jar = new JarFile(source.toFile())) {
      for (JarEntry entry : jar.stream().toList()) {
        if (!entry.isDirectory() && belongs(entry.getName())) {
          out.putNextEntry(new JarEntry(entry.getName()));
          try (InputStream in = jar.getInputStream(entry)) {
            in.transferTo(out);
          }
        }
      }
    }
  }

  private static void copyFolder(Path source, JarOutputStream out) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(source)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      String name = source.relativize(file).toString().replace('\\', '/');
      if (belongs(name)) {
        out.putNextEntry(new JarEntry(name));
        Files.copy(file, out);
      }
    }
  }

  /** The manifest is written by us, and a signature would not fit it any more. */
  private static boolean belongs(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    boolean signature = upper.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
    return !upper.equals(JarFile.MANIFEST_NAME) && !signature;
  }
}
