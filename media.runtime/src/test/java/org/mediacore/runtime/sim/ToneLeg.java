package org.mediacore.runtime.sim;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.mediacore.runtime.loop.DatagramPort;
import org.mediacore.runtime.loop.LoopTimer;
import org.mediacore.runtime.loop.MediaLoop;

/** A phone of the simulated network that sends a tone and keeps what comes, and when. */
final class ToneLeg extends LoopTimer {
  private static final int PERIOD_NS = 20_000_000;

  private final MediaLoop loop;
  private final DatagramPort port;
  private final ToneMaterial material;
  private final int payloadType;
  private final List<Packet> received = new ArrayList<>();
  private InetSocketAddress remote;
  private int sent;

  /** One packet; {@code atNs} is when it arrived. */
  record Packet(
      long atNs, int sequence, int timestamp, int ssrc, int payloadType, byte[] payload) {}

  ToneLeg(
      SimulatedNetwork network,
      MediaLoop loop,
      InetSocketAddress local,
      ToneMaterial material,
      int payloadType)
      throws IOException {
    this.loop = loop;
    this.port = network.open(local);
    this.material = material;
    this.payloadType = payloadType;
    loop.engine().register(port, (packet, from, nowNs) -> keep(packet, nowNs));
  }

  String offer() {
    String host = port.local().getAddress().getHostAddress();
    return String.join(
        "\r\n",
        "v=0",
        "o=- 1 1 IN IP4 " + host,
        "s=-",
        "c=IN IP4 " + host,
        "t=0 0",
        "m=audio " + port.local().getPort() + " RTP/AVP " + payloadType,
        "a=rtpmap:" + payloadType + " " + material.rtpmap(),
        "");
  }

  /** Sends to where an answer says, from {@code delayNs} on. */
  void call(String answer, long delayNs) {
    int at = answer.indexOf("m=audio ") + 8;
    int remotePort = Integer.parseInt(answer.substring(at, answer.indexOf(' ', at)));
    at = answer.indexOf("c=IN IP4 ") + 9;
    remote = new InetSocketAddress(answer.substring(at, answer.indexOf('\r', at)), remotePort);
    loop.schedule(this, loop.nowNs() + delayNs);
  }

  @Override
  protected void fire(long dueNs, long nowNs) {
    loop.schedule(this, dueNs + PERIOD_NS);
    byte[] payload = material.payload(sent);
    ByteBuffer packet = ByteBuffer.allocate(12 + payload.length);
    packet.put((byte) 0x80).put((byte) (payloadType | (sent == 0 ? 0x80 : 0)));
    packet.putShort((short) (65_000 + sent)).putInt(sent * material.ticksPerPacket());
    packet.putInt(port.local().hashCode()).put(payload);
    port.send(packet.flip(), remote);
    sent++;
  }

  private void keep(ByteBuffer packet, long nowNs) {
    int second = packet.get(1) & 0xFF;
    if (second >= 192 && second <= 223) {
      return;
    }
    byte[] payload = new byte[packet.remaining() - 12];
    packet.get(12, payload);
    received.add(
        new Packet(
            nowNs,
            packet.getShort(2) & 0xFFFF,
            packet.getInt(4),
            packet.getInt(8),
            second & 0x7F,
            payload));
  }

  List<Packet> received() {
    return received;
  }

  ToneMaterial material() {
    return material;
  }
}
