package org.mediacore.bench.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.mediacore.bench.platform.Generator;
import org.mediacore.bench.platform.PlatformProcess;
import org.mediacore.bench.platform.Project;
import org.mediacore.bench.platform.Usage;

/**
 * 200 calls in bridges and rooms while their codecs, their transport and a processor are replaced
 * in all ways that an operator has: no packet may be missing, and no timestamp may jump.
 */
public final class SwapsSoak implements Soak {
  private static final String PROCESSOR = "highpass";

  /** One frame and 5 ms, as the goal is; the rest of a gap is the machine's, see the first line. */
  private static final double LONGEST_GAP_MS = 25;

  private static final List<String[]> LOADS =
      List.of(
          "--mode bridge --calls 50 --codec opus,pcmu,pcmu,pcmu,pcmu".split(" "),
          "--mode room --room-size 10 --calls 100 --codec opus,pcmu,opus,pcmu,pcmu".split(" "));

  /** For five swaps and what they need. */
  private static final String SECONDS = "34";

  private static final long SETTLE_NS = TimeUnit.SECONDS.toNanos(30);

  /** Of what one swap replaces in 200 calls, of which 60 have Opus. */
  private static final int LEAST_PARTS = 60;

  @Override
  public String name() {
    return "swaps";
  }

  @Override
  public String summary() {
    return "codecs, transport and a processor replaced under 200 calls; nothing may be lost";
  }

  /** What happened in the calls of one phase. */
  private record Traffic(
      long packets, long missing, long jumps, long endedEarly, long silentLegs, double gapMs) {
    static Traffic of(Generator.Run run) throws IOException {
      return new Traffic(
          (long) run.number("received"),
          (long) run.number("sequence_missing"),
          (long) run.number("timestamp_jumps"),
          (long) run.number("ended_early"),
          (long) run.number("silent_legs"),
          20 + run.number("spacing_error_max_us") / 1e3);
    }

    Traffic plus(Traffic other) {
      return new Traffic(
          packets + other.packets,
          missing + other.missing,
          jumps + other.jumps,
          endedEarly + other.endedEarly,
          silentLegs + other.silentLegs,
          Math.max(gapMs, other.gapMs));
    }
  }

  private record Phase(int swaps, Traffic traffic) {}

  /** What is done to the platform while calls are up. */
  private interface Work {
    int run() throws IOException;
  }

  @Override
  public boolean run(int minutes) throws IOException {
    long endNs = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
    List<String> wrong = new ArrayList<>();
    try (PlatformProcess platform = PlatformProcess.start("")) {
      addProcessor(platform);
      encodeCheaply(platform);
      Traffic without = load(platform, () -> 0).traffic();
      say("nothing", 0, 0, without);
      judge("without swaps", without, wrong);
      List<BundleSwaps> bundles = bundles(platform);
      do {
        for (BundleSwaps bundle : bundles) {
          swap(platform, bundle, without, wrong);
        }
      } while (System.nanoTime() - endNs < 0);
      platform
          .shell("media:swaps")
          .lines()
          .filter(line -> line.startsWith("quarantined"))
          .forEach(wrong::add);
    }
    wrong.forEach(line -> System.out.println("WRONG: " + line));
    System.out.println(wrong.isEmpty() ? "nothing was wrong" : wrong.size() + " things were wrong");
    return wrong.isEmpty();
  }

  private static void swap(
      PlatformProcess platform, BundleSwaps bundle, Traffic without, List<String> wrong)
      throws IOException {
    Instant from = Instant.now();
    Phase phase = load(platform, bundle::inAllWays);
    long parts = parts(platform, from);
    say(bundle.name(), phase.swaps(), parts, phase.traffic());
    judge(bundle.name(), phase.traffic(), wrong);
    // The machine's own gaps are not the platform's: those of the run without swaps are allowed.
    if (phase.traffic().gapMs() > Math.max(LONGEST_GAP_MS, 2 * without.gapMs())) {
      wrong.add(bundle.name() + ": a gap of " + phase.traffic().gapMs() + " ms");
    }
    if (parts < (long) phase.swaps() * LEAST_PARTS) {
      wrong.add(bundle.name() + ": only " + parts + " parts of calls were replaced");
    }
  }

  private static void say(String what, int swaps, long parts, Traffic traffic) {
    System.out.printf(
        Locale.ROOT,
        "%-14s %d swaps, %d parts of calls; %d packets, %d missing, %d timestamp jumps, longest gap"
            + " %.1f ms%n",
        what,
        swaps,
        parts,
        traffic.packets(),
        traffic.missing(),
        traffic.jumps(),
        traffic.gapMs());
  }

