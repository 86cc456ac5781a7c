package org.mediacore.bench.seam;

import java.util.Arrays;
import java.util.List;

/**
 * Judges what one leg received by its numbers and times: sequence, timestamp, SSRC, payload type,
 * and the distance of packets.
 *
 * <p>A leg in a room hears the platform's own clock: one frame and 5 ms are allowed. A leg of a
 * bridge, relayed or transcoded, hears packets when the other leg's come, so that one's own gaps
 * are allowed, and 5 ms.
 */
final class WireJudge {
  private static final long FRAME_NS = 20_000_000;
  private static final long MARGIN_NS = 5_000_000;

  /** A packet that made a gap was sent at most so long before it began. */
  private static final long REACH_NS = 30_000_000;

  private final int leg;
  private final Stream stream;
  private final int timestampStep;
  private final long[] inputNs;
  private final Standstills standstills;

  /** What was found. */
  record Finding(
      long packets, long missing, long disordered, long jumps, long changes, long longestNs) {
    static final Finding NONE = new Finding(0, 0, 0, 0, 0, 0);

    Finding plus(Finding other) {
      return new Finding(
          packets + other.packets,
          missing + other.missing,
          disordered + other.disordered,
          jumps + other.jumps,
          changes + other.changes,
          Math.max(longestNs, other.longestNs));
    }

    boolean isUnbroken() {
      return packets > 0 && missing + disordered + jumps + changes == 0;
    }
  }

  /**
   * @param inputNs when the packets were sent that set the pace; empty for the platform's own
   * @param standstills of the platform's cores
   */
  WireJudge(int leg, Stream stream, int timestampStep, long[] inputNs, Standstills standstills) {
    this.leg = leg;
    this.stream = stream;
    this.timestampStep = timestampStep;
    this.inputNs = inputNs;
    this.standstills = standstills;
  }

  /**
   * Judges the packets of some time.
   *
   * @param gaps takes those that are too long
   */
  Finding judge(Span span, List<Gap> gaps) {
    Finding sum = Finding.NONE;
    for (int i = 1; i < stream.packets(); i++) {
      if (!span.holds(stream.atNs(i - 1)) || !span.holds(stream.atNs(i))) {
        continue;
      }
      sum = sum.plus(step(i));
      long ns = stream.atNs(i) - stream.atNs(i - 1);
      long mostNs = Math.max(FRAME_NS, inputGapNs(i)) + MARGIN_NS;
      if (ns > mostNs) {
        gaps.add(new Gap(leg, stream.atNs(i), ns, mostNs, machineNs(i)));
      }
    }
    return sum;
  }

  private Finding step(int i) {
    int step = (short) (stream.sequence(i) - stream.sequence(i - 1));
    boolean jump =
        stream.timestamp(i) - stream.timestamp(i - 1) != step * timestampStep && step > 0;
    boolean change =
        stream.ssrc(i) != stream.ssrc(i - 1) || stream.payloadType(i) != stream.payloadType(i - 1);
    return new Finding(
        1,
        step > 1 ? step - 1 : 0,
        step < 1 ? 1 : 0,
        jump ? 1 : 0,
        change ? 1 : 0,
        stream.atNs(i) - stream.atNs(i - 1));
  }

  /** The input's longest gap that may show between a packet and the one before. */
  private long inputGapNs(int i) {
    long fromNs = stream.atNs(i - 1) - REACH_NS;
    int at = Arrays.binarySearch(inputNs, fromNs);
    long mostNs = 0;
    for (int k = Math.max(1, at < 0 ? -at - 1 : at);
        k < inputNs.length && inputNs[k] <= stream.atNs(i);
        k++) {
      mostNs = Math.max(mostNs, inputNs[k] - inputNs[k - 1]);
    }
    return mostNs;
  }

  /** What of a gap may be the machine's. */
  private long machineNs(int i) {
    return standstills.pileNs(stream.atNs(i - 1), stream.atNs(i));
  }
}
