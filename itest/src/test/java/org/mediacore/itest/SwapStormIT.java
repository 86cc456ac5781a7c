package org.mediacore.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.mediacore.api.session.CodecInfo;
import org.mediacore.api.session.MediaManager;
import org.mediacore.api.swap.SwapHistory;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;

/**
 * A storm over everything that may be replaced: bundles are started, stopped, updated, refreshed,
 * uninstalled and installed at random while a hundred calls run. No call may notice, and nothing
 * may stay behind.
 *
 * <p>System properties: {@code storm.operations} in one storm, {@code storm.minutes} for which
 * storms are repeated (0: one storm), {@code storm.seed}, {@code storm.dump} for a heap dump where
 * something stayed behind.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class SwapStormIT {
  /** The distribution has none; the calls in rooms use this one. */
  private static final Path PROCESSOR =
      Path.of("..", "examples", "highpass", "target", "highpass-1.0.0.jar");

  private static final String OPERATIONS = "storm.operations";
  private static final String MINUTES = "storm.minutes";
  private static final String SEED = "storm.seed";
  private static final String DUMP = "storm.dump";

  /** From one operation to the next at least. */
  private static final long PACE_NS = TimeUnit.MILLISECONDS.toNanos(40);

  private static final long LOOK_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long CALM_NS = TimeUnit.SECONDS.toNanos(2);
  private static final int CALM_PACKETS = 30;

  private static final long BACK_WITHIN_S = 30;

  /** On a busy machine calls move slowly to what is there; on an idle one at once. */
  private static final long SETTLED_WITHIN_S = 120;

  /**
   * Compiled code that is on a thread's stack keeps alive the classes that were merged into it.
   * Here the compiler merges as much as it can of what loops call into what loops wait in, and
   * never throws it away: what could happen now and then happens.
   */
  private static final List<String> MERGED =
      List.of(
          "-XX:PerMethodTrapLimit=0",
          "-XX:PerBytecodeTrapLimit=0",
          "-XX:CompileCommand=quiet",
          "-XX:CompileCommand=inline,sun.nio.ch.SelectorImpl::processReadyEvents",
          "-XX:CompileCommand=inline,sun.nio.ch.EPollSelectorImpl::processEvents",
          "-XX:CompileCommand=inline,org.mediacore.runtime.loop.*::*",
          "-XX:CompileCommand=inline,org.mediacore.runtime.pipeline.AudioLeg::*",
          "-XX:CompileCommand=inline,org.mediacore.runtime.pipeline.TransportStage::*");

  private static final int FILE_RATE_HZ = 8_000;
  private static final int FILE_SECONDS = 900;
  private static final String FILE = "storm-tone";

  @Inject BundleContext context;
  @Inject MediaManager manager;
  @Inject SwapHistory swaps;

  @Configuration
  public Option[] everything() throws IOException {
    Option distribution = Distribution.in("storm", "");
    Distribution.copy(PROCESSOR, Distribution.home("storm").resolve("deploy"));
    return new Option[] {
      distribution,
      CoreOptions.vmOptions("-XX:+UseSerialGC", "-Xmx1g", "-XX:AutoBoxCacheMax=20000"),
      CoreOptions.vmOptions(MERGED.toArray(new String[0])),
      property(OPERATIONS, "1000"),
      property(MINUTES, "0"),
      property(SEED, "20261122"),
      property(DUMP, "")
    };
  }

  private static Option property(String name, String value) {
    return CoreOptions.frameworkProperty(name).value(System.getProperty(name, value));
  }

  private long value(String name) {
    return Long.parseLong(context.getProperty(name));
  }

  @Test
  public void callsOutliveAStormAndNothingStaysBehind() throws Exception {
    assumeTrue("not measured here: what a process holds", Leftovers.measurable());
    Path home = Path.of(context.getProperty("org.mediacore.home"));
    writeTone(home.resolve("data").resolve(FILE + ".wav"));
    SwappableJars jars = new SwappableJars(home.resolve("deploy"), home.resolve("jars"));
    Leftovers idle = Leftovers.now();
    BundleStorm calm = new BundleStorm(context, jars, value(SEED));
    warmUp(calm);
    await("the ports of the calls are closed", () -> Leftovers.now().sockets() <= idle.sockets());
    awaitLoaders(calm, ".*");
    Leftovers before = Leftovers.now();
    long endNs = System.nanoTime() + TimeUnit.MINUTES.toNanos(value(MINUTES));
    long seed = value(SEED);
    do {
      storm(new BundleStorm(context, jars, seed), seed, home, before);
      seed++;
    } while (System.nanoTime() - endNs < 0);
  }

  /** Pools and caches fill; a method of its own, so that nothing of it is on the stack later. */
  private void warmUp(BundleStorm storm) throws Exception {
    List<String> codecs = codecs();
    try (StormCalls calls = new StormCalls(manager, FILE)) {
      awaitCalm(calls);
      storm.restore();
      await("the codecs are back", () -> codecs().equals(codecs));
      awaitCalm(calls);
    }
  }

  private void storm(BundleStorm storm, long seed, Path home, Leftovers before) throws Exception {
    try {
      runCalls(storm, seed);
      checkLeftovers(storm, before);
    } catch (Exception | AssertionError failed) {
      Path log = home.resolve("storm-" + seed + ".log");
      Files.write(log, storm.log());
      say("seed %d failed at operation %d: %s; see %s", seed, storm.done(), failed, log);
      throw failed;
    }
  }

  private void runCalls(BundleStorm storm, long seed) throws Exception {
    List<String> codecs = codecs();
    try (StormCalls calls = new StormCalls(manager, FILE)) {
      awaitCalm(calls);
      long operations = value(OPERATIONS);
      long startNs = System.nanoTime();
      for (int i = 0; i < operations; i++) {
        awaitTime(startNs + i * PACE_NS);
        storm.step();
      }
      double stormS = (System.nanoTime() - startNs) / 1e9;
      storm.restore();
      await("the codecs are back", () -> codecs().equals(codecs));
      awaitCalm(calls);
      say("seed %d: %d operations in %.1f s", seed, storm.done(), stormS);
      tell(calls);
      calls.wrong().forEach(line -> say("%s", line));
      assertEquals(List.of(), calls.wrong());
      // Instances of these move to what is there now, and so let go of what was there before.
      awaitLoaders(storm, ".*\\.(codec|payload|example|transport|console)\\..*");
      say(
          "%d class loaders seen; of former ones calls hold: %s",
          storm.loadersSeen(), storm.formerLoaders());
      assertEquals(List.of(), calls.wrong());
    }
  }

  /** Waits until no class loader of a former revision is left that a pattern matches. */
  private void awaitLoaders(BundleStorm storm, String pattern) throws Exception {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLED_WITHIN_S);
    Leftovers.now(); // collects garbage
    while (storm.formerLoaders().stream().anyMatch(loader -> loader.matches(pattern))
        && System.nanoTime() - endNs < 0) {
      LockSupport.parkNanos(LOOK_EVERY_NS);
      Leftovers.now();
    }
    List<String> left =
        storm.formerLoaders().stream().filter(loader -> loader.matches(pattern)).toList();
    dumpUnless(left.isEmpty());
    assertEquals("class loaders of former revisions", List.of(), left);
  }

  private static void awaitTime(long dueNs) {
    for (long leftNs = dueNs - System.nanoTime(); leftNs > 0; leftNs = dueNs - System.nanoTime()) {
      LockSupport.parkNanos(leftNs);
    }
  }

  private void tell(StormCalls calls) {
    say(
        "%d calls: %d packets sent, %d came back, %d missing, %d timestamp jumps, %d pauses, %d"
            + " silent",
        calls.legs().size(),
        calls.sum(StormLeg::sent),
        calls.sum(StormLeg::received),
        calls.sum(StormLeg::missing),
        calls.sum(StormLeg::jumps),
        calls.sum(StormLeg::pauses),
        calls.sum(StormLeg::inaudible));
    say(
        "largest gap %.1f ms; the test's own packets up to %.1f ms late, %d left out",
        calls.largestGapNs() / 1e6, calls.latestNs() / 1e6, calls.sum(StormLeg::held));
    say("%d receipts, quarantined: %s", swaps.receipts().size(), swaps.quarantined());
  }

  private void checkLeftovers(BundleStorm storm, Leftovers before) throws Exception {
    Leftovers after = Leftovers.now();
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLED_WITHIN_S);
    while (!left(storm, before, after).isEmpty() && System.nanoTime() - endNs < 0) {
      LockSupport.parkNanos(LOOK_EVERY_NS);
      after = Leftovers.now();
    }
    say("before: %s", before);
    say("after:  %s", after);
    dumpUnless(left(storm, before, after).isEmpty());
    assertEquals(List.of(), left(storm, before, after));
  }

  private void dumpUnless(boolean good) throws Exception {
    String file = context.getProperty(DUMP);
    if (!good && !file.isEmpty()) {
      Leftovers.dump(Path.of(file));
    }
  }

  private static List<String> left(BundleStorm storm, Leftovers before, Leftovers after) {
    List<String> left = new ArrayList<>(after.moreThan(before));
    storm.formerLoaders().forEach(loader -> left.add("class loader of " + loader));
    return left;
  }

  private List<String> codecs() {
    return manager.codecs().stream()
        .filter(CodecInfo::selected)
        .map(codec -> codec.descriptor().rtpmap())
        .sorted()
        .toList();
  }

  /** For two seconds nothing happens but calls, and every call gets its packets. */
  private void awaitCalm(StormCalls calls) throws Exception {
    List<Long> from = calls.legs().stream().map(StormLeg::received).toList();
    long calmNs = System.nanoTime() + CALM_NS;
    await("calm", () -> System.nanoTime() - calmNs >= 0);
    await(
        "packets of every call",
        () -> {
          boolean all = true;
          for (int i = 0; i < from.size(); i++) {
            all &= calls.legs().get(i).received() - from.get(i) >= CALM_PACKETS;
          }
          return all;
        });
  }

  private static void await(String what, Callable<Boolean> condition) throws Exception {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(BACK_WITHIN_S);
    while (!condition.call()) {
      assertTrue(what + ": not within " + BACK_WITHIN_S + " s", System.nanoTime() - endNs < 0);
      LockSupport.parkNanos(LOOK_EVERY_NS);
    }
  }

  private static void say(String format, Object... values) {
    System.out.println("storm: " + String.format(Locale.ROOT, format, values));
  }

  /** A square wave of 400 Hz as a WAV file of 16-bit samples, mono (RIFF, PCM). */
  private static void writeTone(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    int dataBytes = 2 * FILE_RATE_HZ * FILE_SECONDS;
    ByteBuffer header = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
    header.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + dataBytes);
    header.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    header.putShort((short) 1).putShort((short) 1).putInt(FILE_RATE_HZ).putInt(2 * FILE_RATE_HZ);
    header.putShort((short) 2).putShort((short) 16);
    header.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(dataBytes);
    byte[] second = new byte[2 * FILE_RATE_HZ];
    for (int i = 0; i < FILE_RATE_HZ; i++) {
      second[2 * i + 1] = (byte) (i % 20 < 10 ? 0x10 : -0x10);
    }
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
      out.write(header.array());
      for (int i = 0; i < FILE_SECONDS; i++) {
        out.write(second);
      }
    }
  }
}
