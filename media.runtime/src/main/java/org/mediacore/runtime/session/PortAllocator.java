package org.mediacore.runtime.session;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.runtime.loop.DatagramPort;
import org.mediacore.runtime.loop.Network;

/**
 * Takes pairs of ports: RTP on an even one, RTCP on the next (RFC 3550 §11). Goes round the range,
 * so that a port that was just freed is not taken at once and a late packet finds nobody.
 */
public final class PortAllocator {
  private final Network network;
  private PortRange range;
  private int next;

  public PortAllocator(Network network, PortRange range) {
    this.network = network;
    this.range = range;
    this.next = range.first();
  }

  /**
   * Two bound ports.
   *
   * @param rtp the even one
   * @param rtcp the one behind it
   */
  public record Pair(DatagramPort rtp, DatagramPort rtcp) {}

  /** Changes the range for pairs taken from now on. */
  public synchronized void range(PortRange newRange) {
    range = newRange;
    next = newRange.first();
  }

  /** The range. */
  public synchronized PortRange range() {
    return range;
  }

  /** Takes a pair; {@code LIMIT_REACHED} where all are taken. */
  public synchronized Pair take() throws MediaSetupException {
    int pairs = (range.last() - range.first() + 1) / 2;
    for (int i = 0; i < pairs; i++) {
      int port = next;
      next = next + 3 > range.last() ? range.first() : next + 2;
      DatagramPort rtp = open(port);
      if (rtp != null) {
        DatagramPort rtcp = null;
        try {
          rtcp = open(port + 1);
        } finally {
          if (rtcp == null) {
            rtp.close();
          }
        }
        if (rtcp != null) {
          return new Pair(rtp, rtcp);
        }
      }
    }
    throw new MediaSetupException(Reason.LIMIT_REACHED, "no RTP port is free", range.toString());
  }

  /** A bound port, or null where it is taken. */
  private DatagramPort open(int port) throws MediaSetupException {
    try {
      return network.open(new InetSocketAddress(range.address(), port));
    } catch (java.net.BindException taken) {
      if (taken.getMessage() != null && taken.getMessage().contains("assign")) {
        throw failed(taken);
      }
      return null;
    } catch (IOException other) {
      throw failed(other);
    }
  }

  private MediaSetupException failed(IOException cause) {
    return new MediaSetupException(
        Reason.LIMIT_REACHED,
        "an RTP port cannot be opened at " + range,
        String.valueOf(cause.getMessage()),
        cause);
  }
}
