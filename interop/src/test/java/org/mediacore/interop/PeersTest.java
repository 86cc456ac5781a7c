package org.mediacore.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class PeersTest {
  @TempDir Path folder;

  @Test
  void missingProgramSkipsAndNamesThePackage() {
    String path = folder.toString();
    String message =
        assertThrows(TestAbortedException.class, () -> Peers.SIPP.require(path, false))
            .getMessage();
    assertTrue(message.contains("sip-tester"), message);
  }

  @Test
  void missingProgramFailsWhereItIsRequired() {
    String path = folder.toString();
    String message =
        assertThrows(AssertionFailedError.class, () -> Peers.BARESIP.require(path, true))
            .getMessage();
    assertTrue(message.contains("baresip-core"), message);
  }

  @Test
  void programIsFoundInTheSearchPath() throws IOException {
    Path program = Files.createFile(folder.resolve("sipp"));
    assertTrue(program.toFile().setExecutable(true));
    String path = folder.resolve("nothing") + File.pathSeparator + folder;
    assertEquals(program, Peers.SIPP.require(path, true));
  }
}
