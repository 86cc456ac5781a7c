package org.mediacore.runtime.loop;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** A bound UDP port. Opened and closed by any thread; used by one loop at a time. */
public interface DatagramPort extends AutoCloseable {
  /** Where it is bound. */
  InetSocketAddress local();

  /** Sends without blocking; false where the network did not take it. */
  boolean send(ByteBuffer packet, InetSocketAddress to);

  @Override
  void close();
}
