package org.mediacore.signaling.sip;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listening socket and its receiving thread. What comes faster than it is read waits in the
 * socket's buffer, and is lost when that is full: a flood costs no heap.
 */
final class UdpSocket implements Wire, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UdpSocket.class);
  private static final int MAX_DATAGRAM_BYTES = 65535;
  private static final int SOCKET_BUFFER_BYTES = 2 << 20;
  private static final long CLOSE_WAIT_MS = 500;
  private static final long PAUSE_AFTER_FAILURE_NS = 10_000_000;

  /** Takes datagrams, on the receiving thread; must not block. */
  @FunctionalInterface
  interface Receiver {
    /**
     * A datagram came.
     *
     * @param datagram its bytes, the receiver's to keep
     */
    void received(byte[] datagram, InetSocketAddress source);
  }

  private final DatagramSocket socket;
  private Optional<Thread> receiving = Optional.empty();

  /** Binds; nothing is received before {@link #start}. */
  UdpSocket(ListenAddress listen) throws IOException {
    socket = new DatagramSocket(listen.socketAddress());
    socket.setReceiveBufferSize(SOCKET_BUFFER_BYTES);
    socket.setSendBufferSize(SOCKET_BUFFER_BYTES);
  }

  /** Starts the receiving thread; once. */
  synchronized void start(Receiver receiver) {
    Thread thread = new Thread(() -> receive(receiver), "sip-receiver-" + socket.getLocalPort());
    thread.setDaemon(true);
    thread.start();
    receiving = Optional.of(thread);
  }

  private void receive(Receiver receiver) {
    byte[] buffer = new byte[MAX_DATAGRAM_BYTES];
    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
    long failures = 0;
    while (!socket.isClosed()) {
      try {
        packet.setLength(buffer.length);
        socket.receive(packet);
        byte[] datagram = Arrays.copyOf(buffer, packet.getLength());
        receiver.received(datagram, (InetSocketAddress) packet.getSocketAddress());
      } catch (IOException e) {
        if (!socket.isClosed()) {
          LOG.warn("receiving failed: {}", e.toString());
          LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NS);
        }
      } catch (RuntimeException | Error e) {
        // One datagram must never be the last; and its sender must not be able to fill the log.
        failures++;
        if (Long.bitCount(failures) == 1) {
          LOG.error("failure {} with a datagram, from {}", failures, packet.getSocketAddress(), e);
        }
      }
    }
  }

  @Override
  public void send(byte[] message, InetSocketAddress to) {
    try {
      socket.send(new DatagramPacket(message, message.length, to));
    } catch (IOException | IllegalArgumentException e) {
      LOG.debug("not sent to {}: {}", to, e.toString());
    }
  }

  /** Closes; afterwards the port is free, which it is only when the receiving thread has ended. */
  @Override
  public synchronized void close() {
    socket.close();
    try {
      if (receiving.isPresent() && receiving.get() != Thread.currentThread()) {
        receiving.get().join(CLOSE_WAIT_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
