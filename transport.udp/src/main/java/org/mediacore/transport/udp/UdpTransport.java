package org.mediacore.transport.udp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.mediacore.api.state.LatchPolicy;
import org.mediacore.api.state.TransportState;
import org.mediacore.api.transport.PacketChannel;
import org.mediacore.api.transport.PacketSink;
import org.mediacore.api.transport.Transport;

/**
 * Symmetric RTP (RFC 4961) that latches once (RFC 7362 §4). Each component goes through two states:
 *
 * <ul>
 *   <li><i>signalled</i>: packets go where the description says. A packet that the sink accepts
 *       latches its source, if it comes from the signalled IP address (any port: behind a NAT it
 *       differs), or from anywhere under {@link LatchPolicy#ANY}; all others are refused.
 *   <li><i>latched</i>: packets go there and are taken from there alone, until a new state is made.
 * </ul>
 *
 * <p>Without rtcp-mux RTCP has a latch of its own. Under {@link LatchPolicy#ANY} it follows RTP:
 * once RTP is latched, RTCP latches to the same IP address only. While no address is signalled,
 * nothing is sent: the peer wants nothing.
 */
final class UdpTransport implements Transport {
  private final TransportState initial;
  private final boolean mux;
  private final boolean latchesAny;
  private final PeerPath rtp;
  private final PeerPath rtcp;
  private PacketChannel channel;
  private PacketSink sink;

  UdpTransport(TransportState state, PacketChannel channel, PacketSink sink) {
    this.channel = channel;
    this.sink = sink;
    initial = state;
    mux = state.rtcpMux();
    latchesAny = state.latchPolicy() == LatchPolicy.ANY;
    rtp = new PeerPath(state.signalledRtp(), state.latchedRtp());
    rtcp = mux ? rtp : new PeerPath(state.signalledRtcp(), state.latchedRtcp());
  }

  @Override
  public void receive(int component, ByteBuffer packet, InetSocketAddress from, long nowNs) {
    if (sink == null) {
      return;
    }
    if (mux && component != PacketChannel.RTP) {
      sink.refused(); // the peer agreed to use one port
      return;
    }
    PeerPath path = component == PacketChannel.RTP ? rtp : rtcp;
    if (path.isLatched()) {
      if (path.isLatchedTo(from)) {
        sink.packet(packet, nowNs);
      } else {
        sink.refused();
      }
    } else if (!mayLatch(path, from)) {
      sink.refused();
    } else if (sink.packet(packet, nowNs)) {
      path.latch(from);
    }
  }

  private boolean mayLatch(PeerPath path, InetSocketAddress from) {
    InetAddress ip = from.getAddress();
    if (ip == null || from.getPort() == 0) {
      return false; // no answer could be sent there
    }
    if (!latchesAny) {
      return path.isSignalledIp(ip);
    }
    return path == rtp || !rtp.isLatched() || rtp.isLatchedIp(ip);
  }

  @Override
  public boolean send(int component, ByteBuffer packet) {
    PeerPath path = component == PacketChannel.RTP ? rtp : rtcp;
    InetSocketAddress to = path.target();
    if (channel == null || to == null) {
      return false;
    }
    return channel.send(mux ? PacketChannel.RTP : component, packet, to);
  }

  @Override
  public TransportState snapshot() {
    return new TransportState(
        initial.version(),
        initial.profile(),
        mux,
        initial.signalledRtp(),
        initial.signalledRtcp(),
        rtp.latched(),
        rtcp.latched(),
        initial.latchPolicy());
  }

  @Override
  public void close() {
    channel = null;
    sink = null;
  }
}
