package org.mediacore.runtime.pipeline;

import java.nio.ByteBuffer;
import org.mediacore.rtp.RtpPacket;

/** What a leg does with the packets it accepts. Runs on the leg's loop. */
public interface Inbound {
  /** Drops everything. */
  Inbound NONE =
      new Inbound() {
        @Override
        public void media(RtpPacket packet, ByteBuffer buffer, int arrival, long nowNs) {}

        @Override
        public void event(RtpPacket packet, ByteBuffer buffer, int arrival, long nowNs) {}

        @Override
        public void noise(RtpPacket packet, ByteBuffer buffer, int arrival, long nowNs) {}
      };

  /**
   * A packet of the negotiated codec.
   *
   * @param packet the parsed packet
   * @param buffer its bytes; may be changed in place; valid during the call
   * @param arrival how it arrived: a class of {@link org.mediacore.rtp.RtpReceiver} that is not
   *     negative
   * @param nowNs the loop's clock
   */
  void media(RtpPacket packet, ByteBuffer buffer, int arrival, long nowNs);

  /** A telephone event (RFC 4733); as {@link #media}. */
  void event(RtpPacket packet, ByteBuffer buffer, int arrival, long nowNs);

  /** Comfort noise (RFC 3389): the far end pauses; as {@link #media}. */
  void noise(RtpPacket packet, ByteBuffer buffer, int arrival, long nowNs);

  /**
   * Nothing comes any more, and the decoder may be closed soon: what pulls this, or goes on by
   * itself, must stop now.
   */
  default void end() {}
}
