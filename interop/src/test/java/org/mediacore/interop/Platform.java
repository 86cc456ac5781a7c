package org.mediacore.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The platform as a user runs it: {@code ./mediacore run} with a home of its own. */
final class Platform implements AutoCloseable {
  private static final Path ROOT =
      Path.of(System.getProperty("mediacore.root", "..")).toAbsolutePath().normalize();
  private static final Path LAUNCHER = ROOT.resolve("mediacore");

  /** Where the build leaves the codec bundles that a new home receives. */
  private static final Path DEPLOYABLE = ROOT.resolve("launcher/target/dist/deploy");

  /** Tells the launcher script to run what is built instead of checking whether it is stale. */
  private static final Map<String, String> ENVIRONMENT = Map.of("MEDIACORE_NO_BUILD", "1");

  private static final Duration START = Duration.ofSeconds(20);
  private static final Duration STOP = Duration.ofSeconds(15);
  private static final Duration SHELL = Duration.ofSeconds(10);
  private static final int RTP_PORTS = 1_000;

  private final Path home;
  private final int sipPort;
  private final Program program;

  private Platform(Path home, int sipPort, Program program) {
    this.home = home;
    this.sipPort = sipPort;
    this.program = program;
  }

  /** The script that starts it. */
  static Path script() {
    return LAUNCHER;
  }

  /**
   * Starts the platform and waits until it says {@code ready}.
   *
   * @param home its home; what is there already, such as deploy/, is kept
   * @param options more options of {@code run}
   */
  static Platform start(Path home, String... options) {
    assertTrue(
        Files.isExecutable(LAUNCHER) && Files.isDirectory(DEPLOYABLE),
        () -> "no built distribution under " + ROOT + ": run './mediacore build' first");
    int sipPort = Ports.block(2);
    int rtpPort = Ports.block(RTP_PORTS);
    List<String> command =
        new ArrayList<>(
            List.of(
                LAUNCHER.toString(),
                "run",
                "--home",
                home.toString(),
                "--sip",
                "127.0.0.1:" + sipPort,
                "--rtp",
                "127.0.0.1:" + rtpPort + "-" + (rtpPort + RTP_PORTS - 1)));
    command.addAll(Arrays.asList(options));
    try {
      Files.createDirectories(home);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Program program = Program.start("platform", command, home.resolve("out.log"), ENVIRONMENT);
    try {
      program.awaitLine("ready", START);
    } catch (AssertionError e) {
      program.close();
      throw e;
    }
    return new Platform(home, sipPort, program);
  }

  /**
   * Finds a bundle of the distribution.
   *
   * @param name its artifact, such as {@code codec.opus}
   */
  static Path bundle(String name) {
    return jar(DEPLOYABLE, name);
  }

  /** Whether a new home receives that bundle; a slim distribution is without some. */
  static boolean ships(String name) {
    try (Stream<Path> files = Files.list(DEPLOYABLE)) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith(name + "-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Finds a bundle in home/deploy. */
  Path deployed(String name) {
    return jar(home.resolve("deploy"), name);
  }

  private static Path jar(Path folder, String name) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches(name + "(-[0-9].*)?\\.jar"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no " + name + " in " + folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int sipPort() {
    return sipPort;
  }

  /** Its process, the Java machine itself. */
  long pid() {
    return program.pid();
  }

  /** The address of one of its endpoints: {@code echo}, {@code bridge-x}. */
  String uri(String user) {
    return "sip:" + user + "@127.0.0.1:" + sipPort;
  }

  Path data() {
    return home.resolve("data");
  }

  /** Runs one command of the shell, as {@code ./mediacore shell} does, and returns its output. */
  String shell(String command) {
    return shell(command, 0);
  }

  /** Runs one command of the shell that has to fail, and returns what it says. */
  String shellRefuses(String command) {
    return shell(command, 1);
  }

  /** Starts a command of the shell and does not wait for its end. */
  Program shellStart(String command) {
    Path out = home.resolve("shell-" + System.nanoTime() + ".out");
    List<String> line = List.of(LAUNCHER.toString(), "shell", "--home", home.toString(), command);
    return Program.start("shell", line, out, ENVIRONMENT);
  }

  private String shell(String command, int status) {
    try (Program shell = shellStart(command)) {
      int exit = shell.awaitExit(SHELL);
      assertEquals(status, exit, shell::describe);
      return shell.log();
    }
  }

  /** Waits until the shell's list of codecs has a codec, or has it no longer. */
  void awaitCodec(String encoding, boolean there) {
    Waiting.until(
        "media:codecs " + (there ? "lists " : "no longer lists ") + encoding,
        Duration.ofSeconds(20),
        () -> shell("media:codecs").toLowerCase(Locale.ROOT).contains(encoding) == there,
        () -> shell("media:codecs") + "\n" + describe());
  }

  /** Log, for a failure's message. */
  String describe() {
    return program.describe();
  }

  /** Presses Ctrl-C, waits for the end and checks that it was an orderly one. */
  void stop() {
    assertTrue(program.isAlive(), () -> "the platform ended by itself\n" + describe());
    program.interrupt();
    int exit = program.awaitExit(STOP);
    assertEquals(0, exit, this::describe);
  }

  /** Ends it without judging. */
  @Override
  public void close() {
    program.close();
  }
}
