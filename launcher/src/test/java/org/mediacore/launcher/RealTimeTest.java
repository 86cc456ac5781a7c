package org.mediacore.launcher;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealTimeTest {
  @TempDir Path tasks;
  private final Set<String> said = new TreeSet<>();
  private RealTime realTime;

  @BeforeEach
  void setUp() {
    realTime = new RealTime(tasks, arguments -> said.add(String.join(" ", arguments)));
  }

  private void thread(int id, String name) throws IOException {
    Files.writeString(Files.createDirectory(tasks.resolve("" + id)).resolve("comm"), name + "\n");
  }

  @Test
  void loopsGetItAndTheVirtualMachineButNoCollector() throws Exception {
    thread(11, "media-loop-0");
    thread(12, "media-loop-1");
    thread(13, "VM Thread");
    thread(14, "Shenandoah GC T");
    thread(15, "ZDriver");
    thread(16, "media-swap");
    thread(17, "C2 CompilerThre");
    realTime.give();
    assertEquals(
        Set.of(
            "--reset-on-fork --fifo --pid 10 11",
            "--reset-on-fork --fifo --pid 10 12",
            "--fifo --pid 10 13"),
        said);
  }

  @Test
  void threadThatEndsMeanwhileIsNoError() throws Exception {
    thread(11, "media-loop-0");
    Files.createDirectory(tasks.resolve("12"));
    realTime.give();
    assertEquals(1, said.size());
  }

  @Test
  void withoutALoopItIsSaid() throws Exception {
    thread(13, "VM Thread");
    StartException none = assertThrows(StartException.class, realTime::give);
    assertEquals("--realtime: there is no media loop", none.getMessage());
  }

  @Test
  void whatChrtSaysIsPassedOn() throws Exception {
    thread(11, "media-loop-0");
    RealTime refused =
        new RealTime(
            tasks,
            arguments -> {
              throw new StartException("not permitted");
            });
    StartException said = assertThrows(StartException.class, refused::give);
    assertEquals("not permitted", said.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"17, Shenandoah Pauses", "21, Shenandoah Cycles", "24, Shenandoah Cycles"})
  void shenandoahThatYieldsForEverIsRefused(int java, String collector) {
    StartException refused =
        assertThrows(
            StartException.class,
            () -> RealTime.requireBlockingLocks(List.of("Any", collector), java));
    assertTrue(refused.getMessage().contains("Java " + java + "'s"), refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"25, Shenandoah Pauses", "17, Copy", "17, ZGC Pauses", "17, G1 Young Generation"})
  void othersAreNot(int java, String collector) {
    assertDoesNotThrow(() -> RealTime.requireBlockingLocks(List.of(collector), java));
  }
}
