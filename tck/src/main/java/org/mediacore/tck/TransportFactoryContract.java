package org.mediacore.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.state.LatchPolicy;
import org.mediacore.api.state.TransportState;
import org.mediacore.api.transport.PacketChannel;
import org.mediacore.api.transport.Transport;
import org.mediacore.api.transport.TransportFactory;

/**
 * What every {@link TransportFactory} and its transports owe the platform. A transport that
 * protects packets overrides {@link #asPeerSends} and {@link #asPeerReceives}.
 */
public abstract class TransportFactoryContract {
  private static final InetSocketAddress SIGNALLED = new InetSocketAddress("192.0.2.10", 4000);
  private static final InetSocketAddress SIGNALLED_RTCP = new InetSocketAddress("192.0.2.10", 4001);
  private static final InetSocketAddress BEHIND_NAT = new InetSocketAddress("192.0.2.10", 61_234);
  private static final InetSocketAddress STRANGER = new InetSocketAddress("198.51.100.66", 4000);
  private static final byte[] RTP = new byte[172];
  private static final byte[] RTCP = new byte[28];

  static {
    RTP[0] = (byte) 0x80;
    RTCP[0] = (byte) 0x80;
    RTCP[1] = (byte) 200;
    RTCP[3] = 6;
    for (int i = 12; i < RTP.length; i++) {
      RTP[i] = (byte) (31 * i);
    }
  }

  private RecordingChannel channel;
  private RecordingSink sink;
  private int sequence;

  /** The factory under test. */
  protected abstract TransportFactory factory();

  /** The profile to test. */
  protected String profile() {
    return "RTP/AVP";
  }

  /** The datagram that carries an RTP or RTCP packet from the peer. */
  protected byte[] asPeerSends(byte[] packet) {
    return packet;
  }

  /** The RTP or RTCP packet that a datagram of ours carries. */
  protected byte[] asPeerReceives(byte[] datagram) {
    return datagram;
  }

  /** Transports to make and close in the leak test. */
  protected int createCloseCycles() {
    return 10_000;
  }

  /** Bytes that may stay on the heap after {@link #createCloseCycles()}; six times that off it. */
  protected long leakBoundBytes() {
    return 8L << 20;
  }

  /** Each test has a network, a session and a sequence number of its own. */
  @BeforeEach
  void start() {
    channel = new RecordingChannel();
    sink = new RecordingSink();
    sequence = 0;
  }

  /** {@link TransportFactory#profiles()} and {@code create}: what is not served is refused. */
  @Test
  void foreignProfileIsRefusedWithItsName() {
    assertTrue(factory().profiles().contains(profile()));
    TransportState foreign =
        TransportState.initial(
            "X/NOBODY",
            true,
            Optional.of(SIGNALLED),
            Optional.of(SIGNALLED),
            LatchPolicy.SIGNALLED_ADDRESS);
    MediaSetupException refused =
        assertThrows(
            MediaSetupException.class, () -> factory().create(foreign, channel, sink).close());
    assertTrue(refused.getMessage().contains("X/NOBODY"), refused.getMessage());
  }

  /** {@link TransportFactory#profiles()}: never empty, always the same. */
  @Test
  void profilesAreStable() {
    TransportFactory factory = factory();
    assertFalse(factory.profiles().isEmpty(), "a factory serves at least one profile");
    assertEquals(factory.profiles(), factory.profiles());
    assertEquals(factory.profiles(), factory().profiles());
  }

  /** {@link Transport#send}: before any packet came, to the signalled address of each component. */
  @Test
  void sendsToTheSignalledAddressesOfBothPorts() throws Exception {
    try (Transport transport = create(state(false, LatchPolicy.SIGNALLED_ADDRESS))) {
      assertTrue(send(transport, PacketChannel.RTP, RTP));
      assertTrue(send(transport, PacketChannel.RTCP, RTCP));
    }
    assertSent(0, PacketChannel.RTP, SIGNALLED, RTP);
    assertSent(1, PacketChannel.RTCP, SIGNALLED_RTCP, RTCP);
  }

  /** {@link Transport#send}: with rtcp-mux both leave from the RTP port, to the RTP address. */
  @Test
  void muxSendsBothThroughTheRtpPort() throws Exception {
    try (Transport transport = create(state(true, LatchPolicy.SIGNALLED_ADDRESS))) {
      assertTrue(send(transport, PacketChannel.RTP, RTP));
      assertTrue(send(transport, PacketChannel.RTCP, RTCP));
    }
    assertSent(0, PacketChannel.RTP, SIGNALLED, RTP);
    assertSent(1, PacketChannel.RTP, SIGNALLED, RTCP);
  }

