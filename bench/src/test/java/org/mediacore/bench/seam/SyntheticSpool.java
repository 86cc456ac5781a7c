package org.mediacore.bench.seam;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.bench.load.MediaCodec;

/**
 * A spool as {@code tonecalls.c} writes it, of one leg that hears a tone, with faults where asked.
 */
final class SyntheticSpool {
  static final long START_NS = 1_700_000_000_000_000_000L;
  static final long FRAME_NS = 20_000_000;
  static final ToneLeg LEG =
      new ToneLeg("conf-a", MediaCodec.PCMU, 500, -20, List.of(600.0), ToneLeg.CLOCKED);

  private final ByteArrayOutputStream records = new ByteArrayOutputStream();
  private final List<byte[]> payloads;
  private int sequence = 65_500;
  private int timestamp = -3_000;
  private int ssrc = 77;

  SyntheticSpool() throws IOException {
    payloads = ToneMaterial.of(MediaCodec.PCMU, Fmtp.NONE, 600, -20, 1).payloads();
  }

  /** A packet at a time in frames; its payload is that of the tone there. */
  SyntheticSpool packet(double frame) {
    return packet(frame, payloads.get(sequence & 0xFF));
  }

  SyntheticSpool packet(double frame, byte[] payload) {
    ByteBuffer packet = ByteBuffer.allocate(12 + payload.length);
    packet.put((byte) 0x80).put((byte) 0).putShort((short) sequence++);
    packet.putInt(timestamp).putInt(ssrc).put(payload);
    timestamp += 160;
    return record(0, START_NS + Math.round(frame * FRAME_NS), packet.array());
  }

  /** Packets in their time, from one frame until before another. */
  SyntheticSpool packets(int from, int to) {
    for (int frame = from; frame < to; frame++) {
      packet(frame);
    }
    return this;
  }

  /** A packet of the same tone with another level, or none. */
  SyntheticSpool packet(double frame, double dbfs) throws IOException {
    return packet(
        frame, ToneMaterial.of(MediaCodec.PCMU, Fmtp.NONE, 600, dbfs, 1).payloads().get(0));
  }

  /** A number that never comes. */
  SyntheticSpool lose() {
    sequence++;
    timestamp += 160;
    return this;
  }

  SyntheticSpool jump(int ticks) {
    timestamp += ticks;
    return this;
  }

  SyntheticSpool otherSource() {
    ssrc++;
    return this;
  }

  SyntheticSpool repeat() {
    sequence--;
    timestamp -= 160;
    return this;
  }

  SyntheticSpool late(double frame, double ms) {
    return late(-2, frame, ms);
  }

  /** The sender is no longer behind. */
  SyntheticSpool behind(double frame, double ms) {
    return late(-3, frame, ms);
  }

  private SyntheticSpool late(int kind, double frame, double ms) {
    ByteBuffer body = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
    body.putInt(0).putInt(0).putLong(Math.round(ms * 1e6));
    return record(kind, START_NS + Math.round(frame * FRAME_NS), body.array());
  }

  SyntheticSpool sent(long... times) {
    ByteBuffer body = ByteBuffer.allocate(8 + 8 * times.length).order(ByteOrder.nativeOrder());
    body.putInt(0).putInt(0);
    for (long time : times) {
      body.putLong(time);
    }
    return record(-1, 0, body.array());
  }

  private SyntheticSpool record(int kind, long ns, byte[] body) {
    ByteBuffer head = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
    head.putInt(kind).putInt(body.length).putLong(ns);
    records.writeBytes(head.array());
    records.writeBytes(body);
    return this;
  }

  byte[] bytes() {
    return records.toByteArray();
  }

  Spool spool() throws IOException {
    return Spool.of(ByteBuffer.wrap(bytes()), 1);
  }

  static Span all() {
    return new Span(START_NS, START_NS + 3600 * 50 * FRAME_NS);
  }

  WireJudge.Finding wire(List<Gap> gaps, long... inputNs) throws IOException {
    Spool spool = spool();
    Standstills standstills = new Standstills(spool.late(), spool.behind());
    return new WireJudge(0, spool.streams().get(0), 160, inputNs, standstills).judge(all(), gaps);
  }

  Sound sound() throws IOException {
    return Sound.of(spool().streams().get(0), LEG);
  }

  static List<Gap> gaps() {
    return new ArrayList<>();
  }
}
