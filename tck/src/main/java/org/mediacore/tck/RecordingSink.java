package org.mediacore.tck;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.mediacore.api.transport.PacketSink;

/** A session that keeps what a transport delivers. */
public final class RecordingSink implements PacketSink {
  private final List<byte[]> packets = new ArrayList<>();
  private boolean accepts = true;
  private boolean records = true;
  private long delivered;
  private long refused;
  private long lastNowNs;

  /** Makes a session that accepts and records everything. */
  public RecordingSink() {}

  @Override
  public boolean packet(ByteBuffer packet, long nowNs) {
    delivered++;
    lastNowNs = nowNs;
    if (records) {
      byte[] bytes = new byte[packet.remaining()];
      packet.duplicate().get(bytes);
      packets.add(bytes);
    }
    return accepts;
  }

  @Override
  public void refused() {
    refused++;
  }

  /** What was delivered, in order, accepted or not. */
  public List<byte[]> packets() {
    return List.copyOf(packets);
  }

  /** How many packets were delivered. */
  public long delivered() {
    return delivered;
  }

  /** How many datagrams the transport refused. */
  public long refusedCount() {
    return refused;
  }

  /** The loop's clock of the last packet. */
  public long lastNowNs() {
    return lastNowNs;
  }

  /** Whether packets are expected ones from now on. */
  public void accepts(boolean value) {
    accepts = value;
  }

  /** Whether packets are kept from now on; one that only counts allocates nothing. */
  public void records(boolean value) {
    records = value;
  }
}
