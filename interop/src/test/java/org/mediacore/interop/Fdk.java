package org.mediacore.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** libfdk-aac, with which the platform sends AAC where the machine has it. */
final class Fdk {
  private static final String VARIABLE = "MEDIACORE_LIBFDK_AAC";
  private static final String MISSING =
      "the platform found no libfdk-aac 2: Debian package libfdk-aac2 (non-free), or set "
          + VARIABLE
          + " to the file";

  private Fdk() {}

  /** Tells a platform that is not yet started where it is, where the environment says. */
  static void configure(Path home) {
    String file = System.getenv().getOrDefault(VARIABLE, "");
    if (file.isEmpty()) {
      return;
    }
    try {
      Path conf = Files.createDirectories(home.resolve("conf"));
      Files.writeString(conf.resolve("org.mediacore.codec.aac.cfg"), "library = " + file + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a platform that has just made its codecs says that it found one. */
  static boolean isFoundBy(Platform platform) {
    return platform.describe().contains("AAC is encoded through");
  }

  /** Skips the calling test where there is none; fails where there should be one. */
  static void require(boolean found) {
    if (!found && !System.getenv().getOrDefault(VARIABLE, "").isEmpty()) {
      Assertions.fail(MISSING);
    }
    Assumptions.assumeTrue(found, MISSING);
  }
}
