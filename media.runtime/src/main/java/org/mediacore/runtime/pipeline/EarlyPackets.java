package org.mediacore.runtime.pipeline;

import java.nio.ByteBuffer;
import java.util.Collection;
import org.mediacore.api.transport.PacketSink;

/**
 * Packets that overtake the answer to our offer: the peer may send what it agrees to at once, and
 * the answer still has to come, be read and take effect (RFC 3264 §5.1, §8). They are kept for it.
 * What does not fit is not kept. Made with the offer; keeping a packet allocates nothing. On the
 * leg's loop, once it was handed over.
 */
public final class EarlyPackets {
  /** 320 ms of packets of 20 ms. */
  static final int SLOTS = 16;

  /** More than what passes an Ethernet in one piece. */
  static final int SLOT_BYTES = 2048;

  private final boolean[] types = new boolean[128];
  private final ByteBuffer[] slots = new ByteBuffer[SLOTS];
  private final long[] arrivalNs = new long[SLOTS];
  private int count;

  /**
   * @param payloadTypes the numbers in our offer
   */
  public EarlyPackets(Collection<Integer> payloadTypes) {
    payloadTypes.forEach(type -> types[type] = true);
    for (int i = 0; i < SLOTS; i++) {
      slots[i] = ByteBuffer.allocate(SLOT_BYTES);
    }
  }

  /**
   * Copies a packet.
   *
   * @param datagram position to limit; neither moves
   * @return whether it is of an offered type and there was room
   */
  boolean keep(int payloadType, ByteBuffer datagram, long nowNs) {
    if (!types[payloadType] || count == SLOTS || datagram.remaining() > SLOT_BYTES) {
      return false;
    }
    slots[count].clear().put(0, datagram, datagram.position(), datagram.remaining());
    slots[count].limit(datagram.remaining());
    arrivalNs[count] = nowNs;
    count++;
    return true;
  }

  /** Gives away what was kept, in the order of arrival and with the time of it. */
  void giveTo(PacketSink sink) {
    for (int i = 0; i < count; i++) {
      sink.packet(slots[i], arrivalNs[i]);
    }
    count = 0;
  }
}
