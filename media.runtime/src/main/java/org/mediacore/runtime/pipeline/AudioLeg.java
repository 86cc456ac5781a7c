package org.mediacore.runtime.pipeline;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.mediacore.api.transport.PacketChannel;
import org.mediacore.api.transport.PacketSink;
import org.mediacore.api.transport.Transport;
import org.mediacore.rtp.PacketKind;
import org.mediacore.rtp.RtpPacket;
import org.mediacore.rtp.RtpReceiver;
import org.mediacore.rtp.RtpSender;
import org.mediacore.runtime.loop.DatagramHandler;
import org.mediacore.runtime.loop.DatagramPort;
import org.mediacore.runtime.loop.MediaLoop;

/**
 * The loop's side of one session's audio stream: ports, transport, RTP and RTCP state, and the
 * pipeline that incoming packets enter. All methods are called on the leg's loop, except those that
 * say otherwise. Nothing here allocates per packet.
 */
public final class AudioLeg implements PacketSink, PacketChannel {
  private static final int DEFAULT_CLOCK_RATE_HZ = 8000;

  private final RandomGenerator random;
  private final LegListener listener;
  private final DatagramPort rtpPort;
  private final DatagramHandler onRtp = this::rtpDatagram;
  private final DatagramHandler onRtcp = this::rtcpDatagram;
  private final RtpPacket packet = new RtpPacket();
  private final LegCounters counters = new LegCounters();
  private final LegRtcp rtcp;

  private volatile MediaLoop loop;
  private DatagramPort rtcpPort;
  private boolean attached;
  private boolean closed;
  private Transport transport;
  private LegMedia media;
  private RtpReceiver receiver;
  private RtpSender sender;
  private Inbound inbound = Inbound.NONE;
  private DecodeStage decoder;
  private EncodeStage encoder;
  private long lastPacketNs;

  /**
   * Made off the loop, then attached.
   *
   * @param rtpPort the port of RTP, and of RTCP with rtcp-mux
   * @param rtcpPort the port of RTCP
   * @param random where SSRC and first numbers come from (RFC 3550 §5.1)
   * @param listener told of what a session's owner should know
   * @param nowNs the loop's clock
   */
  public AudioLeg(
      DatagramPort rtpPort,
      DatagramPort rtcpPort,
      RandomGenerator random,
      LegListener listener,
      long nowNs) {
    this.rtpPort = rtpPort;
    this.rtcpPort = rtcpPort;
    this.random = random;
    this.listener = listener;
    this.sender = newSender(DEFAULT_CLOCK_RATE_HZ);
    this.receiver = new RtpReceiver(sender.ssrc(), DEFAULT_CLOCK_RATE_HZ);
    this.rtcp = new LegRtcp(this, random, nowNs);
    this.lastPacketNs = nowNs;
  }

  private RtpSender newSender(int clockRateHz) {
    return new RtpSender(
        random.nextInt(), random.nextInt(0x8000), random.nextInt(), clockRateHz);
  }

  /** Our RTP address; any thread may ask. */
  public InetSocketAddress localAddress() {
    return rtpPort.local();
  }

  /** The loop the leg lives on; any thread may ask. */
  public MediaLoop loop() {
    return loop;
  }

  /** Says which loop is the leg's next; off the loop, while the leg is on none. */
  public void assign(MediaLoop newLoop) {
    loop = newLoop;
  }

  /** Starts on the loop it was assigned to: packets that were queued at the ports come in now. */
  public void attach() throws IOException {
    if (closed) {
      return;
    }
    attached = true;
    loop.engine().register(rtpPort, onRtp);
    if (rtcpPort != null) {
      loop.engine().register(rtcpPort, onRtcp);
    }
    rtcp.start();
  }

  /** Leaves the loop, to be attached to another one; packets wait at the ports meanwhile. */
  public void detach() {
    if (!attached) {
      return;
    }
    attached = false;
    rtcp.stop();
    loop.engine().deregister(rtpPort);
    if (rtcpPort != null) {
      loop.engine().deregister(rtcpPort);
    }
  }

