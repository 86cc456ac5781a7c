package org.mediacore.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Captures and arrival traces of MEDIACORE_VECTORS. */
class CaptureVectorTest {

  /** Packets as the captures' own record headers count them. */
  @ParameterizedTest
  @CsvSource({
    "rtp/freeswitch/milliwatt.pcmu.rtp.pcap, 232, 8000",
    "rtp/libjitsi/chrome_single_flexfec03_packet.pcap, 1, 90000",
    "rtp/str0m/av1.pcap, 201, 90000",
    "rtp/str0m/contiguous_vp9.pcap, 200, 90000",
    "rtp/str0m/h264.pcap, 298, 90000",
    "rtp/str0m/h266.pcap, 323, 90000",
    "rtp/str0m/vp8.pcap, 104, 90000",
    "rtp/str0m/vp9.pcap, 316, 90000",
    "rtp/webrtc-rtpdump/hrtf_g722_1C_48_jitterT2.rtp, 1176, 32000",
    "rtp/webrtc-rtpdump/stereo_g729_jitter.rtp, 2009, 8000",
    "rtp/webrtc-rtpdump/stereo_pcmu_jitter.rtp, 2009, 8000",
    "rtp/webrtc-rtpdump/stereo_pcmu_vad_jitter.rtp, 1811, 8000",
    "fuzz/rtpdump-corpus/vp8/vp8.rtpdump, 175, 90000",
    "fuzz/rtpdump-corpus/vp9/vp9.rtpdump, 193, 90000",
  })
  void depacketises(String file, int packets, int clockRateHz) throws IOException {
    List<Vectors.Datagram> datagrams = Vectors.read(Vectors.root().resolve(file));
    assertEquals(packets, datagrams.size());
    RtpPacket packet = new RtpPacket();
    RtpReceiver receiver = new RtpReceiver(0, clockRateHz);
    Set<Long> distinct = new HashSet<>();
    RtcpReader reader = new RtcpReader(true);
    int first = 0;
    int reports = 0;
    for (Vectors.Datagram datagram : datagrams) {
      ByteBuffer buffer = ByteBuffer.wrap(datagram.bytes());
      if (PacketKind.of(buffer) == PacketKind.RTCP) {
        assertEquals(RtcpReader.OK, reader.wrap(buffer));
        reports++;
        continue;
      }
      assertEquals(PacketKind.RTP, PacketKind.of(buffer));
      assertEquals(RtpPacket.OK, packet.wrap(buffer));
      assertTrue(packet.payloadLength() > 0);
      first = distinct.isEmpty() ? packet.ssrc() : first;
      distinct.add((long) packet.ssrc() << 16 | packet.sequence());
      receiver.receive(packet, datagram.atNs());
    }
    int ofFirst = 0;
    for (long key : distinct) {
      ofFirst += (int) (key >> 16) == first ? 1 : 0;
    }
    assertEquals(ofFirst, distinct.size(), "one source");
    assertEquals(distinct.size(), receiver.accepted(), "each packet once");
    assertEquals(datagrams.size() - reports, receiver.accepted() + receiver.duplicates());
    System.out.printf(
        "%s: %d packets, %d of RTCP, %d lost, %d reordered, %d duplicates, jitter %d%n",
        file,
        datagrams.size(),
        reports,
        receiver.lost(),
        receiver.reordered(),
        receiver.duplicates(),
        receiver.jitter());
  }

  /** Loss, order and jitter of jitter/SUMMARY.tsv. */
  @ParameterizedTest
  @CsvSource({
    "firstvalid, 48000, 3501, 0, 0, 3.32",
    "opus-edge-congestion20_60_40, 48000, 3083, 6, 0, 4.99",
    "pcmu_8k_no_jitter, 8000, 2524, 0, 0, 0.5",
    "rtp-120late-1000total, 48000, 904, 0, 0, 24.76",
    "rtp-60late-500total, 48000, 404, 0, 0, 21.17",
    "webrtc-stereo_pcmu_jitter, 8000, 2009, 53, 468, 15.82",
  })
  void receiverAgreesWithTheSummary(
      String name, int clockRateHz, int packets, int lost, int reordered, double jitterMs)
      throws IOException {
    RtpReceiver receiver = new RtpReceiver(0, clockRateHz);
    for (Vectors.Arrival a : Vectors.trace(name)) {
      receiver.receive(1, a.sequence(), a.timestamp(), a.atNs());
    }
    assertEquals(packets, receiver.accepted());
    assertEquals(lost, receiver.lost());
    assertEquals(reordered, receiver.reordered());
    assertEquals(jitterMs, receiver.jitter() * 1000.0 / clockRateHz, 0.2);
  }

