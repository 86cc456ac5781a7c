package org.mediacore.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A few local ports that all legs share: the platform has a port for each leg, and by that a
 * packet's leg is known. RTCP comes to the next port and is only read away.
 */
final class MediaSockets implements AutoCloseable {
  private static final int BUFFER_BYTES = 4 << 20;
  private static final int FIRST_PORT = 10_000;
  private static final int LAST_PORT = 19_998;

  private final List<DatagramChannel> rtp = new ArrayList<>();
  private final List<DatagramChannel> rtcp = new ArrayList<>();
  private final ByteBuffer waste = ByteBuffer.allocateDirect(2_048);

  /**
   * Opens the sockets.
   *
   * @param address the local address
   * @param count how many ports; each comes with the next one for RTCP
   */
  MediaSockets(String address, int count) throws IOException {
    int port = FIRST_PORT;
    while (rtp.size() < count) {
      if (port > LAST_PORT) {
        close();
        throw new IOException("no " + count + " free pairs of ports on " + address);
      }
      DatagramChannel media = DatagramChannel.open();
      DatagramChannel control = DatagramChannel.open();
      try {
        media.bind(new InetSocketAddress(address, port));
        control.bind(new InetSocketAddress(address, port + 1));
        media.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
        media.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
        media.configureBlocking(false);
        control.configureBlocking(false);
        rtp.add(media);
        rtcp.add(control);
      } catch (IOException taken) {
        media.close();
        control.close();
      }
      port += 2;
    }
  }

  int count() {
    return rtp.size();
  }

  DatagramChannel channel(int socket) {
    return rtp.get(socket);
  }

  int port(int socket) throws IOException {
    return ((InetSocketAddress) rtp.get(socket).getLocalAddress()).getPort();
  }

  /** Reads RTCP away and returns how many packets there were. */
  int drainControl() throws IOException {
    int packets = 0;
    for (DatagramChannel channel : rtcp) {
      while (channel.receive(waste.clear()) != null) {
        packets++;
      }
    }
    return packets;
  }

  @Override
  public void close() throws IOException {
    for (DatagramChannel channel : rtp) {
      channel.close();
    }
    for (DatagramChannel channel : rtcp) {
      channel.close();
    }
  }
}