  /** {@link Transport#send}: dropped while there is no address, and when the network refuses. */
  @Test
  void sendTellsWhetherItWasSent() throws Exception {
    TransportState nowhere =
        TransportState.initial(
            profile(), true, Optional.empty(), Optional.empty(), LatchPolicy.SIGNALLED_ADDRESS);
    try (Transport transport = create(nowhere)) {
      assertFalse(send(transport, PacketChannel.RTP, RTP));
      assertEquals(0, channel.count());
    }
    try (Transport transport = create(state(true, LatchPolicy.SIGNALLED_ADDRESS))) {
      channel.takes(false);
      assertFalse(send(transport, PacketChannel.RTP, RTP));
    }
  }

  /** {@link Transport#receive}: the packet reaches the sink as the peer made it, with the clock. */
  @Test
  void deliversThePeersPacket() throws Exception {
    try (Transport transport = create(state(true, LatchPolicy.SIGNALLED_ADDRESS))) {
      byte[] packet = receiveRtp(transport, SIGNALLED, 77);
      assertEquals(1, sink.delivered());
      assertArrayEquals(packet, sink.packets().get(0));
      assertEquals(77, sink.lastNowNs());
      assertEquals(0, sink.refusedCount());
    }
  }

  /** {@link LatchPolicy#SIGNALLED_ADDRESS}: another port of the signalled host latches, once. */
  @Test
  void latchesOnceToThePortBehindTheNat() throws Exception {
    try (Transport transport = create(state(true, LatchPolicy.SIGNALLED_ADDRESS))) {
      receiveRtp(transport, BEHIND_NAT, 1);
      assertTrue(send(transport, PacketChannel.RTP, RTP));
      assertSent(0, PacketChannel.RTP, BEHIND_NAT, RTP);
      receiveRtp(transport, SIGNALLED, 2);
      receiveRtp(transport, new InetSocketAddress("192.0.2.10", 61_235), 3);
      assertEquals(1, sink.delivered());
      assertEquals(2, sink.refusedCount());
      assertEquals(Optional.of(BEHIND_NAT), transport.snapshot().latchedRtp());
    }
  }

  /** {@link Transport#receive}: a stranger is refused, never latched, never sent to. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void strangerIsRefusedOnEveryPort(boolean mux) throws Exception {
    try (Transport transport = create(state(mux, LatchPolicy.SIGNALLED_ADDRESS))) {
      receiveRtp(transport, STRANGER, 1);
      receive(transport, PacketChannel.RTCP, RTCP, STRANGER, 2);
      assertEquals(0, sink.delivered());
      assertEquals(2, sink.refusedCount());
      assertEquals(Optional.empty(), transport.snapshot().latchedRtp());
      assertEquals(Optional.empty(), transport.snapshot().latchedRtcp());
      send(transport, PacketChannel.RTP, RTP);
      send(transport, PacketChannel.RTCP, RTCP);
    }
    assertTrue(channel.sent().stream().noneMatch(sent -> sent.to().equals(STRANGER)));
  }

  /** {@link org.mediacore.api.transport.PacketSink#packet}: only what it accepts may latch. */
  @ParameterizedTest
  @ValueSource(strings = {"SIGNALLED_ADDRESS", "ANY"})
  void unexpectedPacketDoesNotLatch(LatchPolicy policy) throws Exception {
    try (Transport transport = create(state(true, policy))) {
      sink.accepts(false);
      receiveRtp(transport, BEHIND_NAT, 1);
      assertEquals(Optional.empty(), transport.snapshot().latchedRtp());
      sink.accepts(true);
      receiveRtp(transport, SIGNALLED, 2);
      assertEquals(Optional.of(SIGNALLED), transport.snapshot().latchedRtp());
    }
  }

  /** {@link LatchPolicy#ANY}: the first valid packet from anywhere latches, nobody after it. */
  @Test
  void anyPolicyLatchesTheFirst() throws Exception {
    InetSocketAddress first = new InetSocketAddress("203.0.113.5", 5_555);
    try (Transport transport = create(state(true, LatchPolicy.ANY))) {
      receiveRtp(transport, first, 1);
      receiveRtp(transport, SIGNALLED, 2);
      receiveRtp(transport, STRANGER, 3);
      assertEquals(1, sink.delivered());
      assertEquals(2, sink.refusedCount());
      assertTrue(send(transport, PacketChannel.RTP, RTP));
      assertSent(0, PacketChannel.RTP, first, RTP);
    }
  }

