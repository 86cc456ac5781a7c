package org.mediacore.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** One run of the platform: home, container, ready, and an end in order. */
final class Platform {
  private static final Duration UP_WITHIN = Duration.ofSeconds(15);
  private static final Duration DOWN_WITHIN = Duration.ofSeconds(10);

  private final Path distribution;
  private final Options options;
  private final PrintStream out;
  private final AtomicBoolean asked = new AtomicBoolean();

  Platform(Path distribution, Options options, PrintStream out) {
    this.distribution = distribution;
    this.options = options;
    this.out = out;
  }

  /**
   * Starts, prints where the platform listens and {@code ready}, and waits for the end.
   *
   * @return 0 once the container was stopped
   * @throws StartException when it could not start; everything is stopped again
   */
  int run() throws StartException {
    try (Home home = Home.open(options.home())) {
      Logging.configure();
      home.seed(distribution);
      Container container =
          Container.create(distribution.resolve("bundles"), home, options.overrides());
      Thread hook = new Thread(() -> stopAndExit(container), "stop");
      Runtime.getRuntime().addShutdownHook(hook);
      start(container, hook);
      container.awaitStop();
      return 0;
    } catch (IOException e) {
      throw new StartException("home " + options.home() + ": " + Reasons.of(e), e);
    }
  }

  private void start(Container container, Thread hook) throws StartException {
    try {
      for (String line : container.start(UP_WITHIN)) {
        out.println("listening  " + line);
      }
      out.println("ready");
      out.flush();
    } catch (StartException e) {
      if (!asked.get()) {
        Runtime.getRuntime().removeShutdownHook(hook);
        container.stop(DOWN_WITHIN);
      }
      throw e;
    }
  }

  /** SIGINT or SIGTERM: an ordinary end, so the exit code is 0 and not that of the signal. */
  private void stopAndExit(Container container) {
    asked.set(true);
    boolean stopped = container.stop(DOWN_WITHIN);
    System.out.flush();
    Runtime.getRuntime().halt(stopped ? 0 : 1);
  }
}
