package org.mediacore.tck;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.state.TransportState;
import org.mediacore.api.transport.PacketChannel;
import org.mediacore.api.transport.Transport;
import org.mediacore.api.transport.TransportFactory;

/** Transports at work: sending, receiving, latching, strangers, odd datagrams, and the end. */
final class TransportExercise implements BundleExercise {
  private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.10", 61_234);
  private static final InetSocketAddress STRANGER = new InetSocketAddress("198.51.100.66", 4000);
  private static final int STEPS = 8;

  /** A transport between its network and its session. */
  private record Subject(Transport transport, RecordingChannel channel, RecordingSink sink) {}

  private final List<Subject> subjects = new ArrayList<>();
  private final UnaryOperator<byte[]> asPeerSends;

  TransportExercise(UnaryOperator<byte[]> asPeerSends) {
    this.asPeerSends = asPeerSends;
  }

  void add(TransportFactory factory, TransportState state) throws MediaSetupException {
    RecordingChannel channel = new RecordingChannel();
    RecordingSink sink = new RecordingSink();
    subjects.add(new Subject(factory.create(state, channel, sink), channel, sink));
  }

  @Override
  public int steps() {
    return STEPS;
  }

  @Override
  public void step(int index, Results results) {
    for (Subject subject : subjects) {
      step(index, subject);
      record(subject, results);
    }
  }

  private void step(int index, Subject subject) {
    switch (index) {
      case 0 -> send(subject, index);
      case 1 -> receive(subject, STRANGER, index);
      case 2, 4 -> receive(subject, PEER, index);
      case 3 -> send(subject, index);
      case 5 -> receiveOdd(subject);
      case 6 -> receive(subject, STRANGER, index);
      default -> {
        subject.transport().close();
        subject.transport().close();
        receive(subject, PEER, index);
        send(subject, index);
      }
    }
  }

  private static void record(Subject subject, Results results) {
    for (RecordingChannel.Sent sent : subject.channel().sent()) {
      results.add("sent to " + sent.to() + " from port " + sent.component(), sent.bytes());
    }
    subject.sink().packets().forEach(packet -> results.add("delivered", packet));
    results
        .add("refused", subject.sink().refusedCount())
        .add("snapshot", subject.transport().snapshot().toString());
  }

  private static byte[] packet(int component, int sequence) {
    byte[] packet = new byte[component == PacketChannel.RTP ? 172 : 28];
    packet[0] = (byte) 0x80;
    packet[1] = (byte) (component == PacketChannel.RTP ? 0 : 200); // PCMU, sender report
    packet[3] = (byte) (component == PacketChannel.RTP ? sequence : 6);
    for (int i = 12; i < packet.length; i++) {
      packet[i] = (byte) (31 * i + sequence);
    }
    return packet;
  }

  private static void send(Subject subject, int sequence) {
    for (int component : new int[] {PacketChannel.RTP, PacketChannel.RTCP}) {
      byte[] packet = packet(component, sequence);
      ByteBuffer out = ByteBuffer.allocateDirect(packet.length + Transport.HEADROOM_BYTES);
      out.put(packet).flip();
      subject.transport().send(component, out);
    }
  }

  private void receive(Subject subject, InetSocketAddress from, int sequence) {
    for (int component : new int[] {PacketChannel.RTP, PacketChannel.RTCP}) {
      byte[] datagram = asPeerSends.apply(packet(component, sequence));
      ByteBuffer in = ByteBuffer.allocateDirect(datagram.length + Transport.HEADROOM_BYTES);
      in.put(datagram).flip();
      subject.transport().receive(component, in, from, sequence);
    }
  }

  private static void receiveOdd(Subject subject) {
    for (int length : new int[] {0, 1, 11, 1_500}) {
      ByteBuffer in = ByteBuffer.allocateDirect(length + Transport.HEADROOM_BYTES).limit(length);
      subject.transport().receive(PacketChannel.RTP, in, STRANGER, length);
    }
  }

  @Override
  public void close() {
    subjects.forEach(subject -> subject.transport().close());
  }
}
