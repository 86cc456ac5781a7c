package org.mediacore.bench.scenario;

import java.io.IOException;
import org.mediacore.bench.platform.Generator.Run;
import org.mediacore.bench.report.Report;

/** What several benchmarks report in the same words. */
final class Figures {
  /** Less than this per packet is not an object per packet, but one in a thousand or fewer. */
  private static final double NO_ALLOCATION = 0.016;

  private Figures() {}

  /** Packets sent, received and lost, and how the generator itself did. */
  static void traffic(Report report, Run run, boolean lossKnown) throws IOException {
    report.figure("sent", run.number("sent_per_s"), "packets/s");
    report.figure("received", run.number("received_per_s"), "packets/s");
    if (lossKnown) {
      report.figure("lost", run.number("lost"), "packets", "0", run.number("lost") == 0);
    }
    report.figure(
        "missing sequence numbers",
        run.number("sequence_missing"),
        "packets",
        "0",
        run.number("sequence_missing") == 0);
  }

  /** The generator's own lateness: without it no latency can be judged. */
  static void generator(Report report, Run run) throws IOException {
    report.figure("generator late, p99", run.number("generator_late_p99_us") / 1e3, "ms");
    report.figure("generator late, max", run.number("generator_late_max_us") / 1e3, "ms");
    if (!Boolean.parseBoolean(run.values().get("generator_kept_up"))) {
      report.note(
          "The generator itself was late for more than 1 % of the packets: loss and latency are the"
              + " machine's, not the platform's.");
    }
  }

  /** Bytes that the loop thread allocated, spread over what came in and went out. */
  static void allocation(Report report, Run run) throws IOException {
    double perPacket = run.allocatedBytes() / Math.max(run.packets(), run.packetsBack());
    report.figure("allocated by the loop thread", run.allocatedBytes(), "B in all");
    report.figure("allocated per packet", perPacket, "B", "0", perPacket < NO_ALLOCATION);
  }
}
