package org.mediacore.runtime.loop;

import java.io.IOException;

/**
 * The I/O and the clock of one loop. All methods but {@link #wakeup} are called on the loop's
 * thread.
 */
public interface IoEngine extends AutoCloseable {
  /** Reads the clock, in nanoseconds from an arbitrary origin. */
  long nowNs();

  /** Reads the wall clock, in milliseconds since 1970; for RTCP sender reports only. */
  long wallClockMs();

  /** Delivers the datagrams of a port from now on; what is queued at the port is not lost. */
  void register(DatagramPort port, DatagramHandler handler) throws IOException;

  /** Stops delivering; what arrives stays queued at the port, for another engine. */
  void deregister(DatagramPort port);

  /**
   * Waits until datagrams arrive, a wake-up comes, or {@code waitNs} have passed, and delivers what
   * arrived. Before each datagram it lets {@code before} run, so that timers are not held up by a
   * burst.
   *
   * @param waitNs how long to wait at most; 0 only looks
   */
  void poll(long waitNs, Runnable before) throws IOException;

  /** Ends a {@link #poll} that waits, from any thread. */
  void wakeup();

  @Override
  void close() throws IOException;
}
