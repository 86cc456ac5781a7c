package org.mediacore.runtime.sim;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;
import org.mediacore.runtime.loop.DatagramHandler;
import org.mediacore.runtime.loop.DatagramPort;
import org.mediacore.runtime.loop.IoEngine;
import org.mediacore.runtime.loop.MediaLoop;
import org.mediacore.runtime.loop.Network;

/**
 * A network and a clock that a test owns: datagrams travel with a delay, may be lost, doubled or
 * overtaken as a seed decides, and time passes only when the loop is turned.
 */
public final class SimulatedNetwork implements Network {
  private static final long WALL_CLOCK_START_MS = 1_700_000_000_000L;

  private final Map<InetSocketAddress, Port> ports = new HashMap<>();
  private final PriorityQueue<Flight> flights = new PriorityQueue<>();
  private final SplittableRandom random;
  private final Impairment impairment;
  private long nowNs;
  private long flightCount;
  private long longestWaitNs;
  private InetSocketAddress muted;
  private int toLose;

  /**
   * What the network does to datagrams.
   *
   * @param delayNs how long one takes
   * @param jitterNs how much longer it may take, evenly distributed
   * @param loss the share that is lost
   * @param duplication the share that arrives twice
   */
  public record Impairment(long delayNs, long jitterNs, double loss, double duplication) {
    /** One millisecond, nothing lost. */
    public static final Impairment NONE = new Impairment(1_000_000, 0, 0, 0);
  }

  private record Flight(
      long dueNs, long order, byte[] bytes, InetSocketAddress from, InetSocketAddress to)
      implements Comparable<Flight> {
    @Override
    public int compareTo(Flight other) {
      return dueNs != other.dueNs
          ? Long.compare(dueNs, other.dueNs)
          : Long.compare(order, other.order);
    }
  }

  public SimulatedNetwork(long seed, Impairment impairment) {
    this.random = new SplittableRandom(seed);
    this.impairment = impairment;
  }

  /** The clock. */
  public long nowNs() {
    return nowNs;
  }

  /** Lets time pass on a loop of this network; the calling thread is the loop's. */
  public void run(MediaLoop loop, long durationNs) throws IOException {
    loop.turnedBy(Thread.currentThread());
    long endNs = nowNs + durationNs;
    while (nowNs < endNs) {
      loop.turn(endNs - nowNs);
    }
  }

  /** Lets the clock jump within a turn, as where the machine has something else to do. */
  public void stall(long durationNs) {
    nowNs += durationNs;
  }

  @Override
  public DatagramPort open(InetSocketAddress local) throws IOException {
    if (ports.containsKey(local)) {
      throw new BindException("taken: " + local);
    }
    Port port = new Port(local);
    ports.put(local, port);
    return port;
  }

  @Override
  public IoEngine createEngine() {
    return new Engine();
  }

  /**
   * Puts a datagram on its way that arrives at a given time, whatever the network does to others.
   */
  public void deliverAt(
      long dueNs, ByteBuffer packet, InetSocketAddress from, InetSocketAddress to) {
    byte[] bytes = new byte[packet.remaining()];
    packet.get(bytes);
    flights.add(new Flight(dueNs, flightCount++, bytes, from, to));
  }

  /** Loses the next datagrams from an address. */
  public void lose(InetSocketAddress from, int datagrams) {
    muted = from;
    toLose = datagrams;
  }

  /** How long a datagram has waited at most for the loop, which had something else to do. */
  public long longestWaitNs() {
    return longestWaitNs;
  }

  private void fly(ByteBuffer packet, InetSocketAddress from, InetSocketAddress to) {
    byte[] bytes = new byte[packet.remaining()];
    packet.get(bytes);
    if (toLose > 0 && from.equals(muted)) {
      toLose--;
      return;
    }
    if (random.nextDouble() < impairment.loss()) {
      return;
    }
    int copies = random.nextDouble() < impairment.duplication() ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      long jitterNs = impairment.jitterNs() == 0 ? 0 : random.nextLong(impairment.jitterNs());
      flights.add(
          new Flight(nowNs + impairment.delayNs() + jitterNs, flightCount++, bytes, from, to));
    }
  }

  private final class Port implements DatagramPort {
    private final InetSocketAddress local;
    private final Queue<Flight> waiting = new ArrayDeque<>();
    private DatagramHandler handler;

    Port(InetSocketAddress local) {
      this.local = local;
    }

    @Override
    public InetSocketAddress local() {
      return local;
    }

    @Override
    public boolean send(ByteBuffer packet, InetSocketAddress to) {
      fly(packet, local, to);
      return true;
    }

    @Override
    public void close() {
      ports.remove(local);
    }
  }

  private final class Engine implements IoEngine {
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(16 * 1024);

    @Override
    public long nowNs() {
      return nowNs;
    }

    @Override
    public long wallClockMs() {
      return WALL_CLOCK_START_MS + nowNs / 1_000_000;
    }

    @Override
    public void register(DatagramPort port, DatagramHandler handler) {
      Port simulated = (Port) port;
      simulated.handler = handler;
      while (!simulated.waiting.isEmpty()) {
        deliver(simulated, simulated.waiting.remove());
      }
    }

    @Override
    public void deregister(DatagramPort port) {
      ((Port) port).handler = null;
    }

    @Override
    public void poll(long waitNs, Runnable before) {
      long untilNs = nowNs + waitNs;
      Flight next = flights.peek();
      if (next == null || next.dueNs() > untilNs) {
        nowNs = untilNs;
        return;
      }
      nowNs = Math.max(nowNs, next.dueNs());
      while (next != null && next.dueNs() <= nowNs) {
        flights.remove();
        Port port = ports.get(next.to());
        if (port != null && port.handler == null) {
          port.waiting.add(next);
        } else if (port != null) {
          before.run();
          longestWaitNs = Math.max(longestWaitNs, nowNs - next.dueNs());
          deliver(port, next);
        }
        next = flights.peek();
      }
    }

    private void deliver(Port port, Flight flight) {
      buffer.clear();
      buffer.put(flight.bytes()).flip();
      port.handler.datagram(buffer, flight.from(), nowNs);
    }

    @Override
    public void wakeup() {}

    @Override
    public void close() {}
  }
}
