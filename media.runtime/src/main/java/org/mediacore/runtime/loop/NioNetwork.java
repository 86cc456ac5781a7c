package org.mediacore.runtime.loop;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.Consumer;
import org.mediacore.api.transport.Transport;

/** The machine's network: non-blocking datagram channels and a selector per loop. */
public final class NioNetwork implements Network {
  /** Larger than any datagram of real-time media; a longer one is dropped. */
  private static final int MAX_DATAGRAM_BYTES = 16 * 1024;

  /** Behind a datagram there is room for what the transport of another leg appends. */
  private static final int RECEIVE_BUFFER_BYTES = MAX_DATAGRAM_BYTES + Transport.HEADROOM_BYTES;

  /** Datagrams that one port may deliver before the next port has its turn, after a pause. */
  private static final int MAX_DATAGRAMS_PER_READINESS = 16;

  /** Longer than this since the last look, and more than one datagram may wait at a port. */
  private static final long PAUSE_NS = 10_000_000L;

  @Override
  public DatagramPort open(InetSocketAddress local) throws IOException {
    DatagramChannel channel =
        DatagramChannel.open(
            local.getAddress() instanceof Inet6Address
                ? StandardProtocolFamily.INET6
                : StandardProtocolFamily.INET);
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, false);
      channel.bind(local);
      return new Port(channel, (InetSocketAddress) channel.getLocalAddress());
    } catch (IOException failed) {
      channel.close();
      throw failed;
    }
  }

  @Override
  public IoEngine createEngine() throws IOException {
    return new Engine();
  }

  private static final class Port implements DatagramPort {
    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private DatagramHandler handler;

    Port(DatagramChannel channel, InetSocketAddress local) {
      this.channel = channel;
      this.local = local;
    }

    @Override
    public InetSocketAddress local() {
      return local;
    }

    @Override
    public boolean send(ByteBuffer packet, InetSocketAddress to) {
      try {
        return channel.send(packet, to) > 0;
      } catch (IOException
          | java.nio.channels.UnsupportedAddressTypeException
          | java.nio.channels.UnresolvedAddressException notTaken) {
        // An unreachable or refused destination: to RTP it is a lost packet, counted by the caller.
        return false;
      }
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException failed) {
        throw new java.io.UncheckedIOException(failed);
      }
    }
  }

  private static final class Engine implements IoEngine {
    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(RECEIVE_BUFFER_BYTES);
    private final Consumer<SelectionKey> onReady = new OutOfLine<>(this::receive);
    private Runnable before = () -> {};
    private int datagramsPerReadiness = 1;
    private long lastPollNs = System.nanoTime();

    Engine() throws IOException {}

    @Override
    public long nowNs() {
      return System.nanoTime();
    }

    @Override
    public long wallClockMs() {
      return System.currentTimeMillis();
    }

    @Override
    public void register(DatagramPort port, DatagramHandler handler) throws IOException {
      Port nioPort = (Port) port;
      nioPort.handler = handler;
      SelectionKey former = nioPort.channel.keyFor(selector);
      if (former != null && !former.isValid()) {
        selector.selectNow(onReady); // lets go of cancelled keys; never called from within a select
      }
      nioPort.channel.register(selector, SelectionKey.OP_READ, nioPort);
    }

    @Override
    public void deregister(DatagramPort port) {
      SelectionKey key = ((Port) port).channel.keyFor(selector);
      if (key != null) {
        key.cancel();
      }
    }

    @Override
    public void poll(long waitNs, Runnable beforeDatagram) throws IOException {
      before = beforeDatagram;
      // A port that is looked at often has one datagram at a time: asking for a second one would
      // cost a
      // system call per packet. What is left over, the next turn finds.
      datagramsPerReadiness =
          System.nanoTime() - lastPollNs > PAUSE_NS ? MAX_DATAGRAMS_PER_READINESS : 1;
      if (waitNs <= 0) {
        selector.selectNow(onReady);
      } else {
        // The selector counts in milliseconds: rounded up, a timer is at most one late, and a loop
        // with something due soon does not spin.
        selector.select(onReady, (waitNs + 999_999) / 1_000_000);
      }
      lastPollNs = System.nanoTime();
    }

    private void receive(SelectionKey key) {
      if (!key.isValid()) {
        return;
      }
      Port port = (Port) key.attachment();
      for (int i = 0; i < datagramsPerReadiness && key.isValid(); i++) {
        before.run();
        buffer.clear().limit(MAX_DATAGRAM_BYTES + 1);
        InetSocketAddress from;
        try {
          from = (InetSocketAddress) port.channel.receive(buffer);
        } catch (IOException refused) {
          // ICMP errors of earlier sends surface here; the port itself is well.
          continue;
        }
        if (from == null) {
          return;
        }
        long nowNs = System.nanoTime();
        buffer.flip();
        if (buffer.limit() <= MAX_DATAGRAM_BYTES) {
          port.handler.datagram(buffer, from, nowNs);
        }
      }
    }

    @Override
    public void wakeup() {
      selector.wakeup();
    }

    @Override
    public void close() throws IOException {
      selector.close();
    }
  }
}
