package org.mediacore.bench.platform;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The platform as a user starts it, {@code ./mediacore run}, in a home of its own, on a loopback
 * address of its own so that another one on the machine is not in the way.
 */
public final class PlatformProcess implements AutoCloseable {
  /** Where it listens. */
  public static final String ADDRESS = "127.0.0.2";

  /** How the names of media loop threads begin. */
  public static final String LOOP_THREAD = "media-loop-";

  private static final int START_SECONDS = 60;
  private static final int STOP_SECONDS = 30;
  private static final int LAST_LINES = 20;

  private final Process process;
  private final Path home;
  private final int sipPort;
  private final long startedNs;
  private final List<String> output = new ArrayList<>();
  private final CompletableFuture<Long> readyNs = new CompletableFuture<>();

  private PlatformProcess(Process process, Path home, int sipPort, long startedNs) {
    this.process = process;
    this.home = home;
    this.sipPort = sipPort;
    this.startedNs = startedNs;
  }

  /**
   * Starts it on the measured core with one media loop and waits until it is ready.
   *
   * @param javaOptions further options of its Java machine; may be empty
   * @throws IOException where it does not become ready; the message holds what it said
   */
  public static PlatformProcess start(String javaOptions) throws IOException {
    return start(javaOptions, true);
  }

  /**
   * Starts it; as {@link #start(String)}, pinned to the measured core or not.
   *
   * @param pinned whether it has one core and one loop; else all cores, and a loop for each
   * @param further options of {@code run}
   */
  public static PlatformProcess start(String javaOptions, boolean pinned, String... further)
      throws IOException {
    Path home = Files.createTempDirectory("mediacore-bench-home-");
    int port = freePort();
    List<String> command = new ArrayList<>();
    command.add(Project.root().resolve("mediacore").toString());
    command.addAll(List.of("run", "--home", home.toString(), "--sip", ADDRESS + ":" + port));
    command.addAll(List.of("--rtp", ADDRESS + ":20000-29999"));
    if (pinned) {
      command.addAll(List.of("--loops", "1"));
    }
    command.addAll(List.of(further));
    ProcessBuilder builder =
        new ProcessBuilder(pinned ? Cores.pinned(Cores.measured(), command) : Cores.free(command))
            .redirectErrorStream(true);
    builder.environment().put("MEDIACORE_NO_BUILD", "1");
    builder.environment().put("MEDIACORE_JAVA_OPTS", javaOptions);
    long startedNs = System.nanoTime();
    PlatformProcess platform = new PlatformProcess(builder.start(), home, port, startedNs);
    try {
      platform.awaitReady();
      return platform;
    } catch (IOException notReady) {
      platform.close();
      throw notReady;
    }
  }

  private static int freePort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName(ADDRESS))) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady() throws IOException {
    Thread reader = new Thread(this::read, "platform-output");
    reader.setDaemon(true);
    reader.start();
    try {
      readyNs.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the platform did not become ready:\n" + lastLines(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void read() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.equals("ready")) {
          readyNs.complete(System.nanoTime());
        }
        keep(line);
      }
    } catch (IOException ended) {
      keep("(" + ended.getMessage() + ")");
    }
    readyNs.completeExceptionally(new IOException("it ended"));
  }

  /** Calls begin and end in thousands of lines; only the last ones and the warnings are kept. */
  private synchronized void keep(String line) {
    if (output.size() >= LAST_LINES && !output.get(0).matches(".* (WARN|ERROR) .*")) {
      output.remove(0);
    }
    output.add(line);
  }

  private synchronized String lastLines() {
    return String.join("\n", output);
  }

  /** The warnings and errors it has logged. */
  public synchronized List<String> warnings() {
    return output.stream().filter(line -> line.matches(".* (WARN|ERROR) .*")).toList();
  }

  /** Its process, the Java machine itself. */
  public long pid() {
    return process.pid();
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Its SIP address and port. */
  public String sip() {
    return ADDRESS + ":" + sipPort;
  }

  /** Its home folder. */
  public Path home() {
    return home;
  }

  /**
   * Runs one command of its shell.
   *
   * @return what it said
   * @throws IOException where the command failed; the message holds what it said
   */
  public String shell(String command) throws IOException {
    Process shell =
        new ProcessBuilder(
                Project.root().resolve("mediacore").toString(),
                "shell",
                "--home",
                home.toString(),
                command)
            .redirectErrorStream(true)
            .start();
    try (BufferedReader lines = shell.inputReader()) {
      String said = lines.lines().collect(Collectors.joining("\n"));
      if (shell.waitFor() != 0) {
        throw new IOException(command + " failed: " + said);
      }
      return said;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      shell.destroy();
    }
  }

  /** The time from starting the process to the line {@code ready}, in ms. */
  public double startMs() {
    return (readyNs.join() - startedNs) / 1e6;
  }

  /** Ends it as Ctrl-C would, and removes its home. */
  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("the platform did not stop in " + STOP_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      deleteHome();
    }
  }

  private void deleteHome() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
