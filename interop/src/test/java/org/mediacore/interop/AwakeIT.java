package org.mediacore.interop;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run --awake}: the kernel keeps cores awake while somebody has the device open. */
class AwakeIT {
  private static final Path DEVICE = Path.of("/dev/cpu_dma_latency");

  @TempDir Path folder;

  @BeforeEach
  void requireThePermission() {
    assumeTrue(mayBeOpened(), DEVICE + " is not here, or may not be written to");
  }

  private static boolean mayBeOpened() {
    try (FileChannel device = FileChannel.open(DEVICE, StandardOpenOption.WRITE)) {
      return device.isOpen();
    } catch (IOException missing) {
      return false;
    }
  }

  @Test
  void thePlatformHasTheDeviceOpen() throws IOException {
    try (Platform platform = Platform.start(folder.resolve("home"), "--awake")) {
      assertTrue(hasItOpen(platform), "no descriptor of " + DEVICE);
      platform.stop();
    }
  }

  @Test
  void unaskedItHasNot() throws IOException {
    try (Platform platform = Platform.start(folder.resolve("home"))) {
      assertFalse(hasItOpen(platform), "a descriptor of " + DEVICE);
      platform.stop();
    }
  }

  private static boolean hasItOpen(Platform platform) throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + platform.pid() + "/fd"))) {
      for (Path descriptor : descriptors.toList()) {
        try {
          if (Files.readSymbolicLink(descriptor).equals(DEVICE)) {
            return true;
          }
        } catch (NoSuchFileException closed) {
          // then it is not the one
        }
      }
    }
    return false;
  }
}
