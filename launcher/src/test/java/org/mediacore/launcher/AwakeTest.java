package org.mediacore.launcher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwakeTest {
  @TempDir Path folder;

  @Test
  void noLatencyIsAskedForAndNothingIsWrittenBehindIt() throws IOException, StartException {
    Path device = Files.createFile(folder.resolve("cpu_dma_latency"));
    try (Awake awake = Awake.open(device)) {
      assertArrayEquals(new byte[4], Files.readAllBytes(device));
    }
    assertArrayEquals(new byte[4], Files.readAllBytes(device));
  }

  @Test
  void withoutTheDeviceItSaysSoAndMakesNone() {
    Path device = folder.resolve("none");
    StartException failed = assertThrows(StartException.class, () -> Awake.open(device));
    assertEquals("--awake needs Linux: there is no " + device, failed.getMessage());
    assertFalse(Files.exists(device));
  }

  @Test
  void whatCannotBeWrittenToIsNamed() throws IOException {
    Path device = Files.createDirectory(folder.resolve("directory"));
    StartException failed = assertThrows(StartException.class, () -> Awake.open(device));
    assertEquals("--awake", failed.getMessage().split(":")[0], failed.getMessage());
  }
}
