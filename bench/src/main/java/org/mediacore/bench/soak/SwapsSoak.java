package org.mediacore.bench.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.bench.Option;
import org.mediacore.bench.Settings;
import org.mediacore.bench.UsageException;
import org.mediacore.bench.load.MediaCodec;
import org.mediacore.bench.platform.Cores;
import org.mediacore.bench.platform.PlatformProcess;
import org.mediacore.bench.platform.Project;
import org.mediacore.bench.seam.ToneRuns;
import org.mediacore.bench.seam.Verdict;

/**
 * 200 calls with a tone each in bridges and rooms while their codecs, their transport and a
 * processor are replaced in all ways that an operator has: by number, time and sound nothing may be
 * lost.
 */
public final class SwapsSoak implements Soak {
  private static final String PROCESSOR = "highpass";
  private static final String BUNDLES = "codec.opus,codec.g711,highpass,transport.udp";

  /** What {@code run} is given for each value of --loops. */
  private static final Map<String, List<String>> LOOPS =
      Map.of(
          "normal", List.of(),
          "realtime", List.of("--realtime"),
          "awake", List.of("--realtime", "--awake"));

  /** What the platform declares of Opus for each value of --bandwidth (RFC 7587 §6.1). */
  private static final Map<String, Fmtp> BANDWIDTHS =
      Map.of(
          "full", Fmtp.NONE,
          "wide", Fmtp.parse("maxplaybackrate=16000"),
          "narrow", Fmtp.parse("maxplaybackrate=8000"));

  private static final int MOST_SWAPS = 100;

  /** Besides swaps: calls set up and ended, what they sound like judged. */
  private static final int SECONDS_BESIDE = 60;

  private static final long WARM_UP_NS = TimeUnit.SECONDS.toNanos(20);

  /** At least; as long as the swaps of one bundle, since extremes grow with the time. */
  private static final int LEAST_SECONDS_WITHOUT = 120;

  private static final long SETTLE_NS = TimeUnit.SECONDS.toNanos(30);

  /** Receipts that the platform keeps, less some of the calls' own changes. */
  private static final long MOST_PARTS = 9_000;

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

  @Override
  public List<Option> options() {
    return List.of(
        new Option("--bundles", BUNDLES, "what is replaced, one after the other"),
        new Option("--cores", "all", "of the platform: all, or one"),
        new Option(
            "--loops",
            "normal",
            "of the platform: normal, realtime (run --realtime), or awake (and --awake)"),
        new Option("--complexity", "0", "of the platform's Opus encoders, 0 to 10"),
        new Option("--bandwidth", "full", "of Opus, both ways: full, wide or narrow"),
        new Option("--java-options", "none", "of the platform's Java machine, further ones"));
  }

  @Override
  public boolean run(int minutes, Settings settings) throws IOException, UsageException {
    String cores = oneOf(settings, "--cores", List.of("all", "one"));
    String loops = oneOf(settings, "--loops", LOOPS.keySet().stream().sorted().toList());
    String bandwidth =
        oneOf(settings, "--bandwidth", BANDWIDTHS.keySet().stream().sorted().toList());
    String options = settings.text("--java-options").replaceFirst("^none$", "");
    List<String> names = List.of(settings.text("--bundles").split(","));
    int swaps = swaps(minutes, names.size());
    List<String> wrong = new ArrayList<>();
    Cores.pinMyself();
    long endNs = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
    Files.deleteIfExists(details());
    String[] further = LOOPS.get(loops).toArray(String[]::new);
    try (PlatformProcess platform = PlatformProcess.start(options, cores.equals("one"), further)) {
      Cores.standBack();
      addProcessor(platform);
      configureOpus(platform, settings.text("--complexity"), bandwidth);
      ToneRuns runs = prepare(platform, cores, BANDWIDTHS.get(bandwidth), swaps);
      runs.warmUp(seams -> LockSupport.parkNanos(WARM_UP_NS));
      long withoutNs = TimeUnit.SECONDS.toNanos(secondsWithout(swaps));
      say("without swaps", runs.judge(seams -> LockSupport.parkNanos(withoutNs)), wrong);
      say("again without", runs.judge(seams -> LockSupport.parkNanos(withoutNs / 2)), wrong);
      List<BundleSwaps> bundles = bundles(platform, names);
      do {
        for (BundleSwaps bundle : bundles) {
          swap(platform, runs, bundle, swaps, wrong);
        }
      } while (System.nanoTime() - endNs < 0);
      requireNothingQuarantined(platform, wrong);
    }
    System.out.println("all gaps and places that sound wrong: " + details());
    System.out.println(wrong.isEmpty() ? "nothing was wrong" : wrong.size() + " things were wrong");
    return wrong.isEmpty();
  }

