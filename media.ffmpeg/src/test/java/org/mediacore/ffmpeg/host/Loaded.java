package org.mediacore.ffmpeg.host;

import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.mediacore.api.MediaSetupException;

/** The library for tests; they are skipped on machines that it is not for. */
final class Loaded {
  private Loaded() {}

  static FFmpegLibrary ffmpeg() {
    String machine = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    Assumptions.assumeTrue(
        machine.equals("Linux amd64"), "natives are for Linux amd64: " + machine);
    try {
      return FFmpegLibrary.load(Path.of("target/natives"));
    } catch (MediaSetupException broken) {
      throw new AssertionError(broken);
    }
  }
}
