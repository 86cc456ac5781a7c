package org.mediacore.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run --realtime}: who has real-time priority, and who has not. */
class RealTimeIT {
  private static final Duration CALL = Duration.ofSeconds(2);

  /** In /proc/PID/task/TID/stat, counted behind the name: rt_priority and policy, proc(5). */
  private static final int PRIORITY = 37;

  private static final int POLICY = 38;
  private static final String FIFO = "1";

  @TempDir Path folder;

  @BeforeEach
  void requireThePermission() {
    assumeTrue(
        Files.isDirectory(Path.of("/proc/self/task")) && exit("chrt", "--fifo", "10", "true") == 0,
        "real-time priority may not be given here");
  }

  private int exit(String... command) {
    try (Program program =
        Program.start(command[0], List.of(command), folder.resolve("log"), Map.of())) {
      return program.awaitExit(CALL);
    } catch (UncheckedIOException missing) {
      return -1;
    }
  }

  @Test
  void loopsHaveItAndWhoTheyStartHasNot() throws IOException {
    Peers.BARESIP.require();
    try (Platform platform = Platform.start(folder.resolve("home"), "--realtime", "--loops", "2");
        Baresip phone = Baresip.start(folder, "phone", 425, "opus/48000/1")) {
      phone.dial(platform.uri("echo"));
      phone.awaitEstablished();
      phone.awaitTone(425, 0.8, CALL);
      phone.hangUp();
      phone.awaitClosed();
      awaitThread(platform, "media-close");
      assertEquals(
          Map.of("media-loop-0", "10", "media-loop-1", "10", "VM Thread", "10"),
          realTime(platform));
      String command = Files.readString(Path.of("/proc/" + platform.pid() + "/cmdline"));
      assertTrue(command.contains("-XX:PerMethodTrapLimit=0"), command);
      platform.stop();
    }
  }

  @Test
  void shenandoahBeforeJava25IsRefused() throws IOException {
    Path out = folder.resolve("out");
    List<String> run =
        List.of(Platform.script().toString(), "run", "--home", folder + "/home", "--realtime");
    Map<String, String> environment =
        Map.of(
            "MEDIACORE_NO_BUILD", "1",
            "MEDIACORE_JAVA_OPTS", "-XX:-UseSerialGC -XX:+UseShenandoahGC");
    try (Program platform = Program.start("platform", run, out, environment)) {
      int code = platform.awaitExit(Duration.ofSeconds(20));
      assumeTrue(!platform.log().contains("Unrecognized VM option"), "this Java has no Shenandoah");
      assumeTrue(Runtime.version().feature() < 25, "Shenandoah of Java 25 is fine");
      assertEquals(1, code, platform::describe);
      assertTrue(platform.log().contains("JDK-8350285"), platform::describe);
    }
  }

  private static void awaitThread(Platform platform, String name) {
    Waiting.until(
        "a thread " + name,
        Duration.ofSeconds(10),
        () -> priorities(platform, false).containsKey(name),
        () -> priorities(platform, false).toString());
  }

  private static Map<String, String> realTime(Platform platform) {
    return priorities(platform, true);
  }

  /** Names of threads and their real-time priorities. */
  private static Map<String, String> priorities(Platform platform, boolean realTimeOnly) {
    Map<String, String> priorities = new TreeMap<>();
    Path tasks = Path.of("/proc/" + platform.pid() + "/task");
    try (Stream<Path> threads = Files.list(tasks)) {
      for (Path thread : threads.toList()) {
        try {
          String stat = Files.readString(thread.resolve("stat"));
          int name = stat.indexOf('(') + 1;
          int end = stat.lastIndexOf(')');
          String[] fields = stat.substring(end + 2).split(" ");
          if (!realTimeOnly || fields[POLICY].equals(FIFO)) {
            priorities.put(stat.substring(name, end), fields[PRIORITY]);
          }
        } catch (NoSuchFileException ended) {
          // then it has no priority
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return priorities;
  }
}
