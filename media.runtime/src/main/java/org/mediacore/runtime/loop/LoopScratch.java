package org.mediacore.runtime.loop;

import java.nio.ByteBuffer;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.transport.Transport;

/**
 * Buffers that all sessions of a loop share, so that a session itself needs little memory. Content
 * is valid only within the call that filled it.
 */
public final class LoopScratch {
  /** The highest sampling rate on a loop. */
  public static final int MAX_SAMPLE_RATE_HZ = 48_000;

  private static final AudioFormat LARGEST = new AudioFormat(MAX_SAMPLE_RATE_HZ, 2);

  /** The longest that one payload decodes to, in array elements. */
  public static final int PCM_ELEMENTS =
      LARGEST.elementsIn(CodecParameters.MAX_PAYLOAD_DURATION_US);

  /** The longest frame that an encoder is given, in array elements. */
  public static final int FRAME_ELEMENTS =
      LARGEST.elementsIn(CodecParameters.MAX_FRAME_DURATION_US);

  private static final int PACKET_BYTES = 16 * 1024;

  private final ByteBuffer packet = ByteBuffer.allocateDirect(PACKET_BYTES);

  /** Decoded audio. */
  public final short[] decoded = new short[PCM_ELEMENTS];

  /** Audio after conversion. Resampling 8 to 48 kHz may add a sample per channel. */
  public final short[] converted = new short[PCM_ELEMENTS + 16];

  /** Audio between two steps of a conversion. */
  public final short[] between = new short[PCM_ELEMENTS + 16];

  /** One frame for an encoder. */
  public final short[] frame = new short[FRAME_ELEMENTS];

  /** Audio that a port or a room gives or takes. */
  public final short[] exchange = new short[FRAME_ELEMENTS];

  /** A packet that is being made: cleared, with room for what a transport appends. */
  public ByteBuffer packet() {
    packet.clear().limit(PACKET_BYTES - Transport.HEADROOM_BYTES);
    return packet;
  }
}
