package org.mediacore.interop;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** The programs that the tests call, and what happens where one of them is not installed. */
enum Peers {
  BARESIP("baresip", "baresip-core"),
  SIPP("sipp", "sip-tester"),
  FFMPEG("ffmpeg", "ffmpeg"),
  GSTREAMER("gst-launch-1.0", "gstreamer1.0-tools");

  /** With the value {@code required} a missing program is a failure instead of a skip. */
  static final String VARIABLE = "MEDIACORE_PEERS";

  private final String program;
  private final String debianPackage;

  Peers(String program, String debianPackage) {
    this.program = program;
    this.debianPackage = debianPackage;
  }

  /** Returns the program's path; skips (or fails) the calling test where it is missing. */
  Path require() {
    Map<String, String> env = System.getenv();
    return require(env.getOrDefault("PATH", ""), "required".equals(env.get(VARIABLE)));
  }

  Path require(String searchPath, boolean required) {
    for (String folder : searchPath.split(File.pathSeparator)) {
      Path candidate = Path.of(folder, program);
      if (Files.isExecutable(candidate)) {
        return candidate;
      }
    }
    String message = program + " is not installed: Debian package " + debianPackage;
    if (required) {
      return Assertions.fail(message + " (" + VARIABLE + "=required)");
    }
    return Assumptions.abort(message);
  }
}
