package org.mediacore.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** One run of the platform: home, container, ready, and an end in order. */
final class Platform {
  private static final Duration UP_WITHIN = Duration.ofSeconds(15);
  private static final Duration DOWN_WITHIN = Duration.ofSeconds(10);

  private final Path distribution;
  private final Options options;
  private final PrintStream out;
  private final AtomicBoolean asked = new AtomicBoolean();
  private volatile Optional<Container> container = Optional.empty();

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
    Optional<RealTime> realTime =
        options.realTime() ? Optional.of(RealTime.require()) : Optional.empty();
    // From the first moment on: who interrupts a start that takes long has asked for the end as
    // well.
    Thread hook = new Thread(this::stopAndExit, "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try (Home home = Home.open(options.home());
        Awake awake = options.awake() ? Awake.open(Awake.DEVICE) : null) {
      Logging.configure();
      home.seed(distribution);
      Container made = Container.create(distribution.resolve("bundles"), home, options.overrides());
      container = Optional.of(made);
      start(made, realTime);
      made.awaitStop();
      return 0;
    } catch (IOException e) {
      keepExitCode(hook);
      throw new StartException("home " + options.home() + ": " + Reasons.of(e), e);
    } catch (StartException e) {
      keepExitCode(hook);
      throw e;
    }
  }

  private void start(Container made, Optional<RealTime> realTime) throws StartException {
    try {
      List<String> listening = made.start(UP_WITHIN);
      if (realTime.isPresent()) {
        realTime.get().give();
      }
      for (String line : listening) {
        out.println("listening  " + line);
      }
      out.println("ready");
      out.flush();
    } catch (StartException e) {
      if (!asked.get()) {
        made.stop(DOWN_WITHIN);
      }
      throw e;
    }
  }

  /** What failed has an exit code of its own, unless the end was asked for meanwhile. */
  private void keepExitCode(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      asked.set(true); // the hook runs, and ends the virtual machine
    }
  }

  /** SIGINT or SIGTERM: an ordinary end, so the exit code is 0 and not that of the signal. */
  private void stopAndExit() {
    asked.set(true);
    boolean stopped = container.map(made -> made.stop(DOWN_WITHIN)).orElse(true);
    System.out.flush();
    Runtime.getRuntime().halt(stopped ? 0 : 1);
  }
}
