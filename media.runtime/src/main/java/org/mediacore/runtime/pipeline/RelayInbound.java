package org.mediacore.runtime.pipeline;

import java.nio.ByteBuffer;
import org.mediacore.rtp.RtpPacket;
import org.mediacore.rtp.RtpReceiver;

/**
 * Passes packets on to another leg as they arrive: only SSRC, sequence, timestamp and payload type
 * are rewritten; losses stay gaps and reordering stays.
 */
public final class RelayInbound implements Inbound {
  private final AudioLeg to;

  private boolean first = true;

  public RelayInbound(AudioLeg to) {
    this.to = to;
  }

  @Override
  public void media(RtpPacket packet, ByteBuffer buffer, int arrival, long nowNs) {
    pass(packet, buffer, to.output().mediaType(), arrival, nowNs);
  }

  @Override
  public void event(RtpPacket packet, ByteBuffer buffer, int arrival, long nowNs) {
    if (to.output().eventType() >= 0) {
      pass(packet, buffer, to.output().eventType(), arrival, nowNs);
    }
  }

  /** A peer that takes no comfort noise hears nothing for the length of the pause. */
  @Override
  public void noise(RtpPacket packet, ByteBuffer buffer, int arrival, long nowNs) {
    if (to.output().noiseType() >= 0) {
      pass(packet, buffer, to.output().noiseType(), arrival, nowNs);
    }
  }

  /** What was sent before this pipeline, and before a restart, belongs to another numbering. */
  private void pass(RtpPacket packet, ByteBuffer buffer, int payloadType, int arrival, long nowNs) {
    if (first || arrival == RtpReceiver.RESTART) {
      first = false;
      to.sender().switchSource();
    }
    to.output().relay(packet, buffer, payloadType, nowNs);
  }
}
