package org.mediacore.interop;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hands out blocks of loopback ports that are free for UDP and TCP. The blocks lie below the range
 * from which the kernel takes ephemeral ports, so nothing takes one between the check and its use.
 */
final class Ports {
  private static final int FIRST = 10_000;
  private static final int LAST = 31_999;
  private static final AtomicInteger NEXT =
      new AtomicInteger(FIRST + (int) (ProcessHandle.current().pid() * 512 % (LAST - FIRST)));

  private Ports() {}

  /**
   * Finds free ports.
   *
   * @param count how many consecutive ports
   * @return the first port of the block, an even number
   */
  static int block(int count) {
    for (int tries = 0; tries < LAST - FIRST; tries++) {
      int first =
          NEXT.getAndUpdate(port -> port + count + 2 > LAST ? FIRST : port + count + (count & 1))
              & ~1;
      if (first + count <= LAST && allFree(first, count)) {
        return first;
      }
    }
    throw new IllegalStateException("no block of " + count + " free loopback ports");
  }

  private static boolean allFree(int first, int count) {
    for (int port = first; port < first + count; port++) {
      if (!free(port)) {
        return false;
      }
    }
    return true;
  }

  private static boolean free(int port) {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (DatagramSocket udp = new DatagramSocket(new InetSocketAddress(loopback, port));
        ServerSocket tcp = new ServerSocket(port, 1, loopback)) {
      return udp.isBound() && tcp.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
