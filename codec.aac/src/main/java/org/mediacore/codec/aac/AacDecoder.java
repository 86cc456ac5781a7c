package org.mediacore.codec.aac;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.ffmpeg.FrameDecoder;

/** Decodes payloads of one or more whole access units. Leaves concealment to the platform. */
final class AacDecoder implements AudioDecoder {
  private final AacConfig config;
  private final FrameDecoder decoder;
  private final AccessUnits units;
  private final short[] unit;
  private boolean closed;

  /**
   * @param decoder the codec; closed with this
   */
  AacDecoder(AacConfig config, FrameDecoder decoder, AccessUnits units) {
    this.config = config;
    this.decoder = decoder;
    this.units = units;
    // Twice what is agreed: a stream that has bandwidth replication all the same is seen, not cut.
    unit = new short[2 * 2 * config.samplesPerFrame()];
  }

  @Override
  public int decode(ByteBuffer payload, short[] pcm, int offset) {
    if (closed) {
      return MediaStatus.FAILED;
    }
    int count = units.read(payload);
    if (count < 0) {
      return count;
    }
    int elements = config.samplesPerFrame() * config.channels();
    if (offset < 0 || offset > pcm.length - count * elements) {
      return MediaStatus.BUFFER_TOO_SMALL;
    }
    for (int i = 0; i < count; i++) {
      int samples = decoder.decode(units.data(), units.start(i), units.size(i), unit, 0);
      if (samples == MediaStatus.FAILED) {
        return samples;
      }
      if (samples != config.samplesPerFrame()
          || decoder.channels() != config.channels()
          || decoder.sampleRateHz() != config.sampleRateHz()) {
        return MediaStatus.BAD_INPUT;
      }
      System.arraycopy(unit, 0, pcm, offset + i * elements, elements);
    }
    return count * config.samplesPerFrame();
  }

  @Override
  public int samplesIn(ByteBuffer payload) {
    int count = units.read(payload);
    return count < 0 ? count : count * config.samplesPerFrame();
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
