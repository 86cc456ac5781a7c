package org.mediacore.runtime.pipeline;

import java.nio.ByteBuffer;
import org.mediacore.rtp.RtpPacket;
import org.mediacore.rtp.RtpReceiver;

/**
 * Passes packets on to another leg as they arrive: only SSRC, sequence, timestamp and payload type are
 * rewritten; losses stay gaps and reordering stays.
 */
public final class RelayInbound implements Inbound {
  private final AudioLeg to;

  public RelayInbound(AudioLeg to) {
    this.to = to;
  }

  @Override
  public void media(RtpPacket packet, ByteBuffer buffer, int arrival, long nowNs) {
    if (arrival == RtpReceiver.RESTART) {
      to.sender().switchSource();
    }
    to.relay(packet, buffer, to.sendPayloadType(), nowNs);
  }

  @Override
  public void event(RtpPacket packet, ByteBuffer buffer, long nowNs) {
    if (to.sendEventType() >= 0) {
      to.relay(packet, buffer, to.sendEventType(), nowNs);
    }
  }
}
