package org.mediacore.bench.soak;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.mediacore.bench.Settings;
import org.mediacore.bench.platform.Generator;
import org.mediacore.bench.platform.JvmView;
import org.mediacore.bench.platform.PlatformProcess;
import org.mediacore.bench.platform.ProcessView;
import org.mediacore.bench.platform.Usage;

/** Calls of all kinds, again and again: none may lose a packet, and nothing may stay behind. */
public final class CallsSoak implements Soak {
  /** Until then code is compiled and pools fill. */
  private static final int WARM_UP_CYCLES = 2;

  private static final long SETTLE_NS = TimeUnit.SECONDS.toNanos(40);
  private static final long LOOK_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(500);

  private record Calls(String title, String[] arguments) {}

  private static final List<Calls> CYCLE =
      List.of(
          calls("bridge PCMU", "--mode bridge --calls 100 --codec pcmu"),
          calls("bridge Opus", "--mode bridge --calls 50 --codec opus"),
          calls("bridge PCMU-PCMA", "--mode bridge --calls 30 --codec pcmu,pcma"),
          calls("bridge PCMU-Opus", "--mode bridge --calls 10 --codec pcmu,opus"),
          calls("echo PCMA", "--mode echo --calls 60 --codec pcma"),
          calls("echo Opus", "--mode echo --calls 10 --codec opus"),
          calls("conf", "--mode room --room-size 5 --calls 40 --codec pcmu,pcma,pcmu,pcma,opus"));

  private static Calls calls(String title, String arguments) {
    return new Calls(title, (arguments + " --warmup 2 --seconds 5").split(" "));
  }

  @Override
  public String name() {
    return "calls";
  }

  @Override
  public String summary() {
    return "cycles of calls of all kinds; nothing may be lost or grow";
  }

  @Override
  public boolean run(int minutes, Settings settings) throws IOException {
    long endNs = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
    List<String> wrong = new ArrayList<>();
    try (PlatformProcess platform = PlatformProcess.start("", false);
        JvmView jvm = JvmView.connect(platform.pid())) {
      ProcessView process = new ProcessView(platform.pid());
      int idleSockets = process.sockets();
      Footprint first = null;
      int cycle = 0;
      while (cycle <= WARM_UP_CYCLES || System.nanoTime() - endNs < 0) {
        cycle++;
        for (Calls calls : CYCLE) {
          run(platform, process, calls, cycle, wrong);
        }
        settle(process, idleSockets);
        Footprint now = Footprint.of(process, jvm);
        System.out.println("cycle " + cycle + ": " + now);
        if (cycle == WARM_UP_CYCLES) {
          first = now;
        } else if (cycle > WARM_UP_CYCLES) {
          add(wrong, cycle, now.grownSince(first));
        }
      }
      add(wrong, cycle, platform.warnings());
    }
    wrong.forEach(line -> System.out.println("WRONG: " + line));
    System.out.println(wrong.isEmpty() ? "nothing was wrong" : wrong.size() + " things were wrong");
    return wrong.isEmpty();
  }

  private static void add(List<String> wrong, int cycle, List<String> found) {
    found.forEach(line -> wrong.add("cycle " + cycle + ": " + line));
  }

  private static void run(
      PlatformProcess platform, ProcessView process, Calls calls, int cycle, List<String> wrong)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("--sip", platform.sip(), "--address", PlatformProcess.ADDRESS));
    arguments.addAll(List.of(calls.arguments()));
    Generator.Run run = Generator.run(() -> Usage.of(process), arguments.toArray(String[]::new));
    for (String field :
        List.of(
            "lost",
            "duplicates",
            "sequence_missing",
            "silent_legs",
            "of_another_leg",
            "unknown_packets",
            "ended_early")) {
      if (run.has(field) && run.number(field) != 0) {
        wrong.add(
            "cycle " + cycle + ", " + calls.title() + ": " + field + " " + run.values().get(field));
      }
    }
  }

  /** Waits until the platform has closed the ports of the calls; that it does is checked after. */
  private static void settle(ProcessView process, int idleSockets) throws IOException {
    long endNs = System.nanoTime() + SETTLE_NS;
    while (process.sockets() > idleSockets && System.nanoTime() - endNs < 0) {
      LockSupport.parkNanos(LOOK_EVERY_NS);
    }
  }
}
