package org.mediacore.runtime.loop;

import java.nio.ByteBuffer;
import org.mediacore.api.transport.Transport;

/**
 * Buffers that all sessions of a loop share, so that a session itself needs little memory. Content
 * is valid only within the call that filled it.
 */
public final class LoopScratch {
  /** The highest sampling rate on a loop. */
  public static final int MAX_SAMPLE_RATE_HZ = 48_000;

  /**
   * Audio of 120 ms at 48 kHz stereo, in array elements: the longest that one payload decodes to.
   */
  public static final int PCM_ELEMENTS = MAX_SAMPLE_RATE_HZ / 1000 * 120 * 2;

  private static final int PACKET_BYTES = 16 * 1024;

  private final ByteBuffer packet = ByteBuffer.allocateDirect(PACKET_BYTES);

  /** Decoded audio. */
  public final short[] decoded = new short[PCM_ELEMENTS];

  /** Audio after conversion. Resampling 8 to 48 kHz may add a sample per channel. */
  public final short[] converted = new short[PCM_ELEMENTS + 16];

  /** Audio between two steps of a conversion. */
  public final short[] between = new short[PCM_ELEMENTS + 16];

  /** One frame for an encoder. */
  public final short[] frame = new short[PCM_ELEMENTS];

  /** Audio that a port or a room gives or takes. */
  public final short[] exchange = new short[PCM_ELEMENTS + 16];

  /** A packet that is being made: cleared, with room for what a transport appends. */
  public ByteBuffer packet() {
    packet.clear().limit(PACKET_BYTES - Transport.HEADROOM_BYTES);
    return packet;
  }
}