  /** Puts the result of a negotiation into effect; a transport that is replaced is closed. */
  public void configure(LegMedia newMedia) {
    if (transport != null && transport != newMedia.transport()) {
      transport.close();
    }
    transport = newMedia.transport();
    media = newMedia;
    if (newMedia.rtpClockRateHz() != sender.clockRateHz()) {
      // RFC 7160 §4.1: another clock rate is another SSRC.
      keepSenderCounts();
      sender = newSender(newMedia.rtpClockRateHz());
      receiver.localSsrc(sender.ssrc());
      receiver.clockRateHz(newMedia.rtpClockRateHz());
      rtcp.restart();
    }
  }

  /** Closes the RTCP port: with rtcp-mux it is not needed. */
  public void releaseRtcpPort() {
    if (rtcpPort != null) {
      if (attached) {
        loop.engine().deregister(rtcpPort);
      }
      rtcpPort.close();
      rtcpPort = null;
    }
  }

  /**
   * Replaces what incoming packets do and the codec instances they use; null where none is needed.
   * The caller closes the former instances off the loop.
   */
  public void install(Inbound newInbound, DecodeStage newDecoder, EncodeStage newEncoder) {
    inbound = newInbound;
    if (decoder != null && decoder != newDecoder) {
      counters.earlierSamplesConcealed += decoder.samplesConcealed();
      counters.earlierFramesFailed += decoder.framesFailed();
    }
    if (encoder != null && encoder != newEncoder) {
      counters.earlierFramesFailed += encoder.framesFailed();
    }
    decoder = newDecoder;
    encoder = newEncoder;
  }