  /** {@link Transport#snapshot}: of a fresh transport it is the state it was made from. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void snapshotOfAFreshTransportIsItsState(boolean mux) throws Exception {
    TransportState state = state(mux, LatchPolicy.SIGNALLED_ADDRESS);
    try (Transport transport = create(state)) {
      assertEquals(state, transport.snapshot());
    }
  }

  /** {@link Transport#snapshot}: a successor continues where its predecessor stopped. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void successorContinues(boolean mux) throws Exception {
    Transport predecessor = create(state(mux, LatchPolicy.SIGNALLED_ADDRESS));
    receiveRtp(predecessor, BEHIND_NAT, 1);
    InetSocketAddress rtcpFrom = new InetSocketAddress("192.0.2.10", 61_240);
    if (!mux) {
      receive(predecessor, PacketChannel.RTCP, RTCP, rtcpFrom, 2);
    }
    send(predecessor, PacketChannel.RTP, RTP);
    TransportState snapshot = predecessor.snapshot();
    predecessor.close();

    try (Transport successor = create(snapshot)) {
      assertEquals(snapshot, successor.snapshot());
      assertTrue(send(successor, PacketChannel.RTP, RTP));
      assertTrue(send(successor, PacketChannel.RTCP, RTCP));
      long delivered = sink.delivered();
      receiveRtp(successor, BEHIND_NAT, 3);
      assertEquals(delivered + 1, sink.delivered());
      receiveRtp(successor, SIGNALLED, 4);
      receiveRtp(successor, STRANGER, 5);
      assertEquals(delivered + 1, sink.delivered());
      assertEquals(2, sink.refusedCount());
    }
    assertSent(1, PacketChannel.RTP, BEHIND_NAT, RTP);
    if (mux) {
      assertSent(2, PacketChannel.RTP, BEHIND_NAT, RTCP);
    } else {
      assertSent(2, PacketChannel.RTCP, rtcpFrom, RTCP);
    }
  }

  /** {@link Transport#close}: again does nothing; afterwards nothing passes, the state is kept. */
  @Test
  void closedTransportIsSilent() throws Exception {
    Transport transport = create(state(true, LatchPolicy.SIGNALLED_ADDRESS));
    receiveRtp(transport, BEHIND_NAT, 1);
    TransportState before = transport.snapshot();
    transport.close();
    transport.close();
    receiveRtp(transport, BEHIND_NAT, 2);
    assertFalse(send(transport, PacketChannel.RTP, RTP));
    assertEquals(1, sink.delivered());
    assertEquals(0, channel.count());
    assertEquals(before, transport.snapshot());
  }

  /** {@link Transport#receive}: no datagram, however short or odd, throws. */
  @Test
  void oddDatagramsDoNotThrow() throws Exception {
    try (Transport transport = create(state(true, LatchPolicy.ANY))) {
      sink.accepts(false);
      for (int length : new int[] {0, 1, 2, 11, 12, 1_500, 65_507}) {
        ByteBuffer datagram = ByteBuffer.allocateDirect(length + Transport.HEADROOM_BYTES);
        datagram.limit(length);
        Check.noThrow(
            length + " bytes",
            () -> {
              transport.receive(PacketChannel.RTP, datagram, STRANGER, length);
              return true;
            });
      }
    }
  }

  /**
   * Buffers are the loop's: packets lie anywhere in them, and nothing in front of the position or
   * behind the headroom is touched.
   */
  @Test
  void onlyThePacketAndItsHeadroomAreTouched() throws Exception {
    try (Transport transport = create(state(true, LatchPolicy.SIGNALLED_ADDRESS))) {
      ByteBuffer in = TransportBuffers.holding(asPeerSends(RTP), 0);
      transport.receive(PacketChannel.RTP, in, SIGNALLED, 1);
      assertArrayEquals(RTP, sink.packets().get(0));
      TransportBuffers.assertSurroundings(in, asPeerSends(RTP).length);
      ByteBuffer out = TransportBuffers.holding(RTP, Transport.HEADROOM_BYTES);
      assertTrue(transport.send(PacketChannel.RTP, out));
      TransportBuffers.assertSurroundings(out, RTP.length + Transport.HEADROOM_BYTES);
    }
    assertSent(0, PacketChannel.RTP, SIGNALLED, RTP);
  }

