package org.mediacore.runtime.pipeline;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.mediacore.api.transport.PacketChannel;
import org.mediacore.runtime.loop.DatagramHandler;
import org.mediacore.runtime.loop.DatagramPort;
import org.mediacore.runtime.loop.IoEngine;

/** The two ports of a leg and whether a loop listens at them. Used on the leg's loop. */
final class LegPorts implements PacketChannel {
  private final DatagramPort rtp;
  private final DatagramPort rtcp;
  private final DatagramHandler onRtp;
  private final DatagramHandler onRtcp;
  private boolean attached;
  private boolean rtcpParked;
  private boolean closed;

  LegPorts(DatagramPort rtp, DatagramPort rtcp, DatagramHandler onRtp, DatagramHandler onRtcp) {
    this.rtp = rtp;
    this.rtcp = rtcp;
    this.onRtp = onRtp;
    this.onRtcp = onRtcp;
  }

  /** The RTP address; any thread may ask. */
  InetSocketAddress rtpAddress() {
    return rtp.local();
  }

  boolean isAttached() {
    return attached;
  }

  boolean isClosed() {
    return closed;
  }

  void attach(IoEngine engine) throws IOException {
    attached = true;
    engine.register(rtp, onRtp);
    if (!rtcpParked) {
      engine.register(rtcp, onRtcp);
    }
  }

  void detach(IoEngine engine) {
    attached = false;
    engine.deregister(rtp);
    if (!rtcpParked) {
      engine.deregister(rtcp);
    }
  }

  /**
   * With rtcp-mux nobody listens at the RTCP port; it stays ours, since an offer may turn it off.
   */
  void parkRtcp(boolean park, IoEngine engine) throws IOException {
    if (park == rtcpParked) {
      return;
    }
    rtcpParked = park;
    if (attached && park) {
      engine.deregister(rtcp);
    } else if (attached) {
      engine.register(rtcp, onRtcp);
    }
  }

  @Override
  public boolean send(int component, ByteBuffer datagram, InetSocketAddress to) {
    return !closed && (component == RTP ? rtp : rtcp).send(datagram, to);
  }

  void close() {
    closed = true;
    rtp.close();
    rtcp.close();
  }
}
