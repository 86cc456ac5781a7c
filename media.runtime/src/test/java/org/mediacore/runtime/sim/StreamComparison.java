package org.mediacore.runtime.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.mediacore.api.MediaSetupException;
import org.mediacore.dsp.Goertzel;
import org.mediacore.runtime.sim.ToneLeg.Packet;

/** What a leg received, held against what it received in a run without swaps. */
final class StreamComparison {
  private static final long LONGEST_GAP_NS = 25_000_000;

  /** Frames of the start, which hold a codec's and a jitter buffer's beginning. */
  private static final int SETTLED = 15;

  private final List<Packet> packets;
  private final List<Packet> expected;
  private final TwoHundredCalls.Leg leg;
  private final String name;
  private double largestLevelStepDb;
  private double largestToneLoss;
  private int changedPackets;

  /**
   * @param with the leg of the run with swaps
   * @param without the same leg of the other run, which may have run on
   */
  StreamComparison(String name, TwoHundredCalls.Leg with, TwoHundredCalls.Leg without) {
    this.name = name;
    this.leg = with;
    this.packets = with.phone().received();
    assertTrue(packets.size() > 10, name + " received " + packets.size() + " packets");
    assertTrue(without.phone().received().size() >= packets.size(), name + ": more than without");
    this.expected = without.phone().received().subList(0, packets.size());
  }

  /** Every packet is there, in order, in time, and when it came without swaps. */
  void requireUnbroken() {
    for (int i = 0; i < packets.size(); i++) {
      Packet now = packets.get(i);
      String where = name + " at packet " + i + ": ";
      if (i > 0) {
        Packet before = packets.get(i - 1);
        assertEquals((before.sequence() + 1) & 0xFFFF, now.sequence(), where + "sequence");
        assertEquals(
            before.timestamp() + leg.phone().material().ticksPerPacket(),
            now.timestamp(),
            where + "timestamp");
        long gapNs = now.atNs() - before.atNs();
        assertTrue(gapNs <= LONGEST_GAP_NS, where + "a gap of " + gapNs + " ns");
      }
      Packet other = expected.get(i);
      assertEquals(other.ssrc(), now.ssrc(), where + "ssrc");
      assertEquals(other.sequence(), now.sequence(), where + "another sequence than without");
      assertEquals(other.timestamp(), now.timestamp(), where + "another timestamp than without");
      assertEquals(other.payloadType(), now.payloadType(), where + "payload type");
      assertEquals(other.atNs(), now.atNs(), where + "another time than without");
    }
  }

  /** Every payload is the one of the run without swaps. */
  void requireIdentical() {
    for (int i = 0; i < packets.size(); i++) {
      assertArrayEquals(
          expected.get(i).payload(), packets.get(i).payload(), name + ": packet " + i);
    }
  }

  /** Decodes both and measures how far they are apart. */
  void measure() throws MediaSetupException {
    List<byte[]> with = packets.stream().map(Packet::payload).toList();
    List<byte[]> without = expected.stream().map(Packet::payload).toList();
    for (int i = 0; i < with.size(); i++) {
      changedPackets += Arrays.equals(with.get(i), without.get(i)) ? 0 : 1;
    }
    if (changedPackets == 0) {
      return;
    }
    ToneMaterial material = leg.phone().material();
    short[] heard = material.decode(with);
    short[] reference = material.decode(without);
    measureLevel(heard, reference, material.sampleRateHz() / 50);
    measureTones(heard, reference, material.sampleRateHz() / 10);
  }

  private void measureLevel(short[] heard, short[] reference, int window) {
    double lowest = Double.MAX_VALUE;
    double highest = -Double.MAX_VALUE;
    for (int at = SETTLED * window; at + window <= reference.length; at += window) {
      lowest = Math.min(lowest, levelDb(reference, at, window));
      highest = Math.max(highest, levelDb(reference, at, window));
    }
    for (int at = SETTLED * window; at + window <= heard.length; at += window) {
      double level = levelDb(heard, at, window);
      double off = Math.max(level - highest, lowest - level);
      largestLevelStepDb = Math.max(largestLevelStepDb, off);
    }
  }

  private void measureTones(short[] heard, short[] reference, int window) {
    for (double hz : leg.tonesHz()) {
      Goertzel tone = new Goertzel(leg.phone().material().sampleRateHz(), hz);
      double least = 1;
      double leastWithout = 1;
      for (int at = 3 * window; at + window <= heard.length; at += window) {
        least = Math.min(least, tone.toneShare(heard, at, window));
        leastWithout = Math.min(leastWithout, tone.toneShare(reference, at, window));
      }
      largestToneLoss = Math.max(largestToneLoss, leastWithout - least);
    }
  }

  private static double levelDb(short[] pcm, int offset, int samples) {
    return 10 * Math.log10(energy(pcm, offset, samples));
  }

  private static double energy(short[] pcm, int offset, int samples) {
    double energy = 1;
    for (int i = offset; i < offset + samples; i++) {
      energy += (double) pcm[i] * pcm[i];
    }
    return energy;
  }

  /**
   * How far the level of any 20 ms is outside what the run without swaps has, in dB. All is steady,
   * so in G.711 that is one level; Opus has a range of its own at 32 kbit/s.
   */
  double largestLevelStepDb() {
    return largestLevelStepDb;
  }

  /** The least share of a tone in any 100 ms without swaps, minus that with them; the largest. */
  double largestToneLoss() {
    return largestToneLoss;
  }

  @Override
  public String toString() {
    return String.format(
        "level %.3f dB outside, tone share %.4f less, %d of %d packets changed",
        largestLevelStepDb, largestToneLoss, changedPackets, packets.size());
  }
}