  private static String oneOf(Settings settings, String option, List<String> values)
      throws UsageException {
    String value = settings.text(option);
    if (!values.contains(value)) {
      throw new UsageException(option + " '" + value + "': " + String.join(" or ", values));
    }
    return value;
  }

  /** As many as there is time for in one pass, in whole rounds of all ways. */
  private static int swaps(int minutes, int bundles) {
    long seconds = TimeUnit.MINUTES.toSeconds(minutes) / bundles - SECONDS_BESIDE;
    long rounds = seconds / BundleSwaps.seconds(BundleSwaps.WAYS);
    return (int) Math.max(1, Math.min(MOST_SWAPS / BundleSwaps.WAYS, rounds)) * BundleSwaps.WAYS;
  }

  private static int secondsWithout(int swaps) {
    return Math.max(LEAST_SECONDS_WITHOUT, BundleSwaps.seconds(swaps));
  }

  private static ToneRuns prepare(PlatformProcess platform, String cores, Fmtp opus, int swaps)
      throws IOException {
    List<Integer> watched = new ArrayList<>(List.of(Cores.measured()));
    for (int core = 0; cores.equals("all") && core < Cores.number(); core++) {
      if (core != Cores.measured()) {
        watched.add(core);
      }
    }
    int seconds = Math.max(secondsWithout(swaps), 2 * BundleSwaps.seconds(swaps)) + SECONDS_BESIDE;
    ToneRuns runs = new ToneRuns(platform, watched, opus, seconds);
    System.out.printf(
        "200 calls: %d legs with Opus, %d with PCMU; the platform on %s; %d swaps of each bundle%n"
            + "  in rooms packets leave on the platform's clock: 25 ms from one to the next are"
            + " allowed;%n  in bridges they leave when the other leg's come: that one's gap and"
            + " 5 ms are%n",
        runs.legs(MediaCodec.OPUS),
        runs.legs(MediaCodec.PCMU),
        cores.equals("all") ? "all cores" : "one core of its own",
        swaps);
    return runs;
  }

  private static void swap(
      PlatformProcess platform, ToneRuns runs, BundleSwaps bundle, int swaps, List<String> wrong)
      throws IOException {
    Instant from = Instant.now();
    Verdict verdict = runs.judge(seams -> bundle.inAllWays(swaps, seams));
    long parts = parts(platform, from);
    say(bundle.name() + ": " + swaps + " swaps, " + parts + " receipts", verdict, wrong);
    if (parts < Math.min(MOST_PARTS, (long) swaps * LEAST_PARTS)) {
      wrong.add(bundle.name());
      System.out.println("  WRONG: only " + parts + " parts of calls were replaced");
    }
  }

  private static void say(String what, Verdict verdict, List<String> wrong) throws IOException {
    System.out.println(what);
    List<String> all = new ArrayList<>(List.of(Instant.now() + " " + what));
    all.addAll(verdict.details());
    Files.write(details(), all, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    verdict.lines().forEach(line -> System.out.println("  " + line));
    verdict.wrong().forEach(line -> System.out.println("  WRONG: " + line));
    wrong.addAll(verdict.wrong());
  }

  private static Path details() throws IOException {
    return Files.createDirectories(Project.results()).resolve("swaps.log");
  }

  private static void requireNothingQuarantined(PlatformProcess platform, List<String> wrong)
      throws IOException {
    for (String line : platform.shell("media:swaps").split("\n")) {
      if (line.startsWith("quarantined")) {
        wrong.add(line);
        System.out.println("WRONG: " + line);
      }
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

  /** With little of both 60 calls with Opus leave two cores time for the others, and for swaps. */
  private static void configureOpus(PlatformProcess platform, String complexity, String bandwidth)
      throws IOException {
    Path conf = platform.home().resolve("conf/org.mediacore.codec.opus.cfg");
    Files.writeString(conf, "complexity = " + complexity + "\nbandwidth = " + bandwidth + "\n");
  }

  private static List<BundleSwaps> bundles(PlatformProcess platform, List<String> names)
      throws IOException, UsageException {
    Path deploy = platform.home().resolve("deploy");
    List<BundleSwaps> bundles = new ArrayList<>();
    for (String name : names) {
      Path jar = deploy.resolve(name + "-1.0.0.jar");
      if (!Files.exists(jar)) {
        throw new UsageException("--bundles '" + name + "': any of " + BUNDLES);
      }
      String symbolicName = name.equals(PROCESSOR) ? "org.mediacore.example." + name : name;
      bundles.add(new BundleSwaps(platform, name, symbolicName, jar));
    }
    return bundles;
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
