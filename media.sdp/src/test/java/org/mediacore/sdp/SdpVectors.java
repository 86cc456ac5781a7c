package org.mediacore.sdp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Finds the reference data; tests that need it are skipped where it is missing. */
final class SdpVectors {
  private SdpVectors() {}

  static boolean available() {
    return Files.isDirectory(root());
  }

  private static Path root() {
    return Path.of(System.getenv().getOrDefault("MEDIACORE_VECTORS", "../../shared/vectors"));
  }

  static Path directory(String name) {
    Path directory = root().resolve(name);
    Assumptions.assumeTrue(
        Files.isDirectory(directory),
        () -> "no " + directory.toAbsolutePath() + ": set MEDIACORE_VECTORS");
    return directory;
  }

  static List<Path> files(Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(file -> file.toString().endsWith(".sdp")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a lossless parser must give back: the lines, CRLF, no blank lines at the end. */
  static String normalised(String text) {
    return text.replace("\r\n", "\n").replaceAll("\\s*\\z", "").replace("\n", "\r\n") + "\r\n";
  }
}
