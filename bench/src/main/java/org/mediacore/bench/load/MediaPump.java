package org.mediacore.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends one packet per leg every 20 ms, evenly spread over the time, and reads what comes back, on
 * the calling thread. It polls: while there is work to do soon it does not wait, so that a packet's
 * time of arrival is known to some microseconds.
 *
 * <p>It allocates nothing for a packet itself; {@link DatagramChannel#receive} makes an address
 * whenever the sender differs from that of the packet before.
 */
final class MediaPump {
  private static final long PERIOD_NS = 20_000_000;
  private static final long HOUSEKEEPING_NS = 100_000_000;
  private static final long IDLE_NS = 200_000;
  private static final long NAP_NS = 20_000;
  private static final int SEND_BATCH = 4;
  private static final int RECEIVE_BATCH = 16;
  private static final int RTP_HEADER = 12;
  private static final int PORTS = 65_536;

  /** What is done ten times a second beside the media, such as answering SIP. */
  interface Housekeeping {
    void run() throws IOException;
  }

  private final MediaSockets sockets;
  private final Leg[] legs;
  private final Leg[] byPort = new Leg[PORTS];
  private final PayloadFrames[] payloads = new PayloadFrames[MediaCodec.values().length];
  private final Housekeeping housekeeping;
  private final ByteBuffer out = ByteBuffer.allocateDirect(2_048);
  private final ByteBuffer in = ByteBuffer.allocateDirect(2_048);
  private final LatencyHistogram latency = new LatencyHistogram();
  private final LatencyHistogram lateness = new LatencyHistogram();
  private final LatencyHistogram spacing = new LatencyHistogram();
  private long slot;
  private long startNs;
  private long unknownPackets;

  MediaPump(
      MediaSockets sockets,
      Leg[] legs,
      Map<MediaCodec, PayloadFrames> payloads,
      Housekeeping housekeeping) {
    this.sockets = sockets;
    this.legs = legs;
    this.housekeeping = housekeeping;
    payloads.forEach((codec, frames) -> this.payloads[codec.ordinal()] = frames);
    for (Leg leg : legs) {
      byPort[leg.remote.getPort()] = leg;
    }
  }

  /** The times from sending to receiving of all packets that came back as they were sent. */
  LatencyHistogram latency() {
    return latency;
  }

  /** How late each packet was sent: the generator's own fault. */
  LatencyHistogram lateness() {
    return lateness;
  }

  /** How far the distance of two packets of one leg was from 20 ms: an uneven clock. */
  LatencyHistogram spacing() {
    return spacing;
  }

  /** Packets that came from no leg's port, or were no RTP. */
  long unknownPackets() {
    return unknownPackets;
  }

  /**
   * Sends and receives for some time. Called again, it goes on where it ended.
   *
   * @param durationNs for how long
   */
  void run(long durationNs) throws IOException {
    long nowNs = System.nanoTime();
    startNs = nowNs - slot * PERIOD_NS / legs.length;
    long endNs = nowNs + durationNs;
    long nextHousekeepingNs = nowNs;
    while (nowNs - endNs < 0) {
      sendDue(nowNs);
      boolean idle = receive() == 0;
      nowNs = System.nanoTime();
      if (nowNs - nextHousekeepingNs >= 0) {
        housekeep();
        nextHousekeepingNs = nowNs + HOUSEKEEPING_NS;
      } else if (idle && dueNs() - nowNs > IDLE_NS) {
        LockSupport.parkNanos(NAP_NS);
        nowNs = System.nanoTime();
      }
    }
  }

  /** From here on everything is counted. */
  void beginMeasurement() {
    for (Leg leg : legs) {
      leg.beginMeasurement();
    }
    latency.clear();
    lateness.clear();
    spacing.clear();
    unknownPackets = 0;
  }

  /** What all legs have received since {@link #beginMeasurement}. */
  long received() {
    long received = 0;
    for (Leg leg : legs) {
      received += leg.received;
    }
    return received;
  }

  /** Receives what is still under way, without sending. */
  void drain(long durationNs) throws IOException {
    long endNs = System.nanoTime() + durationNs;
    while (System.nanoTime() - endNs < 0) {
      if (receive() == 0) {
        LockSupport.parkNanos(NAP_NS);
      }
    }
    housekeep();
  }

  private void housekeep() throws IOException {
    sockets.drainControl();
    housekeeping.run();
  }

  private long dueNs() {
    return startNs + slot * PERIOD_NS / legs.length;
  }

  /** Sends what is due, but only a few packets: then it is looked what has arrived. */
  private void sendDue(long startedNs) throws IOException {
    long nowNs = startedNs;
    for (int i = 0; i < SEND_BATCH; i++) {
      long lateNs = nowNs - dueNs();
      if (lateNs < 0) {
        return;
      }
      lateness.record(lateNs);
      send(legs[(int) (slot % legs.length)], nowNs);
      slot++;
      nowNs = System.nanoTime();
    }
  }

  /** RFC 3550 §5.1: version 2, no padding, extension, CSRC or marker. */
  private void send(Leg leg, long nowNs) throws IOException {
    PayloadFrames source = payloads[leg.codec.ordinal()];
    int frame = (leg.index * 7 + leg.number) % source.frames().length;
    out.clear();
    out.put((byte) 0x80).put((byte) leg.payloadType).putShort((short) leg.number);
    out.putInt(leg.number * leg.codec.timestampStep()).putInt(0x10000 + leg.index);
    out.put(source.frames()[frame]);
    int stampAt = RTP_HEADER + source.stampAt()[frame];
    PacketStamp.write(out, stampAt, leg.index, leg.number, nowNs);
    out.flip();
    if (sockets.channel(leg.socket).send(out, leg.remote) > 0) {
      leg.sent++;
    } else {
      leg.refused++;
    }
    leg.number = leg.number + 1 & 0x3FFFFFFF;
  }

  private int receive() throws IOException {
    int packets = 0;
    for (int socket = 0; socket < sockets.count(); socket++) {
      DatagramChannel channel = sockets.channel(socket);
      for (int i = 0; i < RECEIVE_BATCH; i++) {
        InetSocketAddress sender = (InetSocketAddress) channel.receive(in.clear());
        if (sender == null) {
          break;
        }
        packets++;
        in.flip();
        received(byPort[sender.getPort()], socket, System.nanoTime());
      }
    }
    return packets;
  }

  private void received(Leg leg, int socket, long nowNs) {
    if (leg == null || leg.socket != socket || in.limit() <= RTP_HEADER) {
      unknownPackets++;
      return;
    }
    int type = in.get(1) & 0xFF;
    if (type >= 192 && type <= 223) {
      return; // RTCP on the same port: RFC 5761 §4
    }
    leg.received++;
    leg.sequence(in.getShort(2) & 0xFFFF, in.getInt(4));
    if (leg.received > 1) {
      spacing.record(Math.abs(nowNs - leg.lastArrivalNs - PERIOD_NS));
    }
    leg.lastArrivalNs = nowNs;
    int stampAt = leg.source < 0 ? -1 : stampAt();
    if (stampAt < 0) {
      return;
    }
    int from = PacketStamp.leg(in, stampAt);
    if (from >= legs.length || leg.source >= 0 && from != leg.source) {
      leg.strangers++;
      return;
    }
    int number = PacketStamp.number(in, stampAt);
    boolean first = leg.firstSight(number);
    if (number < legs[from].firstNumber) {
      return; // sent before the measurement
    }
    leg.stamped++;
    if (first) {
      leg.unique++;
      latency.record(PacketStamp.ageNs(in, stampAt, nowNs));
    } else {
      leg.duplicates++;
    }
  }

  /** G.711 has the stamp at the payload's begin, Opus at its end. */
  private int stampAt() {
    if (PacketStamp.isAt(in, RTP_HEADER)) {
      return RTP_HEADER;
    }
    int atEnd = in.limit() - PacketStamp.LENGTH;
    return atEnd > RTP_HEADER && PacketStamp.isAt(in, atEnd) ? atEnd : -1;
  }
}
