package org.mediacore.bench.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.mediacore.bench.platform.BundleVersion;
import org.mediacore.bench.platform.PlatformProcess;

/** Replaces one bundle of a running platform in all ways that an operator has. */
final class BundleSwaps {
  /** Longer than a bundle takes to be noticed and its calls to move. */
  private static final long BETWEEN_NS = TimeUnit.SECONDS.toNanos(3);

  private final PlatformProcess platform;
  private final String name;
  private final String symbolicName;
  private final Path first;
  private int version;

  /**
   * @param name the bundle's, as its file is called
   * @param symbolicName as {@code media:swap} takes it
   * @param first its first version, in deploy/
   */
  BundleSwaps(PlatformProcess platform, String name, String symbolicName, Path first) {
    this.platform = platform;
    this.name = name;
    this.symbolicName = symbolicName;
    this.first = first;
  }

  String name() {
    return name;
  }

  /**
   * A newer one beside the first; a still newer one over it; its removal; the same by command and
   * its undoing.
   *
   * @return how many swaps that were
   */
  int inAllWays() throws IOException {
    Path beside = first.resolveSibling(name + "-newer.jar");
    put(beside);
    String archived = "1.0." + version;
    put(beside);
    Files.delete(beside);
    pause();
    platform.shell("media:swap " + symbolicName + " " + archived);
    pause();
    platform.shell("media:swap --undo");
    pause();
    return 5;
  }

  private void put(Path target) throws IOException {
    version++;
    Path ready = platform.home().resolve(name + ".ready");
    BundleVersion.copy(first, "1.0." + version, ready);
    Files.move(ready, target, StandardCopyOption.REPLACE_EXISTING);
    pause();
  }

  /** An operator takes his time, too. */
  private static void pause() {
    LockSupport.parkNanos(BETWEEN_NS);
  }
}
