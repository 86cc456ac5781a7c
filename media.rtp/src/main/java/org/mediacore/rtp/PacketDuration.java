package org.mediacore.rtp;

import java.nio.ByteBuffer;

/** Knows how long the audio of a packet is, without playing it. */
@FunctionalInterface
public interface PacketDuration {
  /**
   * The time that a packet takes.
   *
   * @param payloadType 0 to 127
   * @param payload position to limit; neither moves, and nothing is changed
   * @return ticks of the RTP clock; 0 or less where that is not known
   */
  int ticks(int payloadType, ByteBuffer payload);
}
