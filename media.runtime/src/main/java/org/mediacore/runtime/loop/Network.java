package org.mediacore.runtime.loop;

import java.io.IOException;
import java.net.InetSocketAddress;

/** Where ports come from: the machine's network, or a simulated one. Safe for several threads. */
public interface Network {
  /**
   * Binds a port.
   *
   * @throws java.net.BindException where it is taken
   */
  DatagramPort open(InetSocketAddress local) throws IOException;

  /** Makes the engine of one loop. */
  IoEngine createEngine() throws IOException;
}
