package org.mediacore.bench.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.mediacore.bench.platform.BundleVersion;
import org.mediacore.bench.platform.PlatformProcess;
import org.mediacore.bench.seam.Seams;
import org.mediacore.bench.seam.ToneRuns;

/** Replaces one bundle of a running platform in all ways that an operator has. For one thread. */
final class BundleSwaps {
  /** One way after the other; behind the last one all is as it was before the first. */
  static final int WAYS = 5;

  /** Longer than a bundle takes to be noticed and its calls to move. */
  private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(2_500);

  private final PlatformProcess platform;
  private final String name;
  private final String symbolicName;
  private final Path original;
  private final Path beside;
  private int version;
  private String archived = "";
  private long nextNs;

  /**
   * @param name the bundle's, as its file is called
   * @param symbolicName as {@code media:swap} takes it
   * @param first its first version, in deploy/
   */
  BundleSwaps(PlatformProcess platform, String name, String symbolicName, Path first)
      throws IOException {
    this.platform = platform;
    this.name = name;
    this.symbolicName = symbolicName;
    this.beside = first.resolveSibling(name + "-newer.jar");
    this.original = platform.home().resolve(name + ".original");
    Files.copy(first, original);
  }

  String name() {
    return name;
  }

  /** For how long it takes about, in s. */
  static int seconds(int swaps) {
    return (int) TimeUnit.NANOSECONDS.toSeconds(swaps * PERIOD_NS);
  }

  /**
   * A newer one beside the first; a still newer one over it; its removal; the same by command, and
   * its undoing; and so on.
   *
   * @param swaps how many, a multiple of {@link #WAYS}
   */
  void inAllWays(int swaps, Seams seams) throws IOException {
    nextNs = System.nanoTime();
    for (int i = 0; i < swaps; i++) {
      swap(i % WAYS, seams);
    }
    awaitTurn();
  }

  private void swap(int way, Seams seams) throws IOException {
    switch (way) {
      case 0 -> {
        put("beside", seams);
        archived = "1.0." + version;
      }
      case 1 -> put("over", seams);
      case 2 -> {
        begin("removal", seams);
        Files.delete(beside);
      }
      case 3 -> {
        begin("command", seams);
        platform.shell("media:swap " + symbolicName + " " + archived);
      }
      default -> {
        begin("undo", seams);
        platform.shell("media:swap --undo");
      }
    }
  }

  private void put(String way, Seams seams) throws IOException {
    version++;
    Path ready = platform.home().resolve(name + ".ready");
    BundleVersion.copy(original, "1.0." + version, ready);
    begin(way, seams);
    Files.move(ready, beside, StandardCopyOption.REPLACE_EXISTING);
  }

  private void begin(String way, Seams seams) {
    awaitTurn();
    nextNs = System.nanoTime() + PERIOD_NS;
    seams.add(ToneRuns.epochNs(), way);
  }

  /** An operator takes his time, too. */
  private void awaitTurn() {
    for (long leftNs = nextNs - System.nanoTime(); leftNs > 0; ) {
      LockSupport.parkNanos(leftNs);
      leftNs = nextNs - System.nanoTime();
    }
  }
}