  /** Says BYE, closes transport and ports. */
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    inbound = Inbound.NONE;
    if (attached) {
      rtcp.bye();
    }
    detach();
    if (transport != null) {
      transport.close();
    }
    rtpPort.close();
    if (rtcpPort != null) {
      rtcpPort.close();
    }
  }

  // ---- in

  private void rtpDatagram(ByteBuffer datagram, InetSocketAddress from, long nowNs) {
    receive(RTP, datagram, from, nowNs);
  }

  private void rtcpDatagram(ByteBuffer datagram, InetSocketAddress from, long nowNs) {
    receive(RTCP, datagram, from, nowNs);
  }

  private void receive(int component, ByteBuffer datagram, InetSocketAddress from, long nowNs) {
    if (transport == null) {
      counters.packetsRefused++;
    } else {
      transport.receive(component, datagram, from, nowNs);
    }
  }

  @Override
  public boolean packet(ByteBuffer buffer, long nowNs) {
    PacketKind kind = PacketKind.of(buffer);
    if (kind == PacketKind.RTCP) {
      return rtcp.digest(buffer, nowNs);
    }
    if (kind != PacketKind.RTP || packet.wrap(buffer) != RtpPacket.OK) {
      counters.packetsMalformed++;
      return false;
    }
    int type = packet.payloadType();
    if (type != media.receivePayloadType() && type != media.receiveEventType()) {
      counters.packetsIgnored++;
      return false;
    }
    int arrival = receiver.receive(packet, nowNs);
    if (arrival == RtpReceiver.COLLISION) {
      collision();
      return false;
    }
    lastPacketNs = nowNs;
    counters.packetsReceived++;
    counters.bytesReceived += packet.payloadLength();
    if (arrival >= 0 && media.receiving()) {
      if (type == media.receivePayloadType()) {
        inbound.media(packet, buffer, arrival, nowNs);
      } else {
        inbound.event(packet, buffer, nowNs);
      }
    }
    return true;
  }

  /** RFC 3550 §8.2: BYE with the old SSRC, then another one. */
  void collision() {
    rtcp.bye();
    keepSenderCounts();
    sender.changeSsrc(random.nextInt());
    receiver.localSsrc(sender.ssrc());
    rtcp.restart();
  }

  @Override
  public void refused() {
    counters.packetsRefused++;
  }

  void countMalformed() {
    counters.packetsMalformed++;
  }

  /** Counts a packet that came after its turn. */
  void countLate() {
    counters.packetsLate++;
  }

  // ---- out

  /**
   * Sends a packet of media made here.
   *
   * @param rtp header room and payload, position 0 to limit
   * @param payloadBytes bytes behind the header
   * @param timestampIncrement the duration in RTP clock ticks
   */
  void sendMedia(
      ByteBuffer rtp, int payloadBytes, boolean marker, int timestampIncrement, long nowNs) {
    if (!canSend()) {
      sender.skip(timestampIncrement);
      return;
    }
    sender.next(media.sendPayloadType(), marker, timestampIncrement, nowNs);
    sender.writeHeader(rtp);
    rtp.position(0);
    send(rtp, payloadBytes);
  }

  /** Sends a telephone event whose timestamp is that of the event's start. */
  void sendEvent(ByteBuffer rtp, int payloadBytes, boolean marker, int timestamp, long nowNs) {
    if (!canSend()) {
      return;
    }
    sender.next(media.sendEventType(), marker, 0, nowNs);
    RtpPacket.writeHeader(
        rtp, media.sendEventType(), sender.sequence(), timestamp, sender.ssrc(), marker);
    rtp.position(0);
    send(rtp, payloadBytes);
  }

  /** Passes a packet of another leg on. */
  void relay(RtpPacket source, ByteBuffer buffer, int payloadType, long nowNs) {
    if (!canSend()) {
      sender.switchSource();
      return;
    }
    int payloadBytes = source.payloadLength();
    int status =
        sender.relay(
            source.ssrc(),
            source.sequence(),
            source.timestamp(),
            payloadType,
            source.marker(),
            nowNs);
    if (status == RtpSender.OK) {
      sender.rewriteHeader(buffer);
      send(buffer, payloadBytes);
    }
  }

  private void send(ByteBuffer rtp, int payloadBytes) {
    if (transport.send(RTP, rtp)) {
      sender.sent(payloadBytes);
    } else {
      counters.sendFailures++;
    }
  }

  private boolean canSend() {
    return media != null && media.sending() && transport != null;
  }

  @Override
  public boolean send(int component, ByteBuffer datagram, InetSocketAddress to) {
    DatagramPort port = component == RTP ? rtpPort : rtcpPort;
    return port != null && !closed && port.send(datagram, to);
  }

  // ---- state, on the loop

  /** Our outgoing RTP state. */
  public RtpSender sender() {
    return sender;
  }

  /** The incoming RTP state. */
  public RtpReceiver receiver() {
    return receiver;
  }

  /** The payload type of media that goes out, or {@link LegMedia#NONE} before negotiation. */
  public int sendPayloadType() {
    return media == null ? LegMedia.NONE : media.sendPayloadType();
  }

  /** The payload type of telephone events that go out, or {@link LegMedia#NONE}. */
  public int sendEventType() {
    return media == null ? LegMedia.NONE : media.sendEventType();
  }

  /** The transport in use; null before negotiation. */
  public Transport transport() {
    return transport;
  }

  LegCounters counters() {
    return counters;
  }

  DecodeStage decoder() {
    return decoder;
  }

  EncodeStage encoder() {
    return encoder;
  }

  LegRtcp rtcp() {
    return rtcp;
  }

  /** Called with each RTCP interval: tells the listener of a far end that has gone silent. */
  void checkActivity(long nowNs) {
    if (media != null && media.receiving()) {
      listener.silentFor(nowNs - lastPacketNs);
    } else {
      lastPacketNs = nowNs;
    }
  }

  private void keepSenderCounts() {
    counters.earlierPacketsSent += sender.packetsSent();
    counters.earlierBytesSent += sender.octetsSent();
  }
}
