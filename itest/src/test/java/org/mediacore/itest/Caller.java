package org.mediacore.itest;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.Description;
import org.mediacore.api.session.MediaManager;
import org.mediacore.api.session.MediaSession;
import org.mediacore.api.session.SessionOptions;
import org.mediacore.api.session.StreamStatistics;

/**
 * A session that is its own echo, and the socket of the peer that calls it. Packets go in
 * lock-step: the next one is sent when the echo of the one before came.
 */
final class Caller implements AutoCloseable {
  private static final int HEADER_BYTES = 12;
  private static final int PAYLOAD_BYTES = 160;
  private static final int TIMEOUT_MS = 2_000;
  private static final int FIRST_TIMEOUT_MS = 200;
  private static final int FIRST_PACKETS = 20;
  private static final int SSRC = 0x12345678;

  private final MediaSession session;
  private final DatagramSocket socket;
  private final String answer;
  private final InetSocketAddress remote;
  private int sequenceNumber = 65_500;
  private int lastEchoed = -1;
  private long received;
  private long sent;

  /** Calls with an offer of these payload types and their rtpmap lines. */
  Caller(MediaManager manager, String types, String... rtpmaps)
      throws IOException, MediaSetupException {
    socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
    session = manager.createSession(SessionOptions.builder().label("itest").build());
    StringBuilder offer = new StringBuilder("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\n");
    offer.append("c=IN IP4 127.0.0.1\r\nt=0 0\r\n");
    offer.append("m=audio ").append(socket.getLocalPort()).append(" RTP/AVP ").append(types);
    offer.append("\r\n");
    for (String rtpmap : rtpmaps) {
      offer.append("a=rtpmap:").append(rtpmap).append("\r\n");
    }
    session.negotiation().setRemote(Description.offer(offer.toString()));
    Description made = session.negotiation().createAnswer();
    session.negotiation().setLocal(made);
    session.connect(session, ConnectOptions.DECODED);
    answer = made.sdp();
    remote = new InetSocketAddress("127.0.0.1", port(answer));
  }

  private static int port(String sdp) {
    String line = sdp.lines().filter(text -> text.startsWith("m=audio ")).findFirst().orElseThrow();
    return Integer.parseInt(line.split(" ")[1]);
  }

  /** What the platform answered. */
  String answer() {
    return answer;
  }

  /**
   * Sends packets until the first echo comes: connecting takes effect on the loop, a little later.
   */
  void establish() throws IOException {
    socket.setSoTimeout(FIRST_TIMEOUT_MS);
    for (int i = 0; lastEchoed < 0 && i < FIRST_PACKETS; i++) {
      try {
        exchange();
      } catch (SocketTimeoutException e) {
        // not connected yet: the next one
      }
    }
    socket.setSoTimeout(TIMEOUT_MS);
    exchange();
    received = statistics().packetsReceived();
    sent = statistics().packetsSent();
  }

  /** Packets taken and not sent back since the call was established. */
  long missing() {
    StreamStatistics now = statistics();
    return now.packetsReceived() - received - (now.packetsSent() - sent);
  }

  StreamStatistics statistics() {
    return session.report().streams().get(0).statistics();
  }

  /**
   * Sends one PCMU packet and waits for its echo.
   *
   * @throws IOException when it does not come back, or not as the next one of its stream
   */
  void exchange() throws IOException {
    sequenceNumber = sequenceNumber + 1 & 0xFFFF;
    ByteBuffer packet = ByteBuffer.allocate(HEADER_BYTES + PAYLOAD_BYTES);
    packet.put((byte) 0x80).put((byte) 0).putShort((short) sequenceNumber);
    packet.putInt(sequenceNumber * PAYLOAD_BYTES).putInt(SSRC);
    while (packet.hasRemaining()) {
      packet.put((byte) (0x80 + packet.position() % 64));
    }
    socket.send(new DatagramPacket(packet.array(), packet.capacity(), remote));
    DatagramPacket echo = new DatagramPacket(new byte[2_048], 2_048);
    socket.receive(echo);
    ByteBuffer header = ByteBuffer.wrap(echo.getData(), 0, echo.getLength());
    int echoed = header.getShort(2) & 0xFFFF;
    if (lastEchoed >= 0 && echoed != (lastEchoed + 1 & 0xFFFF)) {
      throw new IOException("after " + lastEchoed + " came " + echoed);
    }
    if (echo.getLength() != HEADER_BYTES + PAYLOAD_BYTES) {
      throw new IOException("an echo of " + echo.getLength() + " bytes");
    }
    lastEchoed = echoed;
  }

  @Override
  public void close() {
    session.close();
    socket.close();
  }
}
