package org.mediacore.bench.seam;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.bench.load.CallSet;
import org.mediacore.bench.load.MediaCodec;
import org.mediacore.bench.platform.PlatformProcess;

/**
 * Runs of 200 calls with a tone each through the platform, judged behind each of them. The first
 * one that is judged, without swaps, is what the others are held against. For one thread.
 */
public final class ToneRuns {
  /** How calls begin is not judged: jitter buffers, codecs. */
  private static final long SETTLE_NS = TimeUnit.SECONDS.toNanos(4);

  private static final long AFTER_NS = TimeUnit.SECONDS.toNanos(2);

  private final InetSocketAddress sip;
  private final List<Integer> cores;
  private final List<ToneLeg> legs = ToneCalls.legs();
  private final List<ToneMaterial> materials = new ArrayList<>();
  private final Judge judge = new Judge(legs);

  /** What is done while the calls are up. */
  public interface Work {
    /** Works, and takes note of what it does. */
    void run(Seams seams) throws IOException;
  }

  /**
   * Makes the tones.
   *
   * @param platform runs
   * @param cores on which it runs
   * @param opus what it declares of Opus, which callers do as it wishes
   * @param seconds how long the longest run is
   */
  public ToneRuns(PlatformProcess platform, List<Integer> cores, Fmtp opus, int seconds)
      throws IOException {
    String[] address = platform.sip().split(":");
    this.sip = new InetSocketAddress(address[0], Integer.parseInt(address[1]));
    this.cores = cores;
    Map<List<Object>, ToneMaterial> made = new HashMap<>();
    for (ToneLeg leg : legs) {
      List<Object> key = List.of(leg.codec(), leg.hz(), leg.dbfs());
      if (!made.containsKey(key)) {
        Fmtp receiver = leg.codec() == MediaCodec.OPUS ? opus : Fmtp.NONE;
        made.put(key, ToneMaterial.of(leg.codec(), receiver, leg.hz(), leg.dbfs(), seconds));
      }
      materials.add(made.get(key));
    }
  }

  /** How many of the legs have a codec. */
  public long legs(MediaCodec codec) {
    return legs.stream().filter(leg -> leg.codec() == codec).count();
  }

  /** Sets the calls up, works, ends them, and judges nothing. */
  public void warmUp(Work work) throws IOException {
    try (ToneLoad load = ToneLoad.open(PlatformProcess.ADDRESS, cores)) {
      run(load, work, new Seams());
    }
  }

  /**
   * Sets the calls up, works, ends them, and judges what was received.
   *
   * @throws IOException where that is not possible; the message says why
   */
  public Verdict judge(Work work) throws IOException {
    try (ToneLoad load = ToneLoad.open(PlatformProcess.ADDRESS, cores)) {
      Seams seams = new Seams();
      Run run = run(load, work, seams);
      Spool spool = Spool.read(load.spool(), legs.size());
      Verdict verdict = judge.judge(spool, run.span(), seams);
      verdict.note(generator(spool, run.end()));
      verdict.note(machine(spool));
      if (run.end().lost() > 0) {
        verdict.trouble("the generator lost packets in its own buffers: " + run.end().lost());
      }
      if (run.endedEarly() > 0) {
        verdict.trouble(run.endedEarly() + " calls ended early, or not when they were told");
      }
      return verdict;
    }
  }

  private record Run(Span span, ToneLoad.End end, int endedEarly) {}

  private Run run(ToneLoad load, Work work, Seams seams) throws IOException {
    List<CallSet.Call> calls = new ArrayList<>();
    for (int i = 0; i < legs.size(); i++) {
      calls.add(new CallSet.Call(legs.get(i).user(), legs.get(i).codec(), load.port(i)));
    }
    try (CallSet up = CallSet.establish(PlatformProcess.ADDRESS, sip, calls)) {
      load.start(up.answers(), materials);
      LockSupport.parkNanos(SETTLE_NS);
      long fromNs = epochNs();
      work.run(seams);
      LockSupport.parkNanos(AFTER_NS);
      Span span = new Span(fromNs, epochNs());
      ToneLoad.End end = load.stop();
      return new Run(span, end, up.hangUp());
    }
  }

  /** The time as the kernel stamps packets. */
  public static long epochNs() {
    java.time.Instant now = java.time.Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  private static String generator(Spool spool, ToneLoad.End end) {
    Lateness lateness = Lateness.of(spool.sentNs());
    return String.format(
        Locale.ROOT,
        "generator (%s): %d sent, %d lost in its own buffers, late p99 %.3f ms, most %.3f ms",
        end.priority(),
        end.sent(),
        end.lost(),
        lateness.p99Ns() / 1e6,
        lateness.mostNs() / 1e6);
  }

  private static String machine(Spool spool) {
    return String.format(
        Locale.ROOT,
        "machine: gave the platform's cores to nobody for 0.2 ms or more %d times, %.0f ms in all,"
            + " %.1f ms at most",
        spool.late().size(),
        spool.late().stream().mapToLong(Spool.Late::ns).sum() / 1e6,
        spool.late().stream().mapToLong(Spool.Late::ns).max().orElse(0) / 1e6);
  }
}
