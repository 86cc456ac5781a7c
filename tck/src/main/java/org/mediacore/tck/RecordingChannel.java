package org.mediacore.tck;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.mediacore.api.transport.PacketChannel;

/** A network that keeps what is sent to it. */
public final class RecordingChannel implements PacketChannel {
  /**
   * A datagram on its way.
   *
   * @param component the local port it left from
   * @param bytes its content
   * @param to its receiver
   */
  public record Sent(int component, byte[] bytes, InetSocketAddress to) {}

  private final List<Sent> sent = new ArrayList<>();
  private boolean takes = true;
  private boolean records = true;
  private long count;

  /** Makes a network that takes and records everything. */
  public RecordingChannel() {}

  @Override
  public boolean send(int component, ByteBuffer packet, InetSocketAddress to) {
    count++;
    if (takes && records) {
      byte[] bytes = new byte[packet.remaining()];
      packet.get(bytes);
      sent.add(new Sent(component, bytes, to));
    }
    return takes;
  }

  /** What was taken, in order. */
  public List<Sent> sent() {
    return List.copyOf(sent);
  }

  /** How often {@link #send} was called. */
  public long count() {
    return count;
  }

  /** Whether the network takes datagrams from now on. */
  public void takes(boolean value) {
    takes = value;
  }

  /** Whether datagrams are kept from now on; one that only counts allocates nothing. */
  public void records(boolean value) {
    records = value;
  }
}
