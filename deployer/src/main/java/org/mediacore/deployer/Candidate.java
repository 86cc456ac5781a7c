package org.mediacore.deployer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * A jar that says of itself which bundle it is.
 *
 * @param file the jar
 * @param name its symbolic name
 * @param version its version
 * @param fingerprint of its content, so that a touched file is told from a changed one
 */
record Candidate(Path file, String name, Version version, String fingerprint) {
  private static final String OURS = "org.mediacore.";

  /** The file is no bundle, or not all of one. The message says what is wrong with it. */
  static final class BrokenJarException extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenJarException(String message) {
      super(message);
    }
  }

  /**
   * Opens a jar and reads its manifest.
   *
   * @throws BrokenJarException when it is no complete jar or no bundle
   */
  static Candidate read(Path file) throws BrokenJarException {
    try (JarFile jar = new JarFile(file.toFile(), false)) {
      Manifest manifest = jar.getManifest();
      if (manifest == null) {
        throw new BrokenJarException("no bundle: it has no META-INF/MANIFEST.MF");
      }
      String name = manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME);
      if (name == null || name.isBlank()) {
        throw new BrokenJarException("no bundle: its manifest has no Bundle-SymbolicName");
      }
      String version = manifest.getMainAttributes().getValue(Constants.BUNDLE_VERSION);
      return new Candidate(
          file, name.split(";", 2)[0].trim(), Version.parseVersion(version), fingerprint(jar));
    } catch (IllegalArgumentException e) {
      throw new BrokenJarException("no bundle: Bundle-Version: " + e.getMessage());
    } catch (IOException e) {
      throw new BrokenJarException("no complete jar: " + e.getMessage());
    }
  }

  private static String fingerprint(JarFile jar) {
    CRC32 crc = new CRC32();
    long lengthBytes = 0;
    Enumeration<JarEntry> entries = jar.entries();
    while (entries.hasMoreElements()) {
      JarEntry entry = entries.nextElement();
      lengthBytes += entry.getSize();
      String line = entry.getName() + ':' + entry.getCrc() + ':' + entry.getSize() + '\n';
      crc.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return String.format(Locale.ROOT, "%08x/%d", crc.getValue(), lengthBytes);
  }

  boolean sameBundleAs(Candidate other) {
    return name.equals(other.name) && version.equals(other.version);
  }

  /** Whether it is the same bundle with the same content, in whatever file. */
  boolean sameBuildAs(Candidate other) {
    return sameBundleAs(other) && fingerprint.equals(other.fingerprint);
  }

  /** What tells it from other builds of the same version: eight hexadecimal digits. */
  String checksum() {
    return fingerprint.substring(0, fingerprint.indexOf('/'));
  }

  /** The name without {@code org.mediacore.}, as operators write it. */
  String shortName() {
    return shortName(name);
  }

  static String shortName(String name) {
    return name.startsWith(OURS) ? name.substring(OURS.length()) : name;
  }

  String fileName() {
    return file.getFileName().toString();
  }

  @Override
  public String toString() {
    return name + " " + version;
  }
}
