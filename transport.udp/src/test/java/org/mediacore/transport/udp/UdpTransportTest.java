package org.mediacore.transport.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.state.LatchPolicy;
import org.mediacore.api.state.TransportState;
import org.mediacore.api.transport.PacketChannel;
import org.mediacore.api.transport.Transport;
import org.mediacore.tck.RecordingChannel;
import org.mediacore.tck.RecordingSink;

class UdpTransportTest {
  private final RecordingChannel channel = new RecordingChannel();
  private final RecordingSink sink = new RecordingSink();

  /**
   * What arrives, and what becomes of it. The peer signalled 192.0.2.1:4000 and :4001. Steps are
   * {@code component<address:port}, with {@code !} where the sink does not accept; results are D
   * (delivered) or R (refused); then where RTP and RTCP go afterwards.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    // policy, mux, steps, results, rtp goes to, rtcp goes to
    "nothing came, SIG, sep, '', '', 192.0.2.1:4000, 192.0.2.1:4001",
    "nothing came with mux, SIG, mux, '', '', 192.0.2.1:4000, 192.0.2.1:4000",
    "port as signalled, SIG, sep, P<192.0.2.1:4000, D, 192.0.2.1:4000, 192.0.2.1:4001",
    "port differs, SIG, sep, P<192.0.2.1:5, D, 192.0.2.1:5, 192.0.2.1:4001",
    "rtcp port differs, SIG, sep, C<192.0.2.1:6, D, 192.0.2.1:4000, 192.0.2.1:6",
    "both ports differ, SIG, sep, P<192.0.2.1:5 C<192.0.2.1:6, DD, 192.0.2.1:5, 192.0.2.1:6",
    "second port is late, SIG, sep, P<192.0.2.1:5 P<192.0.2.1:4000, DR, 192.0.2.1:5,"
        + " 192.0.2.1:4001",
    "neighbour address, SIG, sep, P<192.0.2.2:4000, R, 192.0.2.1:4000, 192.0.2.1:4001",
    "stranger then peer, SIG, sep, P<192.0.2.9:4000 P<192.0.2.1:5, RD, 192.0.2.1:5, 192.0.2.1:4001",
    "rtcp of a stranger, SIG, sep, C<192.0.2.9:4001, R, 192.0.2.1:4000, 192.0.2.1:4001",
    "not accepted twice, SIG, sep, P<!192.0.2.1:5 P<!192.0.2.1:5, DD, 192.0.2.1:4000,"
        + " 192.0.2.1:4001",
    "not accepted then accepted, SIG, sep, P<!192.0.2.1:5 P<192.0.2.1:7, DD, 192.0.2.1:7,"
        + " 192.0.2.1:4001",
    "latched stays on bad packet, SIG, sep, P<192.0.2.1:5 P<!192.0.2.1:5 P<192.0.2.1:8, DDR,"
        + " 192.0.2.1:5, 192.0.2.1:4001",
    "source port 0, SIG, sep, P<192.0.2.1:0, R, 192.0.2.1:4000, 192.0.2.1:4001",
    "rtcp port unused with mux, SIG, mux, C<192.0.2.1:4001, R, 192.0.2.1:4000, 192.0.2.1:4000",
    "mux latches both, SIG, mux, P<192.0.2.1:5, D, 192.0.2.1:5, 192.0.2.1:5",
    "any: first wins, ANY, sep, P<192.0.2.9:9 P<192.0.2.1:4000, DR, 192.0.2.9:9, 192.0.2.1:4001",
    "any: rtcp of another host after rtp, ANY, sep, P<192.0.2.9:9 C<192.0.2.8:9, DR, 192.0.2.9:9,"
        + " 192.0.2.1:4001",
    "any: rtcp of the same host after rtp, ANY, sep, P<192.0.2.9:9 C<192.0.2.9:10, DD, 192.0.2.9:9,"
        + " 192.0.2.9:10",
    "any: rtcp first does not rule rtp, ANY, sep, C<192.0.2.8:9 P<192.0.2.1:4000, DD,"
        + " 192.0.2.1:4000, 192.0.2.8:9",
    "any: not accepted does not latch, ANY, mux, P<!192.0.2.9:9 P<192.0.2.1:5, DD, 192.0.2.1:5,"
        + " 192.0.2.1:5",
    "any: source port 0, ANY, mux, P<192.0.2.9:0, R, 192.0.2.1:4000, 192.0.2.1:4000",
  })
  void arrivalsDecideWherePacketsGo(
      String name,
      String policy,
      String ports,
      String steps,
      String results,
      String rtp,
      String rtcp)
      throws Exception {
    boolean mux = ports.equals("mux");
    InetSocketAddress signalledRtp = address("192.0.2.1:4000");
    InetSocketAddress signalledRtcp = mux ? signalledRtp : address("192.0.2.1:4001");
    try (Transport transport =
        create(mux, Optional.of(signalledRtp), Optional.of(signalledRtcp), policy)) {
      StringBuilder seen = new StringBuilder();
      for (String step : steps.isEmpty() ? new String[0] : steps.split(" ")) {
        seen.append(arrive(transport, step));
      }
      assertEquals(results, seen.toString());
      assertGoesTo(transport, PacketChannel.RTP, PacketChannel.RTP, rtp);
      assertGoesTo(
          transport, PacketChannel.RTCP, mux ? PacketChannel.RTP : PacketChannel.RTCP, rtcp);
    }
  }

  @Test
  void peerThatWantsNothingGetsNothingButIsHeardWhereItWasLatched() throws Exception {
    InetSocketAddress latched = address("192.0.2.1:5");
    TransportState held =
        new TransportState(
            TransportState.VERSION,
            "RTP/AVP",
            true,
            Optional.empty(),
            Optional.empty(),
            Optional.of(latched),
            Optional.of(latched),
            LatchPolicy.SIGNALLED_ADDRESS);
    try (Transport transport = new UdpTransportFactory().create(held, channel, sink)) {
      assertEquals("D", arrive(transport, "P<192.0.2.1:5"));
      assertEquals("R", arrive(transport, "P<192.0.2.1:6"));
      assertFalse(transport.send(PacketChannel.RTP, ByteBuffer.allocate(200)));
      assertEquals(held, transport.snapshot());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0:4000", "[::]:4000"})
  void holdInTheOldStyleIsNowhere(String address) throws Exception {
    Optional<InetSocketAddress> nowhere = Optional.of(address(address));
    try (Transport transport = create(true, nowhere, nowhere, "SIG")) {
      assertFalse(transport.send(PacketChannel.RTP, ByteBuffer.allocate(200)));
      assertEquals("R", arrive(transport, "P<192.0.2.1:5"));
      assertEquals(nowhere, transport.snapshot().signalledRtp());
    }
    assertEquals(0, channel.count());
  }

  @ParameterizedTest
  @ValueSource(strings = {"224.0.0.5:4000", "[ff02::1]:4000", "192.0.2.1:0"})
  void addressThatCannotBeSentToIsRefused(String address) {
    Optional<InetSocketAddress> odd = Optional.of(address(address));
    MediaSetupException refused =
        assertThrows(MediaSetupException.class, () -> create(true, odd, odd, "SIG").close());
    assertEquals(MediaSetupException.Reason.NOT_SUPPORTED, refused.reason());
    assertTrue(refused.getMessage().contains("signalledRtp"), refused.getMessage());
  }

  @Test
  void unresolvedNameIsRefused() {
    Optional<InetSocketAddress> name =
        Optional.of(InetSocketAddress.createUnresolved("peer.example", 4000));
    assertThrows(MediaSetupException.class, () -> create(true, name, name, "SIG").close());
  }

  @Test
  void ipv6IsComparedWithoutItsScope() throws Exception {
    InetSocketAddress signalled = address("[fe80::1]:4000");
    byte[] raw = signalled.getAddress().getAddress();
    InetSocketAddress scoped = new InetSocketAddress(Inet6Address.getByAddress("", raw, 3), 4002);
    try (Transport transport =
        create(true, Optional.of(signalled), Optional.of(signalled), "SIG")) {
      transport.receive(PacketChannel.RTP, ByteBuffer.allocate(172), scoped, 0);
      assertEquals(1, sink.delivered());
      assertEquals(Optional.of(scoped), transport.snapshot().latchedRtp());
    }
  }

  private Transport create(
      boolean mux, Optional<InetSocketAddress> rtp, Optional<InetSocketAddress> rtcp, String policy)
      throws MediaSetupException {
    LatchPolicy latch = policy.equals("ANY") ? LatchPolicy.ANY : LatchPolicy.SIGNALLED_ADDRESS;
    TransportState state = TransportState.initial("RTP/AVP", mux, rtp, rtcp, latch);
    return new UdpTransportFactory().create(state, channel, sink);
  }

  private String arrive(Transport transport, String step) {
    int component = step.charAt(0) == 'P' ? PacketChannel.RTP : PacketChannel.RTCP;
    boolean accepted = step.charAt(2) != '!';
    sink.accepts(accepted);
    long delivered = sink.delivered();
    long refused = sink.refusedCount();
    InetSocketAddress from = address(step.substring(accepted ? 2 : 3));
    transport.receive(component, ByteBuffer.allocate(172), from, 0);
    assertEquals(1, sink.delivered() - delivered + sink.refusedCount() - refused, step);
    return sink.delivered() > delivered ? "D" : "R";
  }

  private void assertGoesTo(Transport transport, int component, int port, String to) {
    assertTrue(transport.send(component, ByteBuffer.allocate(200)));
    RecordingChannel.Sent sent = channel.sent().get(channel.sent().size() - 1);
    assertEquals(address(to), sent.to());
    assertEquals(port, sent.component());
  }

  private static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    try {
      return new InetSocketAddress(
          InetAddress.getByName(text.substring(0, colon)),
          Integer.parseInt(text.substring(colon + 1)));
    } catch (UnknownHostException e) {
      throw new AssertionError(text, e);
    }
  }
}
