package org.mediacore.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Does what docs/extending.md says, as somebody who has nothing but a checkout: the very commands
 * of the page, in an empty folder, with a home directory and a local Maven repository of its own.
 */
class ExtendingIT {
  private static final Path ROOT =
      Path.of(System.getProperty("mediacore.root", "..")).toAbsolutePath().normalize();
  private static final Duration BLOCK = Duration.ofSeconds(120);
  private static final String RUN = "\"$MEDIACORE/mediacore\" run --home home";
  private static final Pattern LEVEL = Pattern.compile("heard, at (-\\d+\\.\\d) dBFS");
  private static final double SAID_DBFS = -15.1;

  @TempDir Path folder;

  @Test
  void pageBringsACodecAndAProcessorIntoLiveCalls() throws IOException {
    Path work = Files.createDirectory(folder.resolve("my-parts"));
    Map<String, StringBuilder> outputs = new LinkedHashMap<>();
    Platform platform = null;
    try {
      for (Guide.Block block : Guide.read(ROOT.resolve("docs/extending.md"))) {
        if (block.kind().equals("sh run")) {
          assertEquals(RUN, block.commands(), "Platform starts the platform in this way");
          platform = Platform.start(work.resolve("home"));
        } else {
          assertEquals("sh", block.kind());
          outputs
              .computeIfAbsent(block.section(), section -> new StringBuilder())
              .append(run(work, block.commands(), platform));
        }
      }
      assertEquals(
          List.of("What you need", "A codec", "A new version, under a call", "A processor"),
          List.copyOf(outputs.keySet()));
      codecWasInACall(outputs.get("A codec").toString(), SAID_DBFS);
      newVersionTookTheCallOver(outputs.get("A new version, under a call").toString());
      codecWasInACall(outputs.get("A processor").toString(), SAID_DBFS - 6);
      platform.stop();
    } finally {
      if (platform != null) {
        platform.close();
      }
    }
  }

  private static void codecWasInACall(String output, double levelDbfs) {
    assertTrue(output.contains("the call is up with tiny/16000"), output);
    Matcher level = LEVEL.matcher(output);
    assertTrue(level.find(), output);
    assertEquals(levelDbfs, Double.parseDouble(level.group(1)), 0.5, output);
    assertTrue(output.contains("missing 0"), output);
  }

  private static void newVersionTookTheCallOver(String output) {
    codecWasInACall(output, SAID_DBFS);
    for (String part : new String[] {"decoder", "encoder"}) {
      assertTrue(
          output
              .lines()
              .anyMatch(
                  line ->
                      line.contains(part + " tiny/16000")
                          && line.matches(
                              ".*org\\.example\\.tiny 1\\.0\\.0 +org\\.example\\.tiny"
                                  + " 1\\.1\\.0.*")),
          output);
    }
    assertFalse(output.contains("quarantined"), output);
  }

  /** Runs a block as it stands, but for the port, and returns what it printed. */
  private String run(Path work, String commands, Platform platform) throws IOException {
    String here =
        platform == null
            ? commands
            : commands.replace("127.0.0.1:5060", "127.0.0.1:" + platform.sipPort());
    Path log = Files.createTempFile(folder, "block", ".log");
    // Program starts everything in the test's own folder.
    String line = "cd '" + work + "'\n" + here;
    try (Program shell =
        Program.start(
            "block", List.of("bash", "-euo", "pipefail", "-c", line), log, environment())) {
      int exit = shell.awaitExit(BLOCK);
      assertEquals(0, exit, () -> here + "\n" + shell.describe() + platformLog(platform));
      return shell.log();
    }
  }

  private static String platformLog(Platform platform) {
    return platform == null ? "" : "\n" + platform.describe();
  }

  private Map<String, String> environment() throws IOException {
    Path user = folder.resolve("user");
    Path settings = user.resolve(".m2/settings.xml");
    if (!Files.exists(settings)) {
      Files.createDirectories(settings.getParent());
      Files.writeString(settings, settings());
    }
    return Map.of("MEDIACORE", ROOT.toString(), "MAVEN_OPTS", "-Duser.home=" + user);
  }

  /**
   * What the build of this repository has downloaded is there; for the rest Maven goes to Central.
   */
  private static String settings() {
    String local = System.getProperty("mediacore.repository");
    assertTrue(local != null && !local.isEmpty(), "mediacore.repository is not set");
    String url = "<id>downloaded</id><url>" + Path.of(local).toUri() + "</url>";
    return "<settings><profiles><profile><id>downloaded</id>"
        + ("<repositories><repository>" + url + "</repository></repositories>")
        + ("<pluginRepositories><pluginRepository>" + url + "</pluginRepository>")
        + "</pluginRepositories></profile></profiles>"
        + "<activeProfiles><activeProfile>downloaded</activeProfile></activeProfiles></settings>";
  }
}
