package org.mediacore.runtime.pipeline;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.mediacore.api.transport.PacketChannel;
import org.mediacore.api.transport.PacketSink;
import org.mediacore.rtp.PacketKind;
import org.mediacore.rtp.RtpPacket;
import org.mediacore.rtp.RtpReceiver;
import org.mediacore.rtp.RtpSender;
import org.mediacore.runtime.loop.DatagramPort;
import org.mediacore.runtime.loop.MediaLoop;

/**
 * The loop's side of one session's audio stream: ports, transport, RTP and RTCP state, and the
 * pipeline that incoming packets enter. All methods are called on the leg's loop, except those that
 * say otherwise. Nothing here allocates per packet.
 */
public final class AudioLeg implements PacketSink, PacketChannel {
  private final LegListener listener;
  private final LegPorts ports;
  private final RtpPacket packet = new RtpPacket();
  private final LegCounters counters = new LegCounters();
  private final LegOutput output;
  private final LegRtcp rtcp;

  private volatile MediaLoop loop;
  private final CollisionMemory collisions = new CollisionMemory();
  private TransportStage transport;
  private LegMedia media;
  private RtpReceiver receiver;
  private Inbound inbound = Inbound.NONE;
  private DecodeStage decoder;
  private EncodeStage encoder;
  private long lastPacketNs;
  private final CodecChange change;

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
    this.ports = new LegPorts(rtpPort, rtcpPort, this::rtpDatagram, this::rtcpDatagram);
    this.listener = listener;
    this.output = new LegOutput(random, counters);
    this.receiver = new RtpReceiver(sender().ssrc(), sender().clockRateHz());
    this.rtcp = new LegRtcp(this, random, nowNs);
    this.change = new CodecChange(this, listener);
    this.lastPacketNs = nowNs;
  }

  /** Our RTP address; any thread may ask. */
  public InetSocketAddress localAddress() {
    return ports.rtpAddress();
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
    if (!ports.isClosed()) {
      ports.attach(loop.engine());
      rtcp.start();
    }
  }

  /** Leaves the loop, to be attached to another one; packets wait at the ports meanwhile. */
  public void detach() {
    if (ports.isAttached()) {
      rtcp.stop();
      ports.detach(loop.engine());
    }
  }

  /** Puts the result of a negotiation into effect; a transport that is replaced is closed. */
  public void configure(LegMedia newMedia) {
    boolean otherClock = newMedia.rtpClockRateHz() != sender().clockRateHz();
    if (otherClock) {
      // RFC 7160 §4.1: another clock rate is another SSRC; the former one says BYE.
      rtcp.bye();
    }
    if (transport != newMedia.transport()) {
      closeTransport();
    }
    transport = newMedia.transport();
    transport.listener(listener);
    change.agreed(media, newMedia, inbound);
    media = newMedia;
    output.agreed(newMedia);
    parkRtcpPort(newMedia.rtcpMux());
    if (otherClock) {
      output.restart(newMedia.rtpClockRateHz());
      receiver.localSsrc(sender().ssrc());
      rtcp.restart();
    }
  }

  private void parkRtcpPort(boolean park) {
    try {
      ports.parkRtcp(park, loop.engine());
    } catch (IOException failed) {
      listener.failed(failed);
    }
  }

  /**
   * Replaces what incoming packets do and the codec instances they use; null where none is needed.
   * The caller closes the former instances off the loop.
   */
  public void install(Inbound newInbound, DecodeStage newDecoder, EncodeStage newEncoder) {
    install(newInbound, newDecoder, newEncoder, Inbound.NONE, null);
  }

  /**
   * As above, while packets of the codec before are taken, too.
   *
   * @param ofFormer what they do
   * @param formerDecoder the decoder they use; null where they are not taken any more
   */
  public void install(
      Inbound newInbound,
      DecodeStage newDecoder,
      EncodeStage newEncoder,
      Inbound ofFormer,
      DecodeStage formerDecoder) {
    if (inbound != newInbound && inbound != ofFormer) {
      inbound.end();
    }
    inbound = newInbound;
    change.former(ofFormer, formerDecoder);
    if (formerDecoder != null) {
      formerDecoder.answering(null); // what the peer asks for now is for another codec
    }
    if (decoder != null && decoder != newDecoder && decoder != formerDecoder) {
      release(decoder);
    }
    if (encoder != null && encoder != newEncoder) {
      counters.earlierFramesFailed += encoder.framesFailed();
      encoder.release();
    }
    decoder = newDecoder;
    encoder = newEncoder;
    if (decoder != null) {
      decoder.answering(encoder);
      decoder.listener(listener);
      decoder.lacksTime(() -> loop.isBehind());
    }
    if (encoder != null) {
      encoder.leavePausesOut(output.noiseType() >= 0);
      encoder.listener(listener);
    }
  }

  /** A decoder is not used any more. */
  void release(DecodeStage stage) {
    counters.earlierSamplesConcealed += stage.samplesConcealed();
    counters.earlierFramesFailed += stage.framesFailed();
    stage.release();
  }

  /** Keeps packets of what we have offered until the answer takes effect; null: not any more. */
  public void expect(EarlyPackets packets) {
    change.expect(packets);
  }

  /** The answer is in effect: what came before it is taken now. */
  public void giveEarly() {
    change.giveEarly();
  }

  /** Says BYE, closes transport and ports. */
  public void close() {
    if (ports.isClosed()) {
      return;
    }
    install(Inbound.NONE, null, null);
    if (ports.isAttached()) {
      rtcp.bye(); // while datagrams still go out
    }
    detach();
    ports.close();
    closeTransport();
  }

  private void closeTransport() {
    if (transport != null) {
      told(transport.close());
    }
  }

  private boolean told(Throwable broken) {
    if (broken != null) {
      listener.failed(broken);
    }
    return broken != null;
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
      return;
    }
    if (told(transport.receive(component, datagram, from, nowNs))) {
      counters.packetsMalformed++;
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
    if (type == media.receivePayloadType()
        || type == media.receiveEventType()
        || type == media.receiveNoiseType()) {
      change.current(packet);
      int arrival = receiver.receive(packet, nowNs);
      return take(inbound, type == media.receivePayloadType(), buffer, arrival, nowNs);
    }
    if (change.isOfFormer(type)) {
      int arrival = change.arrival(packet, nowNs);
      return take(change.inbound(), change.isMedia(type), buffer, arrival, nowNs);
    }
    if (!change.keepEarly(type, buffer, nowNs)) {
      counters.packetsIgnored++;
    }
    return false;
  }

  private boolean take(
      Inbound target, boolean isMedia, ByteBuffer buffer, int arrival, long nowNs) {
    if (arrival == RtpReceiver.COLLISION) {
      collision(nowNs);
      return false;
    }
    lastPacketNs = nowNs;
    counters.packetsReceived++;
    counters.bytesReceived += packet.payloadLength();
    if (arrival >= 0 && media.receiving()) {
      if (isMedia) {
        target.media(packet, buffer, arrival, nowNs);
      } else if (packet.payloadType() == media.receiveNoiseType()) {
        target.noise(packet, buffer, arrival, nowNs);
      } else {
        target.event(packet, buffer, arrival, nowNs);
      }
    }
    return true;
  }

  /**
   * RFC 3550 §8.2: BYE with the old SSRC, then another one; but once. A peer that sends back what
   * we send collides with every packet: that is a loop, whose packets are dropped.
   */
  void collision(long nowNs) {
    if (collisions.isLoop(nowNs)) {
      return;
    }
    rtcp.bye();
    output.changeSsrc();
    receiver.localSsrc(sender().ssrc());
    rtcp.restart();
  }

  @Override
  public void refused() {
    counters.packetsRefused++;
  }

  /** The peer gave a sign of life. */
  void alive(long nowNs) {
    lastPacketNs = nowNs;
  }

  void countMalformed() {
    counters.packetsMalformed++;
  }

  /** Counts a packet that came after its turn. */
  void countLate() {
    counters.packetsLate++;
  }

  // ---- out

  /** What goes out. */
  public LegOutput output() {
    return output;
  }

  @Override
  public boolean send(int component, ByteBuffer datagram, InetSocketAddress to) {
    return ports.send(component, datagram, to);
  }

  // ---- state, on the loop

  /** Our outgoing RTP state. */
  public RtpSender sender() {
    return output.sender();
  }

  /** The incoming RTP state. */
  public RtpReceiver receiver() {
    return receiver;
  }

  /** The sequence number of the packet that came in last, extended past the wrap. */
  long extendedSequence() {
    return change.extendedSequence();
  }

  /** The timestamp of the packet that came in last, unwrapped to 64 bits. */
  long extendedTimestamp() {
    return change.extendedTimestamp();
  }

  /** The RTP clock of the packet that came in last. */
  int packetClockRateHz() {
    return change.packetClockRateHz();
  }

  /** The transport in use; null before negotiation. */
  public TransportStage transport() {
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

  /** The decoder of the codec before a change, or null. */
  DecodeStage formerDecoder() {
    return change.decoder();
  }

  LegRtcp rtcp() {
    return rtcp;
  }

  /** Something that serves this leg threw what it must not throw. */
  public void failed(Throwable cause) {
    listener.failed(cause);
  }

  /** Called with each RTCP interval: tells the listener of a far end that has gone silent. */
  void checkActivity(long nowNs) {
    change.look(nowNs);
    if (media != null && media.receiving()) {
      listener.silentFor(nowNs - lastPacketNs);
    } else {
      lastPacketNs = nowNs;
    }
  }
}