  /** How long each packet is: up to the timestamp of its successor, where that is 60 ms or less. */
  private static Map<Long, Integer> durations(List<Vectors.Arrival> trace, int clockRateHz) {
    RtpReceiver receiver = new RtpReceiver(0, clockRateHz);
    Map<Long, Integer> timestamps = new HashMap<>();
    for (Vectors.Arrival a : trace) {
      receiver.receive(1, a.sequence(), a.timestamp(), a.atNs());
      timestamps.put(receiver.extendedSequence(), a.timestamp());
    }
    Map<Long, Integer> durations = new HashMap<>();
    timestamps.forEach(
        (sequence, timestamp) -> {
          int duration = timestamps.getOrDefault(sequence + 1, timestamp) - timestamp;
          if (duration > 0 && duration <= clockRateHz * 60 / 1000) {
            durations.put(sequence, duration);
          }
        });
    return durations;
  }

  /**
   * The share played is what a fixed delay of 40 ms reaches: in the two "late" traces the transit
   * time swings by 130 ms all the time, in the congested one by up to 7 s.
   */
  @ParameterizedTest
  @CsvSource({
    "firstvalid, 48000, 0.99",
    "opus-edge-congestion20_60_40, 48000, 0.60",
    "pcmu_8k_no_jitter, 8000, 0.98",
    "rtp-120late-1000total, 48000, 0.65",
    "rtp-60late-500total, 48000, 0.65",
    "webrtc-stereo_pcmu_jitter, 8000, 0.85",
  })
  void jitterBufferPlaysTheTraces(String name, int clockRateHz, double share) throws IOException {
    List<Vectors.Arrival> trace = Vectors.trace(name);
    JitterBuffer buffer = new JitterBuffer(clockRateHz);
    RtpReceiver receiver = new RtpReceiver(0, clockRateHz);
    int tickTicks = clockRateHz / 100;
    long last = Long.MIN_VALUE;
    int needed = 0;
    Map<Long, Integer> durations = durations(trace, clockRateHz);
    int frame = 2 * tickTicks;
    int next = 0;
    long end = trace.get(trace.size() - 1).atNs() + 1_000_000_000L;
    for (long now = 0; now < end; now += 10_000_000) {
      while (next < trace.size() && trace.get(next).atNs() <= now) {
        Vectors.Arrival a = trace.get(next++);
        assertTrue(receiver.receive(1, a.sequence(), a.timestamp(), a.atNs()) >= 0);
        buffer.put(
            receiver.extendedSequence(),
            receiver.extendedTimestamp(),
            false,
            0,
            ByteBuffer.allocate(a.size() - 12),
            a.atNs());
      }
      needed += tickTicks;
      while (needed > 0) {
        int result = buffer.poll(now);
        if (result == JitterBuffer.FRAME) {
          assertTrue(buffer.sequence() > last, "in order");
          last = buffer.sequence();
          frame = durations.getOrDefault(last, frame);
        }
        int produced =
            result == JitterBuffer.FRAME || result == JitterBuffer.LOST ? frame : tickTicks;
        buffer.advance(produced);
        needed -= produced;
      }
    }
    JitterCounts c = buffer.counts();
    String summary =
        String.format(
            "%s: passed %d = played %d + lost %d + late %d + overflowed %d + skipped %d;"
                + " underruns %d, insertions %d, drops %d, talkspurts %d",
            name,
            c.passed(),
            c.played(),
            c.lost(),
            c.late(),
            c.overflowed(),
            c.skipped(),
            c.underruns(),
            c.insertions(),
            c.drops(),
            c.talkspurts());
    System.out.println(summary);
    assertEquals(receiver.expected(), c.passed(), summary);
    assertEquals(receiver.lost(), c.lost(), summary);
    assertEquals(
        c.passed(), c.played() + c.lost() + c.late() + c.overflowed() + c.skipped(), summary);
    assertTrue(c.played() >= share * trace.size(), summary);
  }
}