  private static void judge(String what, Traffic traffic, List<String> wrong) {
    if (traffic.missing() + traffic.jumps() + traffic.endedEarly() + traffic.silentLegs() > 0) {
      wrong.add(what + ": " + traffic);
    }
  }

  /** The example's high-pass on all that is decoded, as an operator would add it. */
  private static void addProcessor(PlatformProcess platform) throws IOException {
    Path jar =
        Project.root().resolve("examples/" + PROCESSOR + "/target/" + PROCESSOR + "-1.0.0.jar");
    if (!Files.exists(jar)) {
      throw new IOException("not built: " + jar + " (./mediacore build)");
    }
    Files.copy(jar, platform.home().resolve("deploy/" + jar.getFileName()));
    Path conf = platform.home().resolve("conf/org.mediacore.runtime.cfg");
    String before = Files.exists(conf) ? Files.readString(conf) + "\n" : "";
    Files.writeString(conf, before + "processing=" + PROCESSOR + "\n");
    long endNs = System.nanoTime() + SETTLE_NS;
    while (!platform.shell("media:processors").contains("yes")) {
      if (System.nanoTime() - endNs > 0) {
        throw new IOException("the processor did not come: " + platform.warnings());
      }
    }
  }

  /** 60 calls with Opus are to leave the one core time for the others, and for the swaps. */
  private static void encodeCheaply(PlatformProcess platform) throws IOException {
    Path conf = platform.home().resolve("conf/org.mediacore.codec.opus.cfg");
    Files.writeString(conf, "complexity = 0\n");
  }

  private static List<BundleSwaps> bundles(PlatformProcess platform) {
    Path deploy = platform.home().resolve("deploy");
    List<BundleSwaps> bundles = new ArrayList<>();
    for (String name : List.of("codec.opus", "codec.g711", "transport.udp")) {
      bundles.add(new BundleSwaps(platform, name, name, deploy.resolve(name + "-1.0.0.jar")));
    }
    String symbolicName = "org.mediacore.example." + PROCESSOR;
    Path jar = deploy.resolve(PROCESSOR + "-1.0.0.jar");
    bundles.add(new BundleSwaps(platform, PROCESSOR, symbolicName, jar));
    return bundles;
  }

  /** Sets 200 calls up, works on the platform while they are measured, and ends them. */
  private static Phase load(PlatformProcess platform, Work work) throws IOException {
    CompletableFuture<Integer> swaps = new CompletableFuture<>();
    List<CompletableFuture<Traffic>> loads = new ArrayList<>();
    for (int i = 0; i < LOADS.size(); i++) {
      String[] load = LOADS.get(i);
      boolean last = i == LOADS.size() - 1;
      loads.add(
          CompletableFuture.supplyAsync(() -> generate(platform, load, last ? work : null, swaps)));
    }
    try {
      Traffic sum = loads.get(0).join().plus(loads.get(1).join());
      return new Phase(swaps.join(), sum);
    } catch (CompletionException failed) {
      throw new IOException(failed.getCause().getMessage(), failed.getCause());
    }
  }

  private static Traffic generate(
      PlatformProcess platform, String[] load, Work work, CompletableFuture<Integer> swaps) {
    List<String> arguments =
        new ArrayList<>(List.of("--sip", platform.sip(), "--address", PlatformProcess.ADDRESS));
    arguments.addAll(List.of(load));
    arguments.addAll(List.of("--warmup", "4", "--seconds", SECONDS));
    boolean[] began = {work == null};
    try {
      Generator.Run run =
          Generator.run(
              () -> {
                if (!began[0]) {
                  began[0] = true;
                  CompletableFuture.runAsync(() -> perform(work, swaps));
                }
                return new Usage(System.nanoTime(), 0, 0, 0, 0);
              },
              arguments.toArray(String[]::new));
      return Traffic.of(run);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void perform(Work work, CompletableFuture<Integer> swaps) {
    try {
      swaps.complete(work.run());
    } catch (IOException failed) {
      swaps.completeExceptionally(failed);
    }
  }

  /** How many receipts there are since then. */
  private static long parts(PlatformProcess platform, Instant from) throws IOException {
    return platform
        .shell("media:swaps")
        .lines()
        .map(line -> line.split(" ", 2)[0])
        .filter(first -> first.matches("\\d{4}-.*Z") && !Instant.parse(first).isBefore(from))
        .count();
  }
}
