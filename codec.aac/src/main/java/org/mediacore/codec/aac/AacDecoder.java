package org.mediacore.codec.aac;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.ffmpeg.FrameDecoder;

/** Decodes access units. Leaves concealment to the platform. */
final class AacDecoder implements AudioDecoder {
  /** The longest access unit that is looked at: what mpeg4-generic can carry. */
  static final int MAX_UNIT_BYTES = 8_191;

  private final AacConfig config;
  private final FrameDecoder decoder;
  private final byte[] unit = new byte[MAX_UNIT_BYTES];
  private final short[] decoded;
  private boolean closed;

  /**
   * @param decoder the codec; closed with this
   */
  AacDecoder(AacConfig config, FrameDecoder decoder) {
    this.config = config;
    this.decoder = decoder;
    // Twice what is agreed: a stream that has bandwidth replication all the same is seen, not cut.
    decoded = new short[2 * 2 * config.samplesPerFrame()];
  }

  @Override
  public int decode(ByteBuffer frame, short[] pcm, int offset) {
    if (closed) {
      return MediaStatus.FAILED;
    }
    int samples = samplesIn(frame);
    if (samples < 0) {
      return samples;
    }
    int elements = samples * config.channels();
    if (offset < 0 || offset > pcm.length - elements) {
      return MediaStatus.BUFFER_TOO_SMALL;
    }
    int bytes = frame.remaining();
    frame.get(frame.position(), unit, 0, bytes);
    int made = decoder.decode(unit, 0, bytes, decoded, 0);
    if (made == MediaStatus.FAILED) {
      return made;
    }
    if (made != samples
        || decoder.channels() != config.channels()
        || decoder.sampleRateHz() != config.sampleRateHz()) {
      return MediaStatus.BAD_INPUT;
    }
    System.arraycopy(decoded, 0, pcm, offset, elements);
    return samples;
  }

  /** As long as all of the stream: an access unit does not say. */
  @Override
  public int samplesIn(ByteBuffer frame) {
    int bytes = frame.remaining();
    return bytes == 0 || bytes > MAX_UNIT_BYTES ? MediaStatus.BAD_INPUT : config.samplesPerFrame();
  }

  @Override
  public int conceal(int samples, short[] pcm, int offset) {
    return closed ? MediaStatus.FAILED : MediaStatus.UNSUPPORTED;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      decoder.close();
    }
  }
}
