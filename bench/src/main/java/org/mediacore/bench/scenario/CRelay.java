package org.mediacore.bench.scenario;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mediacore.bench.platform.Cores;
import org.mediacore.bench.platform.Generator;
import org.mediacore.bench.platform.NativeProgram;
import org.mediacore.bench.platform.PlatformProcess;
import org.mediacore.bench.platform.ProcessView;
import org.mediacore.bench.platform.Usage;

/** The relay in C under the same load: what sockets cost on this machine, at least. */
final class CRelay {
  private static final int FIRST_PORT = 20_000;

  private CRelay() {}

  /**
   * Measures it.
   *
   * @param calls bridges of two legs
   * @return empty where there is no compiler
   */
  static Optional<Generator.Run> measure(int calls, Duration duration) throws IOException {
    Optional<Path> program = NativeProgram.compile("relay");
    if (program.isEmpty()) {
      return Optional.empty();
    }
    Process relay =
        new ProcessBuilder(
                Cores.pinned(
                    Cores.measured(),
                    List.of(
                        program.get().toString(),
                        PlatformProcess.ADDRESS,
                        "" + FIRST_PORT,
                        "" + 2 * calls)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      if (relay.getInputStream().read() != 'r') {
        throw new IOException("the relay in C did not start");
      }
      ProcessView process = new ProcessView(relay.pid());
      return Optional.of(
          Generator.run(
              () -> Usage.of(process),
              duration.with(
                  "--sip",
                  PlatformProcess.ADDRESS + ":5060",
                  "--address",
                  PlatformProcess.ADDRESS,
                  "--ports",
                  "" + FIRST_PORT,
                  "--calls",
                  "" + calls)));
    } finally {
      relay.destroy();
    }
  }
}
