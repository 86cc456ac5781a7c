package org.mediacore.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The harness itself never hangs and says why something did not happen. */
class WaitingTest {
  @TempDir Path folder;

  @Test
  void conditionThatNeverHoldsFailsWithItsContext() {
    String message =
        assertThrows(
                AssertionError.class,
                () -> Waiting.until("rain", Duration.ofMillis(30), () -> false, () -> "sunny"))
            .getMessage();
    assertTrue(message.contains("rain") && message.contains("sunny"), message);
  }

  @Test
  void programThatEndsEarlyIsReportedAtOnceWithItsOutput() {
    List<String> command = List.of("sh", "-c", "echo oh no; exit 3");
    try (Program program = Program.start("p", command, folder.resolve("log"), Map.of())) {
      String message =
          assertThrows(
                  AssertionError.class, () -> program.awaitLine("ready", Duration.ofSeconds(60)))
              .getMessage();
      assertTrue(message.contains("oh no") && message.contains("exit code 3"), message);
    }
  }

  @Test
  void interruptReachesAChildOfTheStartedScript() {
    List<String> command =
        List.of("sh", "-c", "trap 'exit 7' INT TERM; sleep 60 & echo ready; wait; exit 1");
    try (Program program = Program.start("p", command, folder.resolve("log"), Map.of())) {
      program.awaitLine("ready", Duration.ofSeconds(5));
      program.interrupt();
      assertEquals(7, program.awaitExit(Duration.ofSeconds(5)));
    }
  }

  @Test
  void programThatIgnoresTheEndIsKilled() {
    List<String> command =
        List.of("sh", "-c", "trap '' TERM; echo ready; while :; do sleep 1; done");
    Program program = Program.start("p", command, folder.resolve("log"), Map.of());
    program.awaitLine("ready", Duration.ofSeconds(5));
    program.close();
    assertTrue(program.awaitExit(Duration.ofSeconds(5)) != 0);
  }
}
