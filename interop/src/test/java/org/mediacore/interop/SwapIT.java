package org.mediacore.interop;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of a codec is replaced under a call, in every way an operator may do it. */
class SwapIT {
  private static final Duration PART = Duration.ofSeconds(1);
  @TempDir Path folder;

  @Test
  void opusIsReplacedUnderACall() throws IOException {
    Peers.BARESIP.require();
    try (Platform platform = Platform.start(folder.resolve("home"));
        Baresip phone = Baresip.start(folder, "phone", 425, "opus/48000/1")) {
      Path first = platform.deployed("codec.opus");
      phone.dial(platform.uri("echo"));
      phone.awaitEstablished();
      phone.awaitTone(425, 0.8, PART);

      Path beside = first.resolveSibling("codec.opus-1.0.1.jar");
      copyAs("1.0.1", Platform.bundle("codec.opus"), beside);
      awaitSwapTo(platform, "1.0.1");
      phone.awaitTone(425, 0.8, phone.heard().length().plus(PART));

      Path over = folder.resolve("codec.opus-1.0.2.jar");
      copyAs("1.0.2", Platform.bundle("codec.opus"), over);
      Files.copy(over, beside, StandardCopyOption.REPLACE_EXISTING);
      awaitSwapTo(platform, "1.0.2");
      phone.awaitTone(425, 0.8, phone.heard().length().plus(PART));

      Files.delete(beside);
      awaitSwapTo(platform, "codec.opus 1.0.0  the provider has gone");
      phone.awaitTone(425, 0.8, phone.heard().length().plus(PART));
      phone.hangUp();
      phone.awaitClosed();
      Heard.onlyTone(phone, 425, PART.multipliedBy(4));

      String swaps = platform.shell("media:swaps");
      assertFalse(swaps.contains("quarantined"), swaps);
      for (String line : swaps.lines().filter(l -> l.contains("encoder opus")).toList()) {
        // Nothing missing, and one frame of 20 ms at 48 kHz from the packet before to the one
        // after.
        assertTrue(line.matches(".*\\s0\\s+960\\s+-\\s+0\\s+0\\s*"), swaps);
      }
      // An update in place may pass through the older version that still stands beside it.
      long replaced = swaps.lines().filter(l -> l.contains("opus/48000/2")).count();
      assertTrue(replaced == 6 || replaced == 8, swaps);
      platform.stop();
    }
  }

  private static void awaitSwapTo(Platform platform, String text) {
    Waiting.until(
        "a swap to " + text,
        Duration.ofSeconds(20),
        () ->
            platform
                    .shell("media:swaps")
                    .lines()
                    .filter(l -> l.contains("coder opus"))
                    .filter(l -> l.contains(text))
                    .count()
                >= 2,
        () -> platform.describe());
  }

  /** The same bundle under another version, as a rebuild would make it. */
  static void copyAs(String version, Path source, Path target) {
    try (JarFile jar = new JarFile(source.toFile())) {
      Manifest manifest = new Manifest(jar.getManifest());
      manifest.getMainAttributes().put(new Attributes.Name("Bundle-Version"), version);
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(target), manifest)) {
        for (JarEntry entry : jar.stream().toList()) {
          if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
            out.putNextEntry(new JarEntry(entry.getName()));
            jar.getInputStream(entry).transferTo(out);
          }
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
