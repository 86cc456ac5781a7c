package org.mediacore.bench.platform;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the project's folder is. */
public final class Project {
  private static final String ROOT_PROPERTY = "mediacore.root";

  private Project() {}

  /**
   * The project's folder: the system property {@code mediacore.root}, or where this program lies.
   *
   * @throws IOException where it is not found
   */
  public static Path root() throws IOException {
    String given = System.getProperty(ROOT_PROPERTY, "");
    if (!given.isEmpty()) {
      return Path.of(given).toAbsolutePath().normalize();
    }
    try {
      Path here =
          Path.of(Project.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      for (Path folder = here; folder != null; folder = folder.getParent()) {
        if (Files.exists(folder.resolve("bench/pom.xml"))) {
          return folder;
        }
      }
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
    throw new IOException("the project's folder is not known; set -D" + ROOT_PROPERTY);
  }

  /** Where results go: {@code bench/target/results}. */
  public static Path results() throws IOException {
    return root().resolve("bench/target/results");
  }
}