  /** Instances share nothing: each has its own latch, network and session, and its own end. */
  @Test
  void instancesAreIsolated() throws Exception {
    RecordingChannel otherChannel = new RecordingChannel();
    RecordingSink otherSink = new RecordingSink();
    TransportFactory shared = factory();
    TransportState state = state(true, LatchPolicy.SIGNALLED_ADDRESS);
    try (Transport one = shared.create(state, channel, sink);
        Transport other = shared.create(state, otherChannel, otherSink)) {
      receiveRtp(one, BEHIND_NAT, 1);
      assertEquals(0, otherSink.delivered(), "a packet of the other session");
      assertEquals(Optional.empty(), other.snapshot().latchedRtp(), "latched by the other session");
      receiveRtp(other, SIGNALLED, 2);
      assertTrue(send(one, PacketChannel.RTP, RTP));
      assertTrue(send(other, PacketChannel.RTP, RTP));
      one.close();
      receiveRtp(other, SIGNALLED, 3);
      assertTrue(send(other, PacketChannel.RTP, RTP));
    }
    assertEquals(1, sink.delivered());
    assertEquals(2, otherSink.delivered());
    assertSent(0, PacketChannel.RTP, BEHIND_NAT, RTP);
    assertEquals(1, channel.count());
    assertEquals(
        List.of(SIGNALLED, SIGNALLED),
        otherChannel.sent().stream().map(RecordingChannel.Sent::to).toList());
  }

  /** {@code close} frees what was held: many instances leave no memory and no classes behind. */
  @Test
  void createAndCloseLeavesNothing() throws Exception {
    TransportFactory factory = factory();
    TransportState state = state(true, LatchPolicy.SIGNALLED_ADDRESS);
    for (int i = 0; i < 100; i++) {
      factory.create(state, channel, sink).close();
    }
    MemoryGrowth growth = MemoryGrowth.start();
    for (int i = 0; i < createCloseCycles(); i++) {
      factory.create(state, channel, sink).close();
    }
    growth.assertBounded(leakBoundBytes(), createCloseCycles() + " transports");
  }

  /** {@link Transport}: nothing is allocated per packet, accepted, refused or sent. */
  @Test
  void nothingIsAllocatedPerPacket() throws Exception {
    try (Transport transport = create(state(true, LatchPolicy.SIGNALLED_ADDRESS))) {
      receiveRtp(transport, BEHIND_NAT, 1);
      sink.records(false);
      channel.records(false);
      InetSocketAddress equalToLatched = new InetSocketAddress("192.0.2.10", 61_234);
      byte[] datagram = asPeerSends(RTP);
      ByteBuffer in = ByteBuffer.allocateDirect(2_048);
      ByteBuffer out = ByteBuffer.allocateDirect(2_048);
      Runnable once =
          () -> {
            in.clear().put(datagram).flip();
            transport.receive(PacketChannel.RTP, in, BEHIND_NAT, 2);
            in.clear().put(datagram).flip();
            transport.receive(PacketChannel.RTP, in, equalToLatched, 2);
            in.clear().put(datagram).flip();
            transport.receive(PacketChannel.RTP, in, STRANGER, 2);
            out.clear().put(RTP).flip();
            transport.send(PacketChannel.RTP, out);
          };
      Allocation.assertAtMost(0, 20_000, 1_000, "receive and send", once);
    }
  }

  private TransportState state(boolean mux, LatchPolicy policy) {
    return TransportState.initial(
        profile(),
        mux,
        Optional.of(SIGNALLED),
        Optional.of(mux ? SIGNALLED : SIGNALLED_RTCP),
        policy);
  }

  private Transport create(TransportState state) throws MediaSetupException {
    return factory().create(state, channel, sink);
  }

  private boolean send(Transport transport, int component, byte[] packet) {
    ByteBuffer out = ByteBuffer.allocateDirect(packet.length + Transport.HEADROOM_BYTES);
    out.put(packet).flip();
    return transport.send(component, out);
  }

  /** The peer's next RTP packet, with a sequence number of its own. */
  private byte[] receiveRtp(Transport transport, InetSocketAddress from, long nowNs) {
    byte[] packet = RTP.clone();
    packet[3] = (byte) ++sequence;
    receive(transport, PacketChannel.RTP, packet, from, nowNs);
    return packet;
  }

  private void receive(
      Transport transport, int component, byte[] packet, InetSocketAddress from, long nowNs) {
    byte[] datagram = asPeerSends(packet);
    ByteBuffer in = ByteBuffer.allocateDirect(datagram.length + Transport.HEADROOM_BYTES);
    in.put(datagram).flip();
    transport.receive(component, in, from, nowNs);
  }

  private void assertSent(int index, int component, InetSocketAddress to, byte[] packet) {
    RecordingChannel.Sent sent = channel.sent().get(index);
    assertEquals(component, sent.component(), "local port");
    assertEquals(to, sent.to());
    assertArrayEquals(packet, asPeerReceives(sent.bytes()));
  }
}
