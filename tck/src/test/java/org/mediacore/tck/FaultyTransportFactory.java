package org.mediacore.tck;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.state.LatchPolicy;
import org.mediacore.api.state.TransportState;
import org.mediacore.api.transport.PacketChannel;
import org.mediacore.api.transport.PacketSink;
import org.mediacore.api.transport.Transport;
import org.mediacore.api.transport.TransportFactory;

/** Plain RTP that keeps the contract but for one fault of choice. */
final class FaultyTransportFactory implements TransportFactory {
  /** What it does wrong. */
  enum Fault {
    NONE,
    NEW_PROFILES,
    TAKES_ANY_PROFILE,
    IGNORES_MUX,
    SAYS_SENT,
    CLOCK_LOST,
    NEVER_LATCHES,
    ACCEPTS_STRANGERS,
    LATCHES_UNEXPECTED,
    SNAPSHOT_FORGETS,
    WRITES_BEHIND_HEADROOM,
    SHARED_LATCH,
    SENDS_WHEN_CLOSED,
    THROWS_ON_SHORT,
    LEAKS,
    ALLOCATES
  }

  private final Fault fault;
  private final List<byte[]> leaked = new ArrayList<>();
  private final InetSocketAddress[] shared = new InetSocketAddress[2];
  private int asked;

  FaultyTransportFactory(Fault fault) {
    this.fault = fault;
  }

  @Override
  public Set<String> profiles() {
    boolean more = fault == Fault.NEW_PROFILES && asked++ % 2 == 1;
    return more ? Set.of("RTP/AVP", "RTP/SAVP") : Set.of("RTP/AVP");
  }

  @Override
  public Transport create(TransportState state, PacketChannel channel, PacketSink sink)
      throws MediaSetupException {
    if (!state.profile().equals("RTP/AVP") && fault != Fault.TAKES_ANY_PROFILE) {
      throw new MediaSetupException(Reason.NOT_SUPPORTED, "RTP/AVP alone", state.profile());
    }
    if (fault == Fault.LEAKS) {
      leaked.add(new byte[2_000]);
    }
    return new Plain(state, channel, sink);
  }

  private final class Plain implements Transport {
    private final TransportState initial;
    private final PacketChannel channel;
    private final PacketSink sink;
    private final InetSocketAddress[] latched;
    private boolean closed;
    private byte[] garbage = {};

    Plain(TransportState state, PacketChannel channel, PacketSink sink) {
      initial = state;
      this.channel = channel;
      this.sink = sink;
      latched = fault == Fault.SHARED_LATCH ? shared : new InetSocketAddress[2];
      if (fault != Fault.SHARED_LATCH) {
        latched[0] = state.latchedRtp().orElse(null);
        latched[1] = state.latchedRtcp().orElse(null);
      }
    }

    @Override
    public void receive(int component, ByteBuffer packet, InetSocketAddress from, long nowNs) {
      if (closed) {
        return;
      }
      int path = initial.rtcpMux() ? 0 : component;
      if (fault == Fault.THROWS_ON_SHORT && packet.remaining() < 12) {
        throw new IndexOutOfBoundsException("no header");
      }
      if (initial.rtcpMux() && component == PacketChannel.RTCP || !welcome(path, from)) {
        sink.refused();
        return;
      }
      boolean expected = sink.packet(packet, fault == Fault.CLOCK_LOST ? 0 : nowNs);
      boolean may = expected || fault == Fault.LATCHES_UNEXPECTED;
      if (latched[path] == null && may && fault != Fault.NEVER_LATCHES) {
        latched[path] = from;
      }
    }

    private boolean welcome(int path, InetSocketAddress from) {
      if (latched[path] != null) {
        return from.equals(latched[path]);
      }
      return initial.latchPolicy() == LatchPolicy.ANY
          || fault == Fault.ACCEPTS_STRANGERS
          || from.getAddress().equals(signalled(path).getAddress());
    }

    private InetSocketAddress signalled(int path) {
      return (path == 0 ? initial.signalledRtp() : initial.signalledRtcp()).orElse(null);
    }

    @Override
    public boolean send(int component, ByteBuffer packet) {
      boolean mux = initial.rtcpMux() && fault != Fault.IGNORES_MUX;
      int path = mux ? 0 : component;
      InetSocketAddress to = latched[path] != null ? latched[path] : signalled(path);
      if (fault == Fault.ALLOCATES) {
        garbage = new byte[16 + garbage.length % 2];
      }
      if (closed && fault != Fault.SENDS_WHEN_CLOSED || to == null) {
        return fault == Fault.SAYS_SENT;
      }
      int behind = packet.limit() + HEADROOM_BYTES;
      if (fault == Fault.WRITES_BEHIND_HEADROOM && packet.capacity() > behind) {
        packet.limit(behind + 1).put(behind, (byte) 0).limit(behind - HEADROOM_BYTES);
      }
      return channel.send(path, packet, to) || fault == Fault.SAYS_SENT;
    }

    @Override
    public TransportState snapshot() {
      boolean forgets = fault == Fault.SNAPSHOT_FORGETS;
      return new TransportState(
          initial.version(),
          initial.profile(),
          initial.rtcpMux(),
          initial.signalledRtp(),
          initial.signalledRtcp(),
          forgets ? Optional.empty() : Optional.ofNullable(latched[0]),
          forgets ? Optional.empty() : Optional.ofNullable(latched[initial.rtcpMux() ? 0 : 1]),
          initial.latchPolicy());
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
